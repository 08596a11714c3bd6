"""The loop: a unit reports, the level above accepts, every unit above has the total; a correction moves it by the difference."""

from __future__ import annotations

from datetime import date

import pytest

from congdoan.organisation.rights import Role
from congdoan.reporting.actions.filling import nothing_to_report, save_cells
from congdoan.reporting.actions.rebuilding import rebuild_as_is, totals_in_python
from congdoan.reporting.actions.refreshing import refresh_all
from congdoan.reporting.actions.reviewing import accept, correct, return_report, submit
from congdoan.reporting.engine.summing import Amount, Key
from congdoan.reporting.errors import NotReadyError, OwnUnitError, WrongStatusError
from congdoan.reporting.models import Clock, Indicator, Report, ReviewStep, Total
from congdoan.reporting.queries.figures import Reader
from tests.factories_organisation import acting, plant
from tests.factories_reporting import chair, counted, rate, report, sent, sheet

pytestmark = pytest.mark.django_db


def stored(basis: int) -> dict[Key, Amount]:
    return {
        Key(total.unit_id, total.period_id, total.series_id): Amount(
            total.value, total.reported, total.inapplicable
        )
        for total in Total.objects.filter(basis=basis)
    }


def test_an_accepted_report_counts_for_every_unit_above_and_a_correction_moves_the_totals_by_the_difference():
    units = plant()
    form = sheet(units["LC"])
    chair_of = chair(units["LC-SP-001"])
    district = acting(Role.MIDDLE, units["LC-SP"])
    rebuild_as_is(date(2019, 10, 1))
    found = sent(units["LC-SP-001"], 2019, 3, form, chair_of, law__sessions="12", staff="1.240")
    refresh_all()
    sessions = Indicator.objects.get(code="law.sessions")
    window = (date(2019, 7, 1), date(2019, 9, 30))
    before = Reader(units["LC"]).read([(sessions, "")], *window)["law.sessions", ""]
    assert before.value is None
    assert (before.reported, before.expected) == (0, 3)

    counted(found, district)

    for code in ("LC-SP", "LC", "VN", "LC-SP-001"):
        figure = Reader(units[code]).read([(sessions, "")], *window)["law.sessions", ""]
        assert figure.value == 12, code
        assert (figure.reported, figure.expected) == (
            (1, 1) if code == "LC-SP-001" else (1, 2 if code == "LC-SP" else 3)
        )

    correct(found.pk, reason="Đếm thiếu một buổi", by=chair_of)
    refresh_all()
    assert Reader(units["LC"]).read([(sessions, "")], *window)["law.sessions", ""].value == 12
    save_cells(found.pk, {"law.sessions": "13"}, by=chair_of)
    submit(found.pk, by=chair_of)
    counted(found, district)
    assert Reader(units["LC"]).read([(sessions, "")], *window)["law.sessions", ""].value == 13
    assert found.versions.count() == 2
    assert stored(0) == totals_in_python(True, date(2019, 10, 1))
    assert stored(Clock.objects.get().as_is_basis) == totals_in_python(False, date(2019, 10, 1))


def test_a_stock_holds_until_the_next_report_and_a_flow_sums_over_the_years():
    units = plant()
    form = sheet(units["LC"])
    chair_of, district = chair(units["LC-SP-001"]), acting(Role.MIDDLE, units["LC-SP"])
    for year, number, staff in ((2018, 1, "100"), (2018, 4, "90"), (2019, 3, "120")):
        counted(
            sent(units["LC-SP-001"], year, number, form, chair_of, law__sessions="2", staff=staff), district
        )
    staff, sessions = Indicator.objects.get(code="staff"), Indicator.objects.get(code="law.sessions")
    reader = Reader(units["LC"])
    assert reader.read([(staff, "")], date(2018, 1, 1), date(2018, 9, 30))["staff", ""].value == 100
    assert reader.read([(staff, "")], date(2018, 1, 1), date(2018, 12, 31))["staff", ""].value == 90
    assert reader.read([(sessions, "")], date(2013, 10, 1), date(2019, 9, 30))["law.sessions", ""].value == 6
    assert stored(0) == totals_in_python(True, date(2019, 10, 1))


def test_a_rate_divides_what_belongs_together():
    units = plant()
    rate("study.rate", "study.joined", "study.eligible")
    form = sheet(units["LC"])
    district = acting(Role.MIDDLE, units["LC-SP"])
    one, two = chair(units["LC-SP-001"]), chair(units["LC-SP-002"])
    counted(sent(units["LC-SP-001"], 2019, 3, form, one, study__joined="90", study__eligible="100"), district)
    counted(sent(units["LC-SP-002"], 2019, 3, form, two, study__eligible="50"), district)
    figure = Reader(units["LC"]).read(
        [(Indicator.objects.get(code="study.rate"), "")], date(2019, 7, 1), date(2019, 9, 30)
    )["study.rate", ""]
    assert (figure.numerator, figure.denominator, str(figure.value)) == (90, 100, "90.00")


def test_a_broken_rule_is_told_in_words_and_nothing_is_sent():
    units = plant()
    form = sheet(units["LC"])
    chair_of = chair(units["LC-SP-001"])
    found = report(units["LC-SP-001"], 2019, 3, form)
    saved = save_cells(
        found.pk, {"staff": "100", "staff|sex=female": "120", "law.sessions": "mười"}, by=chair_of
    )
    assert "mười" in saved.faults["law.sessions"]
    with pytest.raises(NotReadyError) as refused:
        submit(found.pk, by=chair_of)
    assert any("“Trong đó nữ” (120) nhiều hơn “Số lao động” (100)" in line for line in refused.value.problems)
    assert found.entries.get(series__key="law.sessions").typed == "mười"
    assert not found.versions.exists()


def test_nobody_reviews_the_report_of_their_own_unit_and_a_stranger_finds_none():
    units = plant()
    form = sheet(units["LC"])
    chair_of = chair(units["LC-SP-001"])
    found = sent(units["LC-SP-001"], 2019, 3, form, chair_of, law__sessions="1")
    with pytest.raises(OwnUnitError):
        accept(found.pk, by=chair_of)
    with pytest.raises(Report.DoesNotExist):
        accept(found.pk, by=acting(Role.MIDDLE, units["LC-BX"]))
    found.refresh_from_db()
    assert found.status == "submitted"


def test_a_returned_report_carries_the_reason_and_is_reviewed_again():
    units = plant()
    form = sheet(units["LC"])
    chair_of, district = chair(units["LC-SP-001"]), acting(Role.MIDDLE, units["LC-SP"])
    found = report(units["LC-SP-001"], 2019, 3, form)
    nothing_to_report(found.pk, by=chair_of)
    submit(found.pk, by=chair_of)
    return_report(found.pk, reason="Thiếu số lao động", comments={"staff": "Ghi số đến 30/9"}, by=district)
    with pytest.raises(WrongStatusError):
        accept(found.pk, by=district)
    step = ReviewStep.objects.get(report=found, kind="returned")
    assert step.comments == {"staff": "Ghi số đến 30/9"}
    save_cells(found.pk, {"staff": "30"}, by=chair_of)
    submit(found.pk, by=chair_of)
    counted(found, district)
    assert found.status == "accepted"
