"""Whoever types nonsense reads a clear sentence, and loses neither what they typed nor what stood there."""

from __future__ import annotations

from datetime import date

import pytest

from congdoan.organisation.rights import Role
from congdoan.reporting.actions.filling import save_cells
from congdoan.reporting.actions.rebuilding import totals_in_python
from congdoan.reporting.actions.reviewing import accept, correct, return_report, submit
from congdoan.reporting.errors import NotReadyError, ReasonNeededError, UnknownCellError
from congdoan.reporting.models import Indicator, OutsideFigure, Report, Rule, Total
from congdoan.reporting.queries.figures import Reader
from tests.factories_organisation import acting, plant
from tests.factories_reporting import chair, counted, rate, report, sent, series, sheet

pytestmark = pytest.mark.django_db
WINDOW = (date(2019, 7, 1), date(2019, 9, 30))


@pytest.fixture
def scene():
    units = plant()
    form = sheet(units["LC"], years=range(2019, 2020))
    by = chair(units["LC-SP-001"])
    found = report(units["LC-SP-001"], 2019, 3, form)
    save_cells(found.pk, {"staff": "40"}, by=by)
    return units, form, by, found


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("-3", "số âm"),
        ("1" + "0" * 30, "quá lớn"),
        ("mười hai buổi", "không phải là số"),
        ("=SUM(B2:B9)", "công thức"),
        ("1,5", "thập phân"),
    ],
)
def test_what_is_no_count_stays_as_typed_with_a_sentence_and_nothing_is_sent(scene, typed, told):
    _units, _form, by, found = scene

    saved = save_cells(found.pk, {"law.sessions": typed, "law.attendances": "7"}, by=by)

    assert told in saved.faults["law.sessions"]
    assert "Buổi tuyên truyền pháp luật" in saved.faults["law.sessions"]
    entries = {entry.series.key: entry for entry in found.entries.select_related("series")}
    assert entries["law.sessions"].typed == typed
    assert (entries["law.attendances"].number, entries["staff"].number) == (7, 40)
    with pytest.raises(NotReadyError) as refused:
        submit(found.pk, by=by)
    assert any(typed in sentence for sentence in refused.value.problems)
    assert not found.versions.exists()


@pytest.mark.parametrize("key", ["law.sessions|sex=female", "cột 151", "staff#num", ""])
def test_a_cell_that_the_sheet_has_not_is_named_and_nothing_is_written(scene, key):
    _units, _form, by, found = scene
    with pytest.raises(UnknownCellError) as refused:
        save_cells(found.pk, {"staff": "99", key: "1"}, by=by)
    assert f"“{key}”" in refused.value.user_message
    assert found.entries.get().number == 40


def test_a_hundred_and_fifty_first_column_is_named_and_nothing_is_written(scene):
    _units, _form, by, found = scene
    with pytest.raises(UnknownCellError) as refused:
        save_cells(found.pk, {f"column.{number}": "1" for number in range(151)} | {"staff": "99"}, by=by)
    assert len(refused.value.keys) == 151
    assert len(refused.value.user_message) < 400
    assert found.entries.get().number == 40


def test_the_report_of_another_unit_is_not_found_and_stays_as_it_was(scene):
    units, form, by, _found = scene
    other = sent(units["LC-SP-002"], 2019, 3, form, chair(units["LC-SP-002"]), law__sessions="5")
    for attempt in (
        lambda: save_cells(other.pk, {"law.sessions": "6"}, by=by),
        lambda: submit(other.pk, by=by),
        lambda: correct(other.pk, reason="x", by=by),
        lambda: accept(other.pk, by=by),
        lambda: return_report(other.pk, reason="x", by=by),
    ):
        with pytest.raises(Report.DoesNotExist):
            attempt()
    other.refresh_from_db()
    assert (other.status, other.entries.get().number) == ("submitted", 5)


def test_a_report_is_not_returned_without_a_reason(scene):
    units, form, _by, _found = scene
    other = sent(units["LC-SP-002"], 2019, 3, form, chair(units["LC-SP-002"]), law__sessions="5")
    with pytest.raises(ReasonNeededError):
        return_report(other.pk, reason="  ", by=acting(Role.MIDDLE, units["LC-SP"]))


def test_two_sheets_that_ask_for_the_same_cell_count_it_once(scene):
    units, _form, by, found = scene
    second = sheet(
        units["LC"], {"staff": ("stock", "", "Số lao động")}, code="second", years=range(2019, 2020)
    )
    district = acting(Role.MIDDLE, units["LC-SP"])
    submit(found.pk, by=by)
    counted(found, district)
    counted(sent(units["LC-SP-001"], 2019, 3, second, by, staff="40"), district)

    figure = Reader(units["LC"]).read([(Indicator.objects.get(code="staff"), "")], *WINDOW)["staff", ""]
    assert (figure.value, figure.reported) == (40, 1)
    total = Total.objects.get(unit=units["LC"], series__key="staff", basis=0, period=found.period)
    assert (
        totals_in_python(True, date(2019, 10, 1))[total.unit_id, total.period_id, total.series_id].value == 40
    )


def test_attendances_never_make_a_rate(scene):
    """The seed page: 80.676 attendances beside 52.089 workers; a rate has a numerator and a denominator of its own."""
    units, _form, by, found = scene
    rate("study.rate", "study.joined", "study.eligible")
    save_cells(found.pk, {"law.attendances": "80.676", "staff": "52.089"}, by=by)
    submit(found.pk, by=by)
    counted(found, acting(Role.MIDDLE, units["LC-SP"]))
    wanted = Indicator.objects.get(code="study.rate")
    figure = Reader(units["LC"]).read([(wanted, "")], *WINDOW)["study.rate", ""]
    assert (figure.value, figure.numerator, figure.denominator) == (None, None, None)


IDENTITIES = [
    ("staff", ["staff|sector=public", "staff|sector=production"], "52.089", ["34.183", "17.906"], "17.907"),
    ("prizes", [f"prizes|prize={n}" for n in range(5)], "15", ["1", "2", "2", "5", "5"], "6"),
]


@pytest.mark.parametrize(("whole", "parts", "sum_", "good", "bad"), IDENTITIES)
def test_parts_of_the_seed_page_must_add_up_before_a_report_is_sent(whole, parts, sum_, good, bad):
    units = plant()
    lines = {key: ("flow", key.partition("|")[2], key) for key in (whole, *parts)}
    form = sheet(units["LC"], lines, years=range(2019, 2020))
    Rule.objects.create(version=form.versions.get(), code="sum", kind="equals", left=[whole], right=parts)
    by = chair(units["LC-SP-001"])
    found = report(units["LC-SP-001"], 2019, 3, form)
    typed = {whole: sum_, **dict(zip(parts, good, strict=True))}
    save_cells(found.pk, typed | {parts[-1]: bad}, by=by)
    with pytest.raises(NotReadyError, match="không bằng"):
        submit(found.pk, by=by)
    save_cells(found.pk, typed, by=by)
    assert submit(found.pk, by=by).number == 1


def test_a_bound_has_no_value_and_is_never_summed():
    """F021 "hàng trăm": between two bounds, no number in between."""
    units = plant()
    series("hundreds", "outside", "Hàng trăm")
    indicator = Indicator.objects.get(code="hundreds")
    OutsideFigure.objects.create(
        indicator=indicator,
        unit=units["LC"],
        start=date(2013, 10, 1),
        end=date(2019, 10, 1),
        low=100,
        high=999,
        source="Báo cáo",
        captured_on=date(2019, 10, 1),
    )
    window = (date(2013, 10, 1), date(2019, 9, 30))
    figure = Reader(units["LC"]).read([(indicator, "")], *window)["hundreds", ""]
    assert (figure.value, figure.low, figure.high) == (None, 100, 999)
    above = Reader(units["VN"]).read([(indicator, "")], *window)["hundreds", ""]
    assert (above.value, above.low) == (None, None)
