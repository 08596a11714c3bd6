"""Indicators and figures as programs read them."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from congdoan.organisation.actions import tokens
from congdoan.organisation.models import Unit
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Role
from congdoan.reporting.actions.rebuilding import rebuild_as_is
from congdoan.reporting.models import Breakdown, Category, Indicator, IndicatorVersion, Sheet
from tests.factories_organisation import acting
from tests.factories_reporting import chair as new_chair
from tests.factories_reporting import counted, rate, sent
from tests.factories_reporting import sheet as make_sheet

URL = "/api/v1/figures"
QUARTER = {"from": "2019-07-01", "to": "2019-09-30"}


def bearer(by: Capacity) -> dict[str, str]:
    """Return the header of a new key."""
    return {"Authorization": f"Bearer {tokens.make(name='t', days=9, by=by)[1]}"}


@pytest.fixture
def form(units: dict[str, Unit]) -> Sheet:
    """The quarterly sheet, two of whose reports of the third quarter of 2019 were accepted."""
    rate("study.rate", "study.joined", "study.eligible")
    made = make_sheet(units["LC"])
    for code, sessions, staff, women in (("LC-SP-001", "12", "100", "60"), ("LC-BX-001", "3", "50", "0")):
        district = acting(Role.MIDDLE, units[code[:5]])
        found = sent(
            units[code], 2019, 3, made, new_chair(units[code]), law__sessions=sessions, staff=staff,
            study__joined="2", study__eligible="3", **{"staff|sex=female": women},
        )  # fmt: skip
        counted(found, district)
    return made


def figures(client: Client, headers: dict[str, str] | None = None, **asked: Any) -> list[dict[str, Any]]:
    """Return the figures that are answered."""
    answer = client.get(
        URL, {"indicator": "law.sessions", "unit": "LC"} | QUARTER | asked, headers=headers or {}
    )
    assert answer.status_code == 200, answer.content
    rows: list[dict[str, Any]] = answer.json()["items"]
    assert answer.json()["count"] == len(rows)
    return rows


def test_a_visitor_computes_a_public_figure_of_a_province_with_how_much_of_it_is_known(
    client: Client, form: Sheet
) -> None:
    (figure,) = figures(client)

    assert figure.pop("as_of")
    assert figure.pop("epoch") > 0
    assert figure == {
        "id": None, "indicator": "law.sessions", "unit": "LC", "from": "2019-07-01", "to": "2019-09-30",
        "basis": "as-was", "cell": "", "value": 15, "numerator": None, "denominator": None, "reported": 2, "expected": 3,
        "inapplicable": 0, "vintage": "preliminary", "low": None, "high": None, "source": None,
        "suppressed": False, "hidden": None,
    }  # fmt: skip
    (share,) = figures(client, indicator="study.rate")
    assert (share["value"], share["numerator"], share["denominator"]) == (66.67, 4, 6)


def test_zero_is_a_value_and_what_nobody_reported_is_none(client: Client, form: Sheet) -> None:
    (women,) = figures(client, indicator="staff", cell="sex=female", unit="LC-BX")
    assert (women["value"], women["reported"]) == (0, 1)
    (nothing,) = figures(client, **{"from": "2019-04-01", "to": "2019-06-30"})
    assert (nothing["value"], nothing["reported"]) == (None, 0)


def test_figures_are_cut_along_periods_units_and_breakdowns(
    client: Client, form: Sheet, units: dict[str, Unit]
) -> None:
    officer = bearer(acting(Role.STATISTICS, units["LC"]))
    year = {"from": "2019-01-01", "to": "2019-12-31"}
    quarters = figures(client, by="quarter", **year)
    assert [(row["from"], row["value"]) for row in quarters] == [
        ("2019-01-01", None),
        ("2019-04-01", None),
        ("2019-07-01", 15),
        ("2019-10-01", None),
    ]
    assert [row["value"] for row in figures(client, by="year", **year)] == [15]
    assert [(row["unit"], row["value"]) for row in figures(client, officer, by="unit")] == [
        ("LC-BX", 3),
        ("LC-SP", 12),
    ]
    (women,) = figures(client, indicator="staff", by="sex")
    assert (women["cell"], women["value"]) == ("sex=female", 60)
    rebuild_as_is(date(2019, 10, 1))
    assert [row["value"] for row in figures(client, officer, by="unit", basis="as-is")] == [3, 12]


@pytest.mark.parametrize(
    ("asked", "fields", "words"),
    [
        ({"from": "2019-07-15"}, ["from", "to"], "cắt ngang một kỳ báo cáo"),
        ({"by": "month"}, ["from", "to"], "cắt ngang"),
        ({"from": "2019-10-01"}, ["to"], "ngày đầu"),
        ({"from": "0001-01-01"}, ["from"], "ISO 8601"),
        ({"to": "31/12/2019"}, ["to"], "ISO 8601"),
        ({"from": "1950-01-01"}, ["to"], "60 năm"),
        ({"by": "mau-mat"}, ["by"], "không chia theo"),
        ({"cell": "sex=male"}, ["cell"], "không có ô"),
        ({"basis": "as-will-be"}, ["basis"], "as-is"),
    ],
)
def test_a_question_without_a_true_answer_is_refused_in_words(
    client: Client, form: Sheet, asked: dict[str, str], fields: list[str], words: str
) -> None:
    answer = client.get(URL, {"indicator": "law.sessions", "unit": "LC"} | QUARTER | asked)

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == fields
    assert words in answer.json()["errors"][0]["message"]


def test_what_is_not_there_is_not_found(client: Client, form: Sheet) -> None:
    for asked in ({"indicator": "khong-co"}, {"unit": "KHONG"}):
        answer = client.get(URL, {"indicator": "law.sessions", "unit": "LC"} | QUARTER | asked)
        assert answer.status_code == 404
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_what_one_union_reported_is_for_those_with_a_right_over_it(
    client: Client, form: Sheet, units: dict[str, Unit], chair: Capacity
) -> None:
    asked = {"indicator": "law.sessions", "unit": "LC-SP-001"} | QUARTER

    assert client.get(URL, asked).status_code == 401
    assert client.get(URL, asked, headers=bearer(acting(Role.MIDDLE, units["LC-BX"]))).status_code == 404
    assert client.get(URL, asked, headers=bearer(acting(Role.MEMBER, units["LC-SP-001"]))).status_code == 404
    own = client.get(URL, asked, headers=bearer(chair))
    assert own.json()["items"][0]["value"] == 12
    assert own.headers["Cache-Control"] == "private, no-store"
    assert client.get(URL, asked | {"unit": "LC-SP", "by": "unit"}).status_code == 422
    below = figures(client, bearer(acting(Role.MIDDLE, units["LC-SP"])), unit="LC-SP", by="unit")
    assert [(row["unit"], row["value"]) for row in below] == [("LC-SP-002", None), ("LC-SP-001", 12)]


def test_hidden_and_sensitive_indicators_are_not_there_for_visitors(
    client: Client, form: Sheet, units: dict[str, Unit], chair: Capacity
) -> None:
    reviewer = bearer(acting(Role.MIDDLE, units["LC-SP"]))
    assert client.get("/api/v1/indicators/law.sessions").status_code == 200
    Indicator.objects.filter(code="law.sessions").update(is_sensitive=True)

    asked = {"indicator": "law.sessions", "unit": "LC"} | QUARTER
    assert client.get(URL, asked).status_code == 404
    assert client.get("/api/v1/indicators/law.sessions").status_code == 404
    assert client.get(URL, asked | {"unit": "LC-SP-001"}, headers=bearer(chair)).status_code == 404
    assert client.get(URL, asked | {"unit": "LC-BX"}, headers=reviewer).status_code == 404
    assert client.get(URL, asked | {"unit": "LC-SP"}, headers=reviewer).json()["items"][0]["value"] == 12
    listed = client.get("/api/v1/indicators").json()["items"]
    assert {"law.sessions", "reports.quarterly"}.isdisjoint(row["code"] for row in listed)
    shown = client.get("/api/v1/indicators", headers=reviewer).json()["items"]
    assert {"law.sessions", "reports.quarterly"} <= {row["code"] for row in shown}


def test_the_reports_behind_a_figure_add_up_to_it_and_are_for_those_who_may_see_them(
    client: Client, form: Sheet, units: dict[str, Unit]
) -> None:
    asked = {"indicator": "law.sessions", "unit": "LC"} | QUARTER
    url = f"{URL}/sources"

    assert client.get(url, asked).status_code == 401
    assert client.get(url, asked, headers=bearer(acting(Role.EDITOR, units["LC"]))).status_code == 403
    assert client.get(url, asked, headers=bearer(acting(Role.MIDDLE, units["LC-SP"]))).status_code == 404
    found = client.get(url, asked, headers=bearer(acting(Role.STATISTICS, units["LC"]))).json()
    assert found["count"] == 2
    assert found["figure"]["value"] == sum(row["value"] for row in found["items"]) == 15
    assert [(row["unit"], row["child"], row["period"]) for row in found["items"]] == [
        ("LC-BX-001", "LC-BX", "2019-Q3"),
        ("LC-SP-001", "LC-SP", "2019-Q3"),
    ]
    assert all(len(row["digest"]) == 64 for row in found["items"])


def test_the_number_of_queries_grows_with_neither_units_nor_periods(client: Client, form: Sheet) -> None:
    figures(client)
    counts = []
    for asked in (
        {"by": "quarter"} | QUARTER,
        {"by": "quarter", "from": "2014-01-01", "to": "2019-12-31"},
        {"by": "unit"} | QUARTER,
        {"by": "unit", "unit": "VN"} | QUARTER,
    ):
        with CaptureQueriesContext(connection) as queries:
            rows = figures(client, **asked)
        assert rows
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[2] == counts[3]
    assert max(counts) <= 25


def test_indicators_are_found_without_diacritics_and_tell_what_they_meant_when(
    client: Client, form: Sheet
) -> None:
    staff = Indicator.objects.get(code="staff")
    Indicator.objects.filter(pk=staff.pk).update(topic="Lao động")
    sex = Breakdown.objects.get_or_create(code="sex", defaults={"name": "Giới tính", "name_en": "Sex"})[0]
    Category.objects.get_or_create(breakdown=sex, code="female", defaults={"name": "Nữ", "name_en": "Women"})
    IndicatorVersion.objects.create(
        indicator=staff,
        number=2,
        valid_from=date(2018, 1, 1),
        name="Số lao động có mặt",
        measure_unit="người",
    )

    def codes(**asked: Any) -> list[str]:
        return [row["code"] for row in client.get("/api/v1/indicators", asked).json()["items"]]

    assert codes(q="lao dong co mat") == ["staff"]
    assert codes(topic="lao dong") == ["staff"]
    assert codes(kind="rate") == ["study.rate"]
    assert codes(q="khong co gi") == []
    assert codes(sort="-code") == sorted(codes(), reverse=True)
    assert len(codes(limit=2, offset=1)) == 2
    row = client.get("/api/v1/indicators/staff").json()
    assert row["name"] == "Số lao động có mặt"
    assert [(one["number"], one["name"]) for one in row["versions"]] == [
        (1, "Số lao động"),
        (2, "Số lao động có mặt"),
    ]
    assert [cell["key"] for cell in row["cells"]] == ["staff", "staff|sex=female"]
    assert row["breakdowns"][0]["categories"] == [{"code": "female", "name": "Nữ", "name_en": "Women"}]
    share = client.get("/api/v1/indicators/study.rate").json()
    assert (share["numerator"], share["denominator"]) == ("study.joined", "study.eligible")
    assert client.get("/api/v1/indicators/khong-co").status_code == 404


def test_listing_indicators_asks_a_constant_number_of_queries(client: Client, form: Sheet) -> None:
    counts = []
    for limit in (3, 6):
        with CaptureQueriesContext(connection) as queries:
            assert len(client.get("/api/v1/indicators", {"limit": limit}).json()["items"]) == limit
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6


def test_files_hold_the_same_as_the_api(client: Client, form: Sheet, units: dict[str, Unit]) -> None:
    asked = {"indicator": "law.sessions", "unit": "LC", "by": "unit"} | QUARTER
    officer = bearer(acting(Role.STATISTICS, units["LC"]))
    rows = json.loads(b"".join(client.get(f"{URL}.json", asked, headers=officer)))
    assert [(row["unit"], row["value"]) for row in rows] == [("LC-BX", 3), ("LC-SP", 12)]
    content = b"".join(client.get(f"{URL}.csv", asked, headers=officer))
    assert content.startswith(b"\xef\xbb\xbf")
    table = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [(row["from"], row["unit"], row["value"]) for row in table] == [
        ("2019-07-01", "LC-BX", "3"),
        ("2019-07-01", "LC-SP", "12"),
    ]
    assert b"".join(client.get(f"{URL}.xlsx", asked, headers=officer)).startswith(b"PK")
    catalogue = b"".join(client.get("/api/v1/indicators.csv")).decode("utf-8-sig")
    assert "law.sessions" in catalogue
    assert "reports.quarterly" not in catalogue
    assert json.loads(b"".join(client.get("/api/v1/indicators.json")))
    assert b"".join(client.get("/api/v1/indicators.xlsx")).startswith(b"PK")
