"""Filling a report: the list, the sheet, saving, checking, sending, taking back, correcting, reading."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from congdoan.organisation.models import Unit
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Role
from congdoan.reporting import prefill
from congdoan.reporting.actions.filling import save_cells
from congdoan.reporting.actions.reviewing import return_report
from congdoan.reporting.models import Report, ReviewStep, Sheet
from tests.factories_organisation import acting, plant
from tests.factories_reporting import chair, counted, report, sent, series, sheet

pytestmark = pytest.mark.django_db


class Scene:
    """A chair, a sheet and an open report of the third quarter of 2019."""

    def __init__(self, **more: Any) -> None:
        self.units: dict[str, Unit] = plant()
        self.sheet: Sheet = sheet(self.units["LC"], **more)
        self.unit = self.units["LC-SP-001"]
        self.chair: Capacity = chair(self.unit)
        self.report: Report = report(self.unit, 2019, 3, self.sheet)
        self.client = signed_in(self.chair)

    def url(self, name: str) -> str:
        return reverse(f"reporting:{name}", args=[self.report.pk])

    def fields(self, **values: str) -> dict[str, str]:
        """Return fields of cells as a fresh page would send them: ``staff="12"``."""
        found = {}
        for key, text in values.items():
            pk = series(key.replace("___", "|").replace("__", ".").replace("sex.", "sex=")).pk
            found |= {f"c{pk}": text, f"r{pk}": "0:"}
        return found

    def save(self, **values: str) -> Any:
        return self.client.post(self.url("cells"), self.fields(**values), headers={"HX-Request": "true"})


@pytest.fixture
def scene(db: None) -> Scene:
    return Scene()


LIST_QUERIES = 16


def signed_in(capacity: Capacity) -> Client:
    client = Client()
    client.force_login(capacity.user)  # type: ignore[arg-type]  # acting makes a user
    return client


def test_the_list_shows_what_is_due_first_with_how_late_it_is_and_one_action(scene: Scene):
    counted(
        sent(scene.unit, 2018, 1, scene.sheet, scene.chair, law__sessions="1"),
        acting(Role.MIDDLE, scene.units["LC-SP"]),
    )
    page = scene.client.get(reverse("reporting:reports")).content.decode()
    due, done = page.split('id="da-gui"')
    assert "Quý III/2019" in due
    assert re.search(r"trễ [\d.]+ ngày", due)
    assert "Nhập số liệu" in due
    assert "hạn nộp" in due
    assert "Quý I/2018" in done
    assert "đã duyệt" in done
    assert "trễ" not in done


def test_the_list_of_a_unit_without_obligations_says_what_will_come(scene: Scene):
    page = signed_in(acting(Role.MIDDLE, scene.units["LC-SP"])).get(reverse("reporting:reports"))
    assert "Không có báo cáo nào cần gửi" in page.content.decode()
    assert "Quý III/2019" not in page.content.decode()


def test_a_stranger_finds_no_report_at_any_address(scene: Scene):
    stranger = signed_in(chair(scene.units["YB-NL-001"]))
    for name in (
        "fill",
        "cells",
        "check",
        "sent",
        "withdraw",
        "correct",
        "read",
        "template",
        "upload",
        "paste",
    ):
        assert stranger.get(scene.url(name)).status_code == 404, name
    for name in ("cells", "nil", "send", "withdraw", "correct", "upload", "paste"):
        answer = stranger.post(scene.url(name), scene.fields(staff="12") | {"reason": "x"})
        assert answer.status_code == 404, name
    assert not scene.report.entries.exists()


def test_a_cell_is_saved_as_it_is_left_and_the_answer_says_what_stands_there(scene: Scene):
    answer = scene.save(staff="1240").json()
    cell = answer["cells"][str(series("staff").pk)]
    assert cell["shown"] == "1.240"
    assert cell["saved"]
    assert not cell["wrong"]
    assert re.fullmatch(r"\d\d:\d\d", answer["at"])
    assert scene.report.entries.get(series__key="staff").number == 1240


def test_a_broken_rule_is_told_at_once_in_words(scene: Scene):
    scene.save(staff="100")
    answer = scene.save(staff___sex__female="120").json()
    told = answer["cells"][str(series("staff|sex=female").pk)]
    assert told["wrong"]
    assert "“Trong đó nữ” (120) nhiều hơn “Số lao động” (100)" in told["html"]
    mended = scene.client.post(
        scene.url("cells"),
        {f"c{series('staff').pk}": "130", f"r{series('staff').pk}": "1:100"},
        headers={"HX-Request": "true"},
    ).json()
    assert not mended["cells"][str(series("staff|sex=female").pk)]["wrong"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("mười", "không phải là số"),
        ("=1+2", "công thức"),
        ("-5", "số âm"),
        (str(10**30), "quá lớn"),
        ("1,5", "thập phân"),
    ],
)
def test_what_is_no_number_is_kept_as_typed_with_a_sentence(scene: Scene, text: str, words: str):
    told = scene.save(staff=text).json()["cells"][str(series("staff").pk)]
    assert words in told["html"]
    assert scene.report.entries.get(series__key="staff").typed == text
    page = scene.client.get(scene.url("fill") + "?phan=1").content.decode()
    assert words in page
    assert f'value="{text}"' in page


def test_the_value_of_somebody_else_is_not_overwritten_and_both_are_shown(scene: Scene):
    save_cells(scene.report.pk, {"staff": "90"}, by=acting(Role.DEPUTY, scene.unit))
    told = scene.save(staff="100", law__sessions="3").json()
    cell = told["cells"][str(series("staff").pk)]
    assert cell["theirs"] == "90"
    assert "100" in cell["html"]
    assert "90" in cell["html"]
    assert scene.report.entries.get(series__key="staff").number == 90
    assert scene.report.entries.get(series__key="law.sessions").number == 3

    page = scene.client.post(scene.url("cells"), scene.fields(staff="100") | {"phan": "1"})
    assert page.status_code == 409
    html = page.content.decode()
    assert 'value="100"' in html
    assert "người khác vừa lưu 90" in html
    revision = scene.report.entries.get(series__key="staff").revision
    assert f'name="r{series("staff").pk}" value="{revision}:90"' in html


def test_a_value_sent_again_after_a_lost_answer_is_no_conflict(scene: Scene):
    scene.save(staff="1240")
    again = scene.save(staff="1240").json()["cells"][str(series("staff").pk)]
    assert again["theirs"] is None
    assert again["shown"] == "1.240"


def test_a_cell_that_was_not_changed_does_not_bring_back_an_old_value(scene: Scene):
    scene.save(staff="100")
    old = scene.report.entries.get(series__key="staff").revision
    save_cells(scene.report.pk, {"staff": "90"}, by=acting(Role.DEPUTY, scene.unit))
    pk = series("staff").pk
    scene.client.post(scene.url("cells"), {f"c{pk}": "100", f"r{pk}": f"{old}:100", "phan": "1"})
    assert scene.report.entries.get(series__key="staff").number == 90


def test_without_a_script_a_whole_section_is_saved_and_leads_on_to_the_check(scene: Scene):
    answer = scene.client.post(
        scene.url("cells"), scene.fields(staff="12", law__sessions="2") | {"phan": "1"}
    )
    assert answer.url == scene.url("check")
    assert scene.report.entries.count() == 2


def test_a_cell_of_another_sheet_is_refused_and_nothing_is_saved(scene: Scene):
    other = series("something.else")
    answer = scene.client.post(
        scene.url("cells"), {f"c{other.pk}": "1", **scene.fields(staff="1")}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 409
    assert "không có ô" in answer.json()["message"]
    assert not scene.report.entries.exists()


def test_a_comment_and_not_applicable_are_kept(scene: Scene):
    pk = series("staff").pk
    beside = scene.client.get(scene.url("cells"), {"o": pk}, headers={"HX-Request": "true"}).content.decode()
    assert f'name="g{pk}"' in beside
    assert f'name="n{pk}"' in beside
    scene.client.post(
        scene.url("cells"),
        {f"c{pk}": "", f"r{pk}": "0:", f"n{pk}": "1", f"g{pk}": "Không có lao động", "phan": "1"},
    )
    entry = scene.report.entries.get()
    assert (entry.state, entry.comment) == ("na", "Không có lao động")
    page = scene.client.get(scene.url("fill") + "?phan=1").content.decode()
    assert "Không áp dụng ở đơn vị này." in page
    assert "Không có lao động" in page


def test_the_last_value_and_the_sum_of_the_parts_stand_beside_the_field():
    parts = {
        "code": "parts",
        "kind": "equals",
        "left": ["staff"],
        "right": ["study.eligible", "study.joined"],
    }
    scene = Scene(rules=(parts,))
    sent(scene.unit, 2019, 2, scene.sheet, scene.chair, law__sessions="7")
    scene.save(study__eligible="34183", study__joined="17906")
    page = scene.client.get(scene.url("fill") + "?phan=1").content.decode()
    assert "Kỳ trước: 7" in page
    assert "Các phần cộng lại: 52.089" in page


def test_what_a_register_knows_is_offered_with_its_source_and_taken_over(monkeypatch: Any):
    scene = Scene(prefill={"staff": "test.staff"})
    monkeypatch.setattr(prefill, "_sources", {})
    prefill.register(
        "test.staff",
        "Sổ",
        lambda _unit, _period, keys: dict.fromkeys(keys, (1240, "Sổ lao động, 30/09/2019")),
    )
    assert "Sổ lao động, 30/09/2019" in scene.client.get(scene.url("fill")).content.decode()
    page = scene.client.get(scene.url("fill") + "?phan=1").content.decode()
    assert "Lấy số này" in page

    scene.client.post(scene.url("cells"), {"lay": "tat-ca"})

    entry = scene.report.entries.get()
    assert (entry.number, entry.source) == (1240, "Sổ lao động, 30/09/2019")
    assert "Nguồn: Sổ lao động" in scene.client.get(scene.url("fill") + "?phan=1").content.decode()


def test_a_register_that_fails_does_not_stop_the_filling(monkeypatch: Any):
    scene = Scene(prefill={"staff": "test.staff"})
    monkeypatch.setattr(prefill, "_sources", {})

    def fails(*_given: Any) -> Any:
        raise RuntimeError

    prefill.register("test.staff", "Sổ", fails)
    assert scene.client.get(scene.url("fill") + "?phan=1").status_code == 200


def test_nothing_to_report_takes_one_tap_and_is_checked_before_it_is_sent(scene: Scene):
    answer = scene.client.post(scene.url("nil"), follow=True)
    page = answer.content.decode()
    assert scene.report.entries.get(series__key="law.sessions").number == 0
    assert not scene.report.entries.filter(series__key="staff").exists()
    assert "Gửi báo cáo" in page
    assert "2 ô để trống" in page


def test_a_report_with_problems_cannot_be_sent_from_the_page_that_names_them(scene: Scene):
    scene.save(staff="100")
    scene.save(staff___sex__female="120")
    page = scene.client.get(scene.url("check")).content.decode()
    assert "Còn 1 chỗ cần sửa" in page
    assert "Gửi báo cáo" not in page
    answer = scene.client.post(scene.url("send"), {"client_key": "x"}, follow=True)
    assert "Chưa gửi được" in answer.content.decode()
    assert not scene.report.versions.exists()


def test_a_double_click_sends_once_and_the_next_page_says_what_happens(scene: Scene):
    scene.save(staff="100")
    page = scene.client.get(scene.url("check")).content.decode()
    key = re.search(r'name="client_key" value="([^"]+)"', page)[1]  # type: ignore[index]  # it is there
    for _click in range(2):
        answer = scene.client.post(scene.url("send"), {"client_key": key}, follow=True)
        assert "Cấp trên xem và duyệt" in answer.content.decode()
    assert scene.report.versions.count() == 1
    step = ReviewStep.objects.get(kind="submitted")
    assert step.mandate_id_text == str(scene.chair.mandate.pk)  # type: ignore[union-attr]  # acting gives one


def test_a_returned_report_shows_the_reason_and_the_comments_beside_the_cells(scene: Scene):
    found = sent(scene.unit, 2019, 3, scene.sheet, scene.chair, staff="100")
    return_report(
        found.pk,
        reason="Thiếu số buổi",
        comments={"staff": "Ghi số đến 30/9"},
        by=acting(Role.MIDDLE, scene.units["LC-SP"]),
    )
    page = scene.client.get(scene.url("fill") + "?phan=1").content.decode()
    assert "Thiếu số buổi" in page
    assert "Ghi số đến 30/9" in page
    assert "Sửa và gửi lại" in scene.client.get(reverse("reporting:reports")).content.decode()


def test_what_was_sent_can_be_taken_back_until_it_is_reviewed(scene: Scene):
    sent(scene.unit, 2019, 3, scene.sheet, scene.chair, staff="100")
    assert scene.client.get(scene.url("fill")).url == scene.url("read")
    assert scene.client.get(scene.url("withdraw")).status_code == 200
    scene.client.post(scene.url("withdraw"))
    scene.report.refresh_from_db()
    assert scene.report.status == "open"
    assert "Khác với lần gửi trước" in scene.client.get(scene.url("check")).content.decode()


def test_a_correction_needs_a_reason_and_its_history_shows_what_changed(scene: Scene):
    district = acting(Role.MIDDLE, scene.units["LC-SP"])
    counted(sent(scene.unit, 2019, 3, scene.sheet, scene.chair, staff="100"), district)
    assert "Hãy ghi lý do sửa" in scene.client.post(scene.url("correct"), {"reason": " "}).content.decode()
    scene.client.post(scene.url("correct"), {"reason": "Đếm thiếu"})
    save_cells(scene.report.pk, {"staff": "101"}, by=scene.chair)
    check = scene.client.get(scene.url("check")).content.decode()
    assert "Đếm thiếu" in check
    sent(scene.unit, 2019, 3, scene.sheet, scene.chair)
    page = scene.client.get(scene.url("read")).content.decode()
    history = page.split('id="lich-su"')[1]
    assert "Gửi lần 2" in history
    assert re.search(r"100</del>.*101</ins>", history)
    assert scene.report.versions.last().digest in page
    first = scene.client.get(scene.url("read") + "?ban=1").content.decode()
    assert scene.report.versions.first().digest in first
    assert scene.client.get(scene.url("read") + "?ban=9").status_code == 404


def test_the_level_above_reads_the_report_but_cannot_fill_it(scene: Scene):
    sent(scene.unit, 2019, 3, scene.sheet, scene.chair, staff="100")
    district = signed_in(acting(Role.MIDDLE, scene.units["LC-SP"]))
    page = district.get(scene.url("read"))
    assert page.status_code == 200
    assert "Rút lại" not in page.content.decode()
    assert district.get(scene.url("fill")).status_code == 404


def test_a_member_without_the_right_is_refused_and_a_visitor_signs_in(scene: Scene):
    assert signed_in(acting(Role.MEMBER, scene.unit)).get(scene.url("fill")).status_code == 403
    assert Client().get(scene.url("fill")).status_code == 302


def _many(count: int) -> dict[str, tuple[str, str, str]]:
    return {
        f"many.n{number}": ("flow", "", f"Số buổi tuyên truyền, phổ biến chuyên đề số {number}")
        for number in range(count)
    }


def test_the_sheet_with_150_cells_stays_small_and_asks_few_queries(django_assert_max_num_queries: Any):
    units = plant()
    big = sheet(units["LC"], _many(150))
    chair_of = chair(units["LC-SP-001"])
    sent(units["LC-SP-001"], 2019, 2, big, chair_of, **{f"many__n{number}": "1234" for number in range(150)})
    found = report(units["LC-SP-001"], 2019, 3, big)
    save_cells(found.pk, {f"many.n{number}": "2345" for number in range(150)}, by=chair_of)
    client = signed_in(chair_of)
    client.get(reverse("reporting:reports"))
    with django_assert_max_num_queries(14):
        page = client.get(reverse("reporting:fill", args=[found.pk]) + "?phan=1")
    assert page.content.decode().count('class="cell"') == 150
    assert len(page.content) <= 100_000


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_queries_for_one_and_three_reports(
    rows: int, django_assert_num_queries: Any
):
    units = plant()
    form = sheet(units["LC"])
    chair_of = chair(units["LC-SP-001"])
    report(units["LC-SP-001"], 2019, 3, form)
    Report.objects.exclude(period__year=2019, period__number__gt=3 - rows).delete()
    assert Report.objects.filter(unit=units["LC-SP-001"]).count() == rows
    client = signed_in(chair_of)
    client.get("/lam-viec/bao-cao/")
    with django_assert_num_queries(LIST_QUERIES):
        client.get("/lam-viec/bao-cao/")
