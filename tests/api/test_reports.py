"""Reports as programs fill, send and review them."""

from __future__ import annotations

import json
import uuid
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from congdoan.organisation.actions import tokens
from congdoan.organisation.models import Unit
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Role
from congdoan.reporting.models import Report, ReportVersion, ReviewStep, Sheet
from tests.factories_organisation import acting
from tests.factories_reporting import report, sent
from tests.factories_reporting import sheet as make_sheet

URL = "/api/v1/reports"


class Program:
    """A client that speaks JSON with the key of one capacity."""

    def __init__(self, by: Capacity) -> None:
        self.by, self.client = by, Client()
        self.headers = {"Authorization": f"Bearer {tokens.make(name='t', days=9, by=by)[1]}"}

    def get(self, path: str = "", **asked: Any) -> Any:
        """Ask for something."""
        return self.client.get(f"{URL}{path}", asked, headers=self.headers)

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Send a body, with further headers written with "_" for "-"."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(
            method,
            f"{URL}{path}",
            "" if body is None else json.dumps(body),
            content_type="application/json",
            headers=self.headers | named,
        )

    def patch(self, pk: int, values: dict[str, Any], tag: str, **more: Any) -> Any:
        """Write cells."""
        return self.send("PATCH", f"/{pk}", {"values": values, **more}, If_Match=tag)


@pytest.fixture
def form(units: dict[str, Unit]) -> Sheet:
    """The quarterly sheet."""
    return make_sheet(units["LC"], required=("law.sessions",))


@pytest.fixture
def owed(form: Sheet, units: dict[str, Unit]) -> Report:
    """What LC-SP-001 owes for the third quarter of 2019."""
    return report(units["LC-SP-001"], 2019, 3, form)


@pytest.fixture
def chair_program(chair: Capacity) -> Program:
    """The accounting software of LC-SP-001."""
    return Program(chair)


@pytest.fixture
def district(units: dict[str, Unit]) -> Program:
    """The software of the district above it."""
    return Program(acting(Role.MIDDLE, units["LC-SP"]))


@pytest.fixture
def stranger(units: dict[str, Unit]) -> Program:
    """The software of another district."""
    return Program(acting(Role.MIDDLE, units["LC-BX"]))


def cells(answer: Any) -> dict[str, Any]:
    """Return the cells of a report by key."""
    return {cell["key"]: cell for cell in answer.json()["cells"]}


def test_a_program_fills_and_sends_and_the_district_accepts(
    chair_program: Program, district: Program, owed: Report
) -> None:
    read = chair_program.get(f"/{owed.pk}")
    assert read.status_code == 200
    assert read.json()["status"] == "open"
    assert (read.json()["from"], read.json()["to"], read.json()["period"]) == (
        "2019-07-01",
        "2019-09-30",
        "2019-Q3",
    )
    assert cells(read)["staff"]["state"] == "missing"
    assert [gap["key"] for gap in read.json()["gaps"] if gap["required"]] == ["law.sessions"]
    assert read.headers["Cache-Control"] == "private, no-store"

    written = chair_program.patch(
        owed.pk,
        {"law.sessions": 12, "staff": "1.240", "staff|sex=female": 0, "study.joined": "-"},
        read.headers["ETag"],
        comments={"staff": "Tăng do tuyển mới"},
    )
    assert written.status_code == 200, written.content
    assert written.headers["ETag"] == written.json()["etag"] != read.headers["ETag"]
    found = cells(written)
    assert (found["staff"]["value"], found["staff"]["comment"]) == (1240, "Tăng do tuyển mới")
    assert (found["staff|sex=female"]["value"], found["staff|sex=female"]["state"]) == (0, "reported")
    assert (found["study.joined"]["value"], found["study.joined"]["state"]) == (None, "na")

    sending = chair_program.send("POST", f"/{owed.pk}/submit", Idempotency_Key=str(uuid.uuid4()))
    assert sending.status_code == 200, sending.content
    seen = district.get(f"/{owed.pk}")
    assert seen.json()["digest"] == sending.json()["digest"]
    assert cells(seen)["law.sessions"]["value"] == 12

    accepted = district.send("POST", f"/{owed.pk}/accept", {"digest": seen.json()["digest"]})
    assert accepted.status_code == 200, accepted.content
    assert accepted.json()["status"] == "accepted"
    assert [step["kind"] for step in accepted.json()["history"]] == ["submitted", "accepted"]


def test_a_stranger_with_a_key_of_another_district_finds_no_report_and_changes_nothing(
    stranger: Program, owed: Report, form: Sheet, units: dict[str, Unit], chair: Capacity
) -> None:
    before = Report.objects.filter(pk=owed.pk).values().get()
    tag = f'"{owed.pk}.0.open.-"'

    assert stranger.get(f"/{owed.pk}").status_code == 404
    assert stranger.patch(owed.pk, {"staff": 1}, tag).status_code == 404
    for step in ("submit", "accept", "return", "correct"):
        answer = stranger.send("POST", f"/{owed.pk}/{step}", {"reason": "x", "digest": "x"}, If_Match=tag)
        assert answer.status_code == 404, step
        assert answer.headers["Content-Type"] == "application/problem+json"
    asked = {"unit": "LC-SP-001", "period": "2019-Q3", "sheet": form.code}
    assert stranger.send("POST", "", asked).status_code == 404
    assert stranger.get(unit="LC-SP-001").json() == {"count": 0, "items": []}

    assert Report.objects.filter(pk=owed.pk).values().get() == before
    assert not owed.entries.exists()
    assert not ReviewStep.objects.exists()
    mine = sent(units["LC-SP-001"], 2019, 3, form, chair, law__sessions="1")
    assert stranger.send("POST", f"/{mine.pk}/accept", {"digest": mine.current.digest}).status_code == 404
    mine.refresh_from_db()
    assert mine.status == "submitted"


def test_of_two_programs_with_the_same_tag_the_second_is_told_what_stands_there_and_nothing_is_lost(
    chair_program: Program, owed: Report, units: dict[str, Unit]
) -> None:
    other = Program(acting(Role.DEPUTY, units["LC-SP-001"]))
    tag = chair_program.get(f"/{owed.pk}").headers["ETag"]
    assert other.get(f"/{owed.pk}").headers["ETag"] == tag

    assert chair_program.patch(owed.pk, {"staff": 100}, tag).status_code == 200
    refused = other.patch(owed.pk, {"staff": 90, "law.sessions": 3}, tag)

    assert refused.status_code == 412
    assert refused.headers["Content-Type"] == "application/problem+json"
    standing = {cell["key"]: cell["value"] for cell in refused.json()["report"]["cells"]}
    assert (standing["staff"], standing["law.sessions"]) == (100, None)
    again = other.patch(owed.pk, {"law.sessions": 3}, refused.headers["ETag"])
    assert again.status_code == 200
    assert {key: cell["value"] for key, cell in cells(again).items() if cell["value"]} == {
        "staff": 100,
        "law.sessions": 3,
    }


def test_writing_without_saying_what_was_read_is_refused(chair_program: Program, owed: Report) -> None:
    for headers in ({}, {"If_Match": "*"}):
        answer = chair_program.send("PATCH", f"/{owed.pk}", {"values": {"staff": 1}}, **headers)
        assert answer.status_code == 428
        assert "If-Match" in answer.json()["detail"]
    assert not owed.entries.exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("mười hai", "không phải là số"),
        (-3, "số âm"),
        (1e30, "quá lớn"),
        (10**30, "quá lớn"),
        ("=A1+1", "công thức"),
        (1.5, "thập phân"),
    ],
)
def test_what_is_no_value_is_named_and_kept_and_the_rest_is_stored(
    chair_program: Program, owed: Report, typed: Any, words: str
) -> None:
    tag = chair_program.get(f"/{owed.pk}").headers["ETag"]

    answer = chair_program.patch(owed.pk, {"law.sessions": typed, "staff": 77}, tag)

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["law.sessions"]
    assert words in answer.json()["errors"][0]["message"]
    found = {cell["key"]: cell for cell in answer.json()["report"]["cells"]}
    assert (found["staff"]["value"], found["law.sessions"]["state"]) == (77, "bad")
    assert found["law.sessions"]["typed"]
    mended = chair_program.patch(owed.pk, {"law.sessions": 12}, answer.headers["ETag"])
    assert mended.status_code == 200
    assert cells(mended)["law.sessions"]["value"] == 12


def test_a_cell_that_the_sheet_has_not_is_named_and_nothing_is_stored(
    chair_program: Program, owed: Report
) -> None:
    tag = chair_program.get(f"/{owed.pk}").headers["ETag"]

    answer = chair_program.patch(owed.pk, {"cot.151": 1, "staff": 5}, tag)

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["cot.151"]
    assert not owed.entries.exists()


@pytest.mark.parametrize(
    "body",
    [
        '{"values": {"staff": true}}',
        '{"values": {"staff": [1]}}',
        '{"values": 5}',
        '{"values": {"staff": "\\u0000"}}',
        '{"values": {"staff": "\\ud800"}}',
        '{"comments": {"staff": 5}}',
        "[]",
    ],
)
def test_a_body_of_another_shape_is_refused_in_words(chair_program: Program, owed: Report, body: str) -> None:
    answer = chair_program.client.generic(
        "PATCH",
        f"{URL}/{owed.pk}",
        body,
        content_type="application/json",
        headers=chair_program.headers | {"If-Match": f'"{owed.pk}.0.open.-"'},
    )
    assert answer.status_code == 422, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"]
    assert not owed.entries.exists()


def test_the_same_idempotency_key_twice_makes_one_version_and_gives_the_same_answer(
    chair_program: Program, owed: Report
) -> None:
    tag = chair_program.get(f"/{owed.pk}").headers["ETag"]
    chair_program.patch(owed.pk, {"law.sessions": 4}, tag)
    key = str(uuid.uuid4())

    first = chair_program.send("POST", f"/{owed.pk}/submit", Idempotency_Key=key)
    second = chair_program.send("POST", f"/{owed.pk}/submit", Idempotency_Key=key)

    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()
    assert ReportVersion.objects.filter(report=owed).count() == 1
    assert ReviewStep.objects.filter(report=owed).count() == 1
    other = chair_program.send("POST", f"/{owed.pk}/submit", Idempotency_Key=str(uuid.uuid4()))
    assert other.status_code == 409
    assert other.json()["report"]["status"] == "submitted"
    assert chair_program.send("POST", f"/{owed.pk}/submit", Idempotency_Key="abc").status_code == 422


def test_what_is_not_ready_is_refused_with_everything_that_must_be_mended(
    chair_program: Program, owed: Report
) -> None:
    tag = chair_program.get(f"/{owed.pk}").headers["ETag"]
    chair_program.patch(owed.pk, {"staff": 100, "staff|sex=female": 120}, tag)

    answer = chair_program.send("POST", f"/{owed.pk}/submit")

    assert answer.status_code == 422
    words = [error["message"] for error in answer.json()["errors"]]
    assert len(words) == 2
    assert any("“Trong đó nữ” (120) nhiều hơn “Số lao động” (100)" in line for line in words)
    assert [finding["severity"] for finding in answer.json()["report"]["findings"]] == ["error"]
    assert not owed.versions.exists()


def test_a_reviewer_returns_with_a_reason_and_the_unit_reads_it(
    district: Program,
    chair_program: Program,
    owed: Report,
    form: Sheet,
    units: dict[str, Unit],
    chair: Capacity,
) -> None:
    sent(units["LC-SP-001"], 2019, 3, form, chair, law__sessions="1")
    without = district.send("POST", f"/{owed.pk}/return", {"reason": " "})
    assert (without.status_code, without.json()["errors"][0]["field"]) == (422, "reason")
    assert (
        district.send("POST", f"/{owed.pk}/return", {"reason": "x", "comments": {"lạ": "?"}}).status_code
        == 422
    )

    returned = district.send(
        "POST", f"/{owed.pk}/return", {"reason": "Thiếu số lao động", "comments": {"staff": "Ghi đến 30/9"}}
    )

    assert returned.json()["status"] == "returned"
    step = chair_program.get(f"/{owed.pk}").json()["history"][-1]
    assert (step["reason"], step["comments"]) == ("Thiếu số lao động", {"staff": "Ghi đến 30/9"})


def test_accepting_needs_what_was_read_and_another_sending_is_not_accepted(
    district: Program, owed: Report, form: Sheet, units: dict[str, Unit], chair: Capacity
) -> None:
    first = sent(units["LC-SP-001"], 2019, 3, form, chair, law__sessions="1")
    assert district.send("POST", f"/{owed.pk}/accept").status_code == 428
    stale = district.send("POST", f"/{owed.pk}/accept", {"digest": "0" * 64})
    assert stale.status_code == 412
    assert stale.json()["report"]["digest"] == first.current.digest

    tag = district.get(f"/{owed.pk}").headers["ETag"]
    assert district.send("POST", f"/{owed.pk}/accept", If_Match=f"W/{tag}").status_code == 200
    assert district.send("POST", f"/{owed.pk}/accept", If_Match=tag).status_code == 409


def test_nobody_accepts_the_report_of_their_own_unit_and_a_reviewer_does_not_fill_it(
    chair_program: Program,
    district: Program,
    owed: Report,
    form: Sheet,
    units: dict[str, Unit],
    chair: Capacity,
) -> None:
    assert district.patch(owed.pk, {"staff": 1}, f'"{owed.pk}.0.open.-"').status_code == 403
    found = sent(units["LC-SP-001"], 2019, 3, form, chair, law__sessions="1")

    own = chair_program.send("POST", f"/{owed.pk}/accept", {"digest": found.current.digest})

    assert own.status_code == 403
    assert "chính đơn vị mình" in own.json()["detail"]
    found.refresh_from_db()
    assert found.status == "submitted"


def test_an_accepted_report_is_opened_for_a_correction_with_a_reason(
    chair_program: Program,
    district: Program,
    owed: Report,
    form: Sheet,
    units: dict[str, Unit],
    chair: Capacity,
) -> None:
    found = sent(units["LC-SP-001"], 2019, 3, form, chair, law__sessions="1")
    district.send("POST", f"/{owed.pk}/accept", {"digest": found.current.digest})
    assert chair_program.send("POST", f"/{owed.pk}/correct").status_code == 422

    opened = chair_program.send("POST", f"/{owed.pk}/correct", {"reason": "Đếm thiếu"})

    assert (opened.json()["status"], opened.json()["is_correction"]) == ("open", True)
    assert cells(opened)["law.sessions"]["value"] == 1


def test_a_program_opens_what_its_unit_owes_once(
    chair_program: Program, form: Sheet, units: dict[str, Unit]
) -> None:
    asked = {"unit": "LC-SP-001", "period": "2019-Q2", "sheet": form.code}
    first = chair_program.send("POST", "", asked)
    second = chair_program.send("POST", "", asked)

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]
    assert Report.objects.count() == 1
    assert first.json()["due_on"] == "2019-07-10"
    for wrong, field in (
        ({"period": "2019-M7"}, "period"),
        ({"period": "quý 3"}, "period"),
        ({"sheet": "khong-co"}, "sheet"),
        ({"unit": "KHONG"}, "unit"),
    ):
        answer = chair_program.send("POST", "", asked | wrong)
        assert answer.status_code == 422, wrong
        assert answer.json()["errors"][0]["field"] == field
    not_owed = chair_program.send("POST", "", asked | {"period": "2019-Q4"})
    assert not_owed.status_code == 422
    assert "không phải nộp" in not_owed.json()["detail"]
    assert Report.objects.count() == 1


def test_the_list_holds_what_one_may_see_and_can_be_narrowed(
    chair_program: Program,
    district: Program,
    owed: Report,
    form: Sheet,
    units: dict[str, Unit],
    chair: Capacity,
) -> None:
    sent(units["LC-SP-001"], 2019, 2, form, chair, law__sessions="1")
    mine = chair_program.get(limit=500).json()
    assert {row["unit"] for row in mine["items"]} == {"LC-SP-001"}
    below = district.get(period="2019-Q3", sort="unit").json()
    assert [row["unit"] for row in below["items"]] == ["LC-SP-001", "LC-SP-002"]
    assert [row["late"] for row in below["items"]] == [True, True]
    waiting = district.get(status="submitted", within="lc-sp", sheet=form.code).json()
    assert [(row["unit"], row["period"], row["late"]) for row in waiting["items"]] == [
        ("LC-SP-001", "2019-Q2", False)
    ]
    every = district.get(limit=1).json()["count"]
    late, others = (district.get(late=word, limit=1).json()["count"] for word in ("true", "false"))
    assert (late + others, others) == (every, 1)
    newest = district.get(limit=1, sort="-updated_at").json()["items"][0]
    assert newest["status"] == "submitted"
    assert district.get(sheet="khong-co").status_code == 422
    assert district.get(period="Q3").status_code == 422


def test_the_number_of_queries_grows_neither_with_rows_nor_with_cells(
    district: Program,
    chair_program: Program,
    owed: Report,
    form: Sheet,
    units: dict[str, Unit],
    chair: Capacity,
) -> None:
    district.get()
    chair_program.get()  # a key notes its first use
    counted = []
    for limit in (1, 30):
        with CaptureQueriesContext(connection) as queries:
            assert len(district.get(limit=limit).json()["items"]) == limit
        counted.append(len(queries))
    assert counted[0] == counted[1]
    with CaptureQueriesContext(connection) as empty:
        chair_program.get(f"/{owed.pk}")
    before = len(empty)
    tag = chair_program.get(f"/{owed.pk}").headers["ETag"]
    chair_program.patch(owed.pk, {"law.sessions": 1, "staff": 5, "staff|sex=female": 3}, tag)
    with CaptureQueriesContext(connection) as filled:
        chair_program.get(f"/{owed.pk}")
    assert len(filled) == before <= 20


def test_a_session_needs_the_csrf_token_and_who_has_no_right_is_refused(
    owed: Report, chair: Capacity, units: dict[str, Unit]
) -> None:
    body = {"values": {"staff": 5}}
    browser = Client(enforce_csrf_checks=True)
    headers = {"If-Match": f'"{owed.pk}.0.open.-"'}
    anonymous = browser.patch(f"{URL}/{owed.pk}", body, content_type="application/json", headers=headers)
    assert anonymous.status_code == 401
    browser.force_login(chair.user)
    forged = browser.patch(f"{URL}/{owed.pk}", body, content_type="application/json", headers=headers)
    assert forged.status_code == 403
    assert not owed.entries.exists()
    browser.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    token = {"X-CSRFToken": "a" * 32}
    own = browser.patch(f"{URL}/{owed.pk}", body, content_type="application/json", headers=headers | token)
    assert own.status_code == 200, own.content
    editor = Program(acting(Role.EDITOR, units["LC"]))
    assert editor.get().status_code == 403
    assert editor.get(f"/{owed.pk}").status_code == 403


def test_a_unit_founded_later_than_the_period_owes_nothing(
    form: Sheet, units: dict[str, Unit], chair: Capacity, chair_program: Program
) -> None:
    Unit.objects.filter(pk=units["LC-SP-001"].pk).update(founded_on=date(2013, 10, 1))
    answer = chair_program.send("POST", "", {"unit": "LC-SP-001", "period": "2013-Q3", "sheet": form.code})
    assert answer.status_code == 422
