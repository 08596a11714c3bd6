"""The catalogue: complete in two languages, whole in itself, loaded once, and never over what an officer changed."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from congdoan.organisation.actions.catalogue import load_catalogue
from congdoan.organisation.models import Unit
from congdoan.reporting.actions.catalogue import CONTENT, load_calendars, load_indicators, load_sheets
from congdoan.reporting.models import (
    Breakdown,
    Calendar,
    Indicator,
    IndicatorVersion,
    Line,
    Rule,
    Section,
    Series,
    Sheet,
    SheetVersion,
)
from congdoan.reporting.queries.sheets import version_for
from tests.factories_organisation import plant

COVERED = (
    *(f"F{number:03}" for number in (*range(7, 14), *range(15, 20), 21, 22, *range(24, 32), 33, 34)),
    *(f"F{number:03}" for number in (*range(36, 40), *range(42, 45), *range(46, 60), 62)),
)


@pytest.fixture
def province(db: None) -> Unit:
    load_catalogue()
    unit: Unit = plant()["LC"]
    load_sheets(unit)
    return unit


@pytest.mark.seed
def test_every_figure_of_the_first_user_has_its_indicator_under_its_code(province, seed: Path):
    figures = json.loads((seed / "figures.json").read_text(encoding="utf-8"))
    codes = {figure["id"]: figure["indicator_code"] for figure in figures}
    known = set(Indicator.objects.values_list("code", flat=True))
    assert {codes[number] for number in COVERED} <= known
    theirs = {figure["measure_vi"] for figure in figures} | {figure["measure_en"] for figure in figures}
    for version in IndicatorVersion.objects.all():
        assert not {version.definition, version.definition_en} & theirs


def test_an_indicator_says_what_it_is_in_two_languages(province):
    versions = IndicatorVersion.objects.exclude(indicator__code__startswith="reports.")
    assert versions.count() > 45
    for version in versions.select_related("indicator"):
        words = (
            *(version.name, version.name_en, version.definition, version.definition_en),
            *(version.measure_unit, version.measure_unit_en, version.source),
            *(version.indicator.topic, version.indicator.topic_en),
        )
        assert all(words), version.indicator.code
        assert version.definition.endswith(".")


def test_what_is_sensitive_is_not_public(province):
    assert set(Indicator.objects.filter(is_sensitive=True).values_list("code", flat=True)) == {
        "party.introduced",
        "party.admitted",
    }
    assert not Indicator.objects.filter(is_sensitive=True, is_public=True).exists()


def test_of_what_is_sensitive_the_totals_of_provinces_may_be_published(province):
    opened = set(Indicator.objects.filter(totals_public=True).values_list("code", flat=True))
    assert opened == {"party.introduced", "party.admitted"}


def test_every_indicator_that_units_report_stands_in_a_sheet_and_the_others_in_none(province):
    lines = set(Line.objects.values_list("series__key", flat=True))
    typed = Series.objects.filter(part="value", indicator__kind__in=["flow", "stock"]).exclude(
        indicator__code__startswith="reports."
    )
    assert {series.key for series in typed} == lines
    assert not Series.objects.filter(indicator__kind__in=["outside", "tree"]).exists()


def test_a_rate_has_its_two_parts_and_nothing_that_anybody_types(province):
    for code in ("study.resolutions.participation_rate", "training.skills.rate"):
        keys = Series.objects.filter(indicator__code=code).values_list("key", flat=True)
        assert set(keys) == {f"{code}#num", f"{code}#den"}


def test_parts_that_overlap_have_no_whole(province):
    assert not Breakdown.objects.get(code="entrants").is_complete
    cells = Series.objects.filter(indicator__code="contest.hcm_laocai.entries").values_list("cell", flat=True)
    assert len(cells) == 2
    assert all(cell.startswith("entrants=") for cell in cells)


def test_a_section_fits_on_a_telephone_and_rules_ask_for_lines_of_their_own_sheet(province):
    for section in Section.objects.all():
        assert 2 <= section.lines.count() <= 9
    for rule in Rule.objects.all():
        own = set(Line.objects.filter(section__version=rule.version).values_list("series__key", flat=True))
        assert {*rule.left, *rule.right} <= own, rule.code
        assert len(rule.code) <= 60


def test_every_sheet_is_published_from_the_first_quarter_on_and_counts_its_reports(province):
    first = tomllib.loads((CONTENT / "sheets.toml").read_text(encoding="utf-8"))["valid_from"]
    assert Sheet.objects.count() == 4
    for sheet in Sheet.objects.all():
        version = version_for(sheet, first)
        assert version is not None
        assert version.published_at
        assert sheet.coverage.key == f"reports.{sheet.code}"
        assert sheet.owner == province


def test_loading_again_adds_nothing_and_keeps_what_an_officer_changed(province):
    IndicatorVersion.objects.filter(indicator__code="dialogue.events").update(name="Đối thoại định kỳ")
    Calendar.objects.filter(code="civil").update(name="Lịch của tỉnh")
    before = [model.objects.count() for model in (Series, SheetVersion, Line, Rule, Breakdown, Indicator)]

    assert (load_calendars(), load_indicators(), load_sheets(province)) == (0, 0, 0)

    assert before == [
        model.objects.count() for model in (Series, SheetVersion, Line, Rule, Breakdown, Indicator)
    ]
    assert IndicatorVersion.objects.get(indicator__code="dialogue.events").name == "Đối thoại định kỳ"
    assert Calendar.objects.get(code="civil").name == "Lịch của tỉnh"


def test_one_indicator_that_was_removed_comes_back_alone(province):
    Indicator.objects.get(code="social.facebook.likes").versions.all().delete()
    Indicator.objects.get(code="social.facebook.likes").delete()
    assert load_indicators() == 1
