"""The reports of the demonstration: their totals are the published figures, and every report keeps the rules of its sheet."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from congdoan.ops.demo.reports import QUARTERS, dialogues, grassroots, province
from congdoan.ops.demo.reports.month import STARTED, THROUGH, WAITING
from congdoan.ops.demo.reports.sharing import share
from congdoan.ops.demo.union import DEMO_CHAIR_UNIT, DEMO_MIDDLE_UNIT
from congdoan.organisation.models import Ancestry, Mandate, Unit
from congdoan.reporting.actions.opening import open_reports
from congdoan.reporting.engine.contents import Content, content_hash
from congdoan.reporting.engine.rules import check
from congdoan.reporting.engine.summing import Amount, Fact, Key, contributions_as_was
from congdoan.reporting.engine.values import unscaled
from congdoan.reporting.models import (
    Dirty,
    Indicator,
    Line,
    Report,
    ReportVersion,
    Series,
    Sheet,
    SheetVersion,
    Target,
    Total,
)
from congdoan.reporting.models import Fact as StoredFact
from congdoan.reporting.queries import maps
from congdoan.reporting.queries.counting import facts_of, rates
from congdoan.reporting.queries.figures import Reader
from congdoan.reporting.queries.filling import last_values, warnings
from congdoan.reporting.queries.sheets import blank
from tests.conftest import seed_dir
from tests.reporting.test_catalogue import COVERED

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

END = date(2019, 9, 30)
SIX_YEARS = (date(2013, 10, 1), END)
WINDOWS = {
    ("2013", "2019"): SIX_YEARS,
    ("2014", "2019"): (date(2014, 10, 1), END),
    ("2016", "2019"): (date(2016, 1, 1), END),
    ("2013", "2018"): (date(2013, 10, 1), date(2018, 9, 30)),
    (None, "2019"): (END, END),
}
WHOLE = {"all", "collective+individual"}
ENTRANTS = {
    "workers and pupils": "workers_and_pupils",
    "union members and workers": "union_members_and_workers",
}


def _seed() -> list[Any]:
    try:
        figures = json.loads((seed_dir() / "figures.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return [pytest.param({"id": "none"}, id="none")]
    return [pytest.param(figure, id=figure["id"]) for figure in figures if figure["id"] in COVERED]


def _cell(figure: dict[str, Any]) -> str:
    parts = {
        key: ENTRANTS.get(value, value)
        for key, value in figure["breakdown"].items()
        if key in ("sex", "sector", "recipient", "prize", "entrants") and value not in WHOLE
    }
    return "&".join(f"{key}={value}" for key, value in sorted(parts.items()))


def _window(figure: dict[str, Any]) -> tuple[date, date]:
    period = figure["period"] or {"from": None, "to": None}
    return WINDOWS.get((period["from"], period["to"]), SIX_YEARS)


@pytest.fixture
def lao_cai(demo: float) -> Unit:
    return Unit.objects.get(code="LC")


@pytest.mark.seed
@pytest.mark.parametrize("figure", _seed())
@pytest.mark.parametrize("basis", ["as-was", "as-is"])
def test_a_published_figure_comes_out_exactly(lao_cai, figure, basis):
    indicator = Indicator.objects.get(code=figure["indicator_code"])
    cell = _cell(figure)
    found = Reader(lao_cai, basis).read([(indicator, cell)], *_window(figure))[indicator.code, cell]
    expected = None if figure["value"] is None else Decimal(str(figure["value"]))
    assert found.value == expected
    assert (found.low, found.high) == (figure["value_min"], figure["value_max"])
    assert found.is_complete
    assert found.vintage == "final"


def test_the_target_of_the_term_is_passed_by_percentage_points(lao_cai):
    target = Target.objects.get(unit=lao_cai)
    rate = target.series.indicator
    found = Reader(lao_cai).read([(rate, "")], target.start, date(2018, 9, 30))[rate.code, ""]
    assert target.end == date(2018, 10, 1)
    assert found.value - unscaled(target.value, 2) == Decimal("6.11")


@pytest.mark.parametrize("basis", ["as-was", "as-is"])
def test_the_gap_to_the_target_of_the_term_is_a_figure_of_its_own(lao_cai, basis):
    gap = Indicator.objects.get(code="training.skills.target_gap")
    found = Reader(lao_cai, basis).read([(gap, "")], date(2013, 10, 1), date(2018, 9, 30))[gap.code, ""]
    rate = Reader(lao_cai, basis).read([(gap.rate, "")], found.start, found.end)[gap.rate.code, ""]
    assert found.value == Decimal("6.11")
    assert (found.numerator, found.denominator) == (rate.numerator, rate.denominator)
    assert (found.reported, found.expected) == (rate.reported, rate.expected)
    above = Reader(Unit.objects.get(code="VN"), basis).read([(gap, "")], found.start, found.end)
    assert above[gap.code, ""].value is None


def test_grassroots_unions_are_counted_from_the_tree(lao_cai):
    tree = Indicator.objects.get(code="union.cdcs.total")
    assert Reader(lao_cai).read([(tree, "")], END, END)["union.cdcs.total", ""].value == 1_289
    assert not tree.series.exists()


def test_a_bound_and_a_count_of_another_site_are_told_with_their_source_and_never_summed(lao_cai):
    outside = list(Indicator.objects.filter(kind="outside"))
    assert len(outside) == 6
    read = Reader(lao_cai).read([(one, "") for one in outside], *SIX_YEARS)
    assert all(figure.source for figure in read.values())
    assert {code for (code, _cell), figure in read.items() if figure.value is None} == {
        "contest.technical.awarded_topics",
        "innovation.experience.count",
    }
    assert not StoredFact.objects.filter(series__indicator__kind="outside").exists()
    above = Reader(Unit.objects.get(code="VN")).read([(one, "") for one in outside], *SIX_YEARS)
    assert all(figure.value is None and figure.low is None for figure in above.values())


def test_the_entries_of_two_circles_of_entrants_have_no_sum(lao_cai):
    entries = Indicator.objects.get(code="contest.hcm_laocai.entries")
    assert Reader(lao_cai).read([(entries, "")], *SIX_YEARS)[entries.code, ""].value is None


def test_the_confederation_has_what_its_province_has(lao_cai):
    indicators = list(Indicator.objects.filter(kind__in=["flow", "rate"]))
    wanted = [(one, "") for one in indicators]
    mine, above = (Reader(unit).read(wanted, *SIX_YEARS) for unit in (lao_cai, Unit.objects.get(code="VN")))
    assert {key: figure.value for key, figure in mine.items()} == {
        key: figure.value for key, figure in above.items()
    }


def test_six_years_are_about_a_million_values_of_all_unions_that_lived(demo):
    quarterly = Report.objects.filter(sheet__code="bao-cao-quy")
    for quarter in QUARTERS:
        below = Ancestry.objects.filter(
            ancestor__code="LC",
            unit__kind__code="grassroots_union",
            end_version=None,
            valid_from__lte=quarter.last_day,
        ).exclude(valid_to__lte=quarter.last_day)
        assert quarterly.filter(period__start=quarter.start).count() == below.count()
    assert 900_000 < StoredFact.objects.count() < 1_200_000
    history = Report.objects.exclude(sheet__code="bao-cao-thang")
    assert not history.exclude(status="accepted").exists()
    assert history.latest("accepted_at").accepted_at.year == 2019
    assert 0 < sum(report.first_submitted_at.date() > report.due_on for report in quarterly[:3_000]) < 300


def test_obligations_end_with_the_six_years_and_opening_again_makes_nothing_new(demo):
    with transaction.atomic():
        assert open_reports(timezone.localdate()) == 0
    assert not Dirty.objects.exists()


@pytest.mark.parametrize("code", ["bao-cao-quy", "bao-cao-cap-tren", "bao-cao-tinh", "bao-cao-thang"])
def test_every_report_fills_every_line_and_keeps_every_rule(demo, code):
    sheet = blank(SheetVersion.objects.get(sheet__code=code))
    reports = Report.objects.filter(sheet__code=code, accepted__isnull=False).select_related("accepted")
    if code == "bao-cao-quy":
        sample = [
            unit.pk for unit in Unit.objects.filter(kind__code="grassroots_union").order_by("code")[::40]
        ]
        reports = reports.filter(unit__in=sample)
    before: dict[int, dict[str, int]] = {}
    count = 0
    for report in reports.order_by("unit", "period__start"):
        values = Content.from_dict(report.accepted.content).values
        assert set(values) == set(sheet.by_key)
        assert check(sheet.rules, values, before.get(report.unit_id, {})) == []
        before[report.unit_id] = {
            key: value.number for key, value in values.items() if value.number is not None
        }
        count += 1
    assert count >= 24


def test_what_counts_is_what_the_worker_would_have_made_of_the_reports(demo):
    ids, matched = dict(Series.objects.values_list("key", "pk")), rates()
    reports = list(Report.objects.select_related("accepted", "sheet").order_by("pk"))
    for report in [*reports[::900], *reports[-20:]]:
        stored = StoredFact.objects.filter(report=report).values_list("period", "series", "value")
        assert {Fact(*row) for row in stored} == set(facts_of(report, ids, matched))


def test_sendings_form_a_chain_and_every_step_is_bound_to_its_sending(demo):
    returned = Report.objects.filter(versions__number=2).select_related("unit", "sheet", "period")
    assert returned.count() > 20
    for report in [*returned[:10], *Report.objects.filter(status="accepted")[:10]]:
        previous = ""
        for version in report.versions.order_by("number"):
            assert version.digest == content_hash(
                Content.from_dict(version.content),
                unit=report.unit.code,
                sheet=report.sheet.code,
                version=1,
                period=report.period.code,
                previous=previous,
            )
            previous = version.digest
        assert report.accepted.digest == previous
        steps = list(report.steps.order_by("pk").values_list("kind", "digest"))
        kinds = ["submitted", "returned"] * (report.versions.count() - 1) + ["submitted", "accepted"]
        assert [kind for kind, _digest in steps] == kinds
        assert steps[-1][1] == previous
        assert report.steps.filter(kind="submitted", at__gt=report.accepted_at).count() == 0
    signed = ReportVersion.objects.exclude(mandate_id_text="").first()
    assert signed is not None
    assert Mandate.objects.get(pk=signed.mandate_id_text).unit_id == signed.report.unit_id


def test_the_totals_of_a_union_above_are_those_of_the_oracle(demo):
    node = Unit.objects.get(code="LC-NN")
    units = sorted(set(Ancestry.objects.filter(ancestor=node).values_list("unit", flat=True)))
    calendar, natures = maps.calendar(), maps.natures()
    links = maps.links(units, maps.tree_version())
    expected: dict[Key, Amount] = {}
    for unit in units:
        facts = [
            Fact(*row)
            for row in StoredFact.objects.filter(unit=unit).values_list("period", "series", "value")
        ]
        for key, amount in contributions_as_was(facts, links[unit], natures, calendar).items():
            if key.node == node.pk:
                expected.setdefault(key, Amount()).plus(amount)
    stored = {
        Key(row.unit_id, row.period_id, row.series_id): Amount(row.value, row.reported, row.inapplicable)
        for row in Total.objects.filter(basis=0, unit=node)
    }
    assert len(stored) > 1_000
    assert stored == expected


def test_the_open_month_gives_everybody_something_to_do(demo):
    month = Report.objects.filter(sheet__code="bao-cao-thang")
    today = timezone.localdate()
    assert month.count() == 1_289
    assert {report.period.start for report in month.select_related("period")} == {today.replace(day=1)}
    district = month.filter(unit__code__startswith=f"{DEMO_MIDDLE_UNIT}-")
    by_status = {
        status: district.filter(status=status) for status in ("open", "submitted", "returned", "accepted")
    }
    assert by_status["submitted"].count() == WAITING
    assert by_status["accepted"].count() == THROUGH
    assert by_status["returned"].count() == 1
    assert by_status["open"].filter(entries__isnull=False).distinct().count() == STARTED
    own = month.get(unit__code=DEMO_CHAIR_UNIT)
    assert own.status == "open"
    assert not own.entries.exists()
    asked = [
        report
        for report in by_status["submitted"]
        if warnings(report, Content.from_dict(report.current.content))
    ]
    assert len(asked) == 1
    assert month.filter(status="open").count() > 1_000
    assert all(report.submitted_at <= timezone.now() for report in by_status["submitted"])
    assert last_values(own) == {}


def test_the_month_that_is_open_is_expected_and_not_counted_as_missing_zero(lao_cai):
    sheet = Sheet.objects.get(code="bao-cao-thang")
    cover = Total.objects.get(
        basis=0, unit=lao_cai, series=sheet.coverage_id, period__type="month", period__calendar=sheet.calendar
    )
    accepted = Report.objects.filter(sheet=sheet, status="accepted").count()
    assert (cover.reported, cover.inapplicable) == (accepted, 1_289 - accepted)


def test_rows_point_at_rows_that_exist_and_loading_is_quick(demo):
    if connection.vendor == "sqlite":
        connection.check_constraints(["reporting_report", "reporting_reportversion", "reporting_reviewstep"])
    assert demo < 60


def test_lines_and_values_name_the_same_series(demo):
    keys = set(
        Line.objects.filter(section__version__sheet__code="bao-cao-quy").values_list("series__key", flat=True)
    )
    assert set(grassroots().values) == keys


def test_the_reports_are_the_same_on_every_machine():
    digest = hashlib.sha256()
    made = grassroots()
    for key, column in sorted(made.values.items()):
        digest.update(f"{key} {column}".encode())
    for told in (sorted(dialogues().items()), province()):
        digest.update(str(told).encode())
    assert digest.hexdigest()[:16] == "cb1631d4ec241137"


def test_sharing_keeps_the_sum_and_the_bounds():
    assert share(10, [1, 1, 1], [0, 0, 0], [9, 9, 9]) == [4, 3, 3]
    assert share(10, [100, 1, 0], [0, 0, 2], [3, 9, 9]) == [3, 5, 2]
    with pytest.raises(ValueError, match="room"):
        share(10, [1, 1], [0, 0], [4, 4])
    with pytest.raises(ValueError, match="least"):
        share(1, [1, 1], [1, 1], [4, 4])
