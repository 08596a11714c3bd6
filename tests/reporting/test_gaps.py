"""How far a rate is from its target: computed, never stored; in percentage points, while counts compare in percent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Role
from congdoan.reporting.actions.configuring import indicators
from congdoan.reporting.errors import ConfigurationError
from congdoan.reporting.models import Indicator, IndicatorVersion, Series, Target
from congdoan.reporting.queries import configuring, gaps
from congdoan.reporting.queries.figures import Reader
from congdoan.reporting.queries.grids import Grid
from congdoan.reporting.views.seeing import words
from tests.factories_organisation import acting, plant
from tests.factories_reporting import START, chair, counted, rate, sent, sheet

pytestmark = pytest.mark.django_db
YEAR = (date(2018, 10, 1), date(2019, 9, 30))
QUARTER = (date(2019, 7, 1), date(2019, 9, 30))


def aim(unit: Any, key: str, value: int, start: date = YEAR[0], end: date = date(2019, 10, 1)) -> Target:
    return Target.objects.create(
        unit=unit, series=Series.objects.get(key=key), start=start, end=end, value=value
    )


@pytest.fixture
def world() -> dict[str, Any]:
    """A rate of 66.11 % over a year, in two quarters: 80 of 100, then 39 of 80."""
    units = plant()
    divided = rate("study.rate", "study.joined", "study.eligible")
    gap = Indicator.objects.create(code="study.gap", kind="gap", decimals=2, rate=divided)
    IndicatorVersion.objects.create(indicator=gap, valid_from=START, name="Chênh lệch")
    form = sheet(units["LC"])
    by, province = chair(units["LC-SP-001"]), acting(Role.STATISTICS, units["LC"])
    for number, joined, eligible in ((2, "80", "100"), (3, "39", "80")):
        values = {"study__joined": joined, "study__eligible": eligible, "law__sessions": "75"}
        counted(sent(units["LC-SP-001"], 2019, number, form, by, **values), province)
    return {"units": units, "gap": gap, "rate": divided, "province": province, "sheet": form}


@pytest.mark.parametrize("basis", ["as-was", "as-is"])
def test_the_gap_of_a_unit_is_its_rate_less_its_own_target(world: dict[str, Any], basis: str) -> None:
    from congdoan.reporting.actions.rebuilding import rebuild_as_is

    units, gap = world["units"], world["gap"]
    aim(units["LC"], "study.rate#num", 6000)
    aim(units["LC-SP"], "study.rate#num", 7000)
    rebuild_as_is(date(2019, 10, 1))

    figure = Reader(units["LC"], basis).read([(gap, "")], *YEAR)["study.gap", ""]

    assert figure.value == Decimal("6.11")
    assert (figure.numerator, figure.denominator) == (119, 180)
    rated = Reader(units["LC"], basis).read([(world["rate"], "")], *YEAR)["study.rate", ""]
    assert (figure.reported, figure.expected) == (rated.reported, rated.expected)
    below = Reader(units["LC-SP"], basis).read([(gap, "")], *YEAR)["study.gap", ""]
    assert below.value == Decimal("-3.89")
    nobody = Reader(units["LC-SP-001"], basis).read([(gap, "")], *YEAR)["study.gap", ""]
    assert (nobody.value, nobody.numerator) == (None, 119)


def test_a_window_is_compared_with_its_own_target_else_with_the_shortest_around_it(
    world: dict[str, Any],
) -> None:
    unit, gap = world["units"]["LC"], world["gap"]
    aim(unit, "study.rate#num", 9000, date(2013, 10, 1), date(2020, 1, 1))
    aim(unit, "study.rate#num", 6000)
    windows = [YEAR, QUARTER, (date(2018, 1, 1), date(2019, 9, 30))]
    grid = Grid([unit], [(gap, "")], windows).figures()

    def value(at: int) -> Any:
        return grid[unit.pk, at]["study.gap", ""].value

    assert value(0) == Decimal("6.11")
    assert value(1) == Decimal("-11.25")
    assert value(2) == Decimal("-23.89")
    Target.objects.all().delete()
    assert Grid([unit], [(gap, "")], [YEAR]).figures()[unit.pk, 0]["study.gap", ""].value is None


def test_where_nobody_reported_there_is_no_gap(world: dict[str, Any]) -> None:
    unit = world["units"]["LC"]
    aim(unit, "study.rate#num", 6000, date(2014, 1, 1), date(2015, 1, 1))
    found = Reader(unit).read([(world["gap"], "")], date(2014, 1, 1), date(2014, 12, 31))
    assert found["study.gap", ""].value is None


def test_many_gaps_ask_as_often_as_one(world: dict[str, Any]) -> None:
    unit = world["units"]["LC"]
    aim(unit, "study.rate#num", 6000)

    def asked() -> int:
        found = [(one, "") for one in Indicator.objects.filter(kind="gap")]
        with CaptureQueriesContext(connection) as caught:
            Grid([unit], found, [YEAR, QUARTER]).figures()
        return len(caught)

    one = asked()
    for number in range(3):
        Indicator.objects.create(code=f"more.{number}", kind="gap", decimals=2, rate=world["rate"])
    assert asked() == one


def test_a_percent_target_compares_in_points_and_a_count_target_in_percent(world: dict[str, Any]) -> None:
    unit = world["units"]["LC"]
    count = Indicator.objects.get(code="law.sessions")
    read = Reader(unit).read([(world["rate"], ""), (count, "")], *YEAR)
    of_rate, of_count = aim(unit, "study.rate#num", 6000), aim(unit, "law.sessions", 120)

    assert words.against(of_rate, read["study.rate", ""]) == {
        "is_met": True,
        "words": "cao hơn mức đề ra 6,11 điểm phần trăm",
    }
    assert read["law.sessions", ""].value == 150
    assert words.against(of_count, read["law.sessions", ""]) == {
        "is_met": True,
        "words": "cao hơn mức đề ra 25,00\u202f%",
    }


def test_everybody_reads_the_gap_of_the_newest_target_in_percentage_points(
    client: Client, world: dict[str, Any]
) -> None:
    aim(world["units"]["LC"], "study.rate#num", 6000)

    for address in ("/so-lieu/", "/so-lieu/chi-tieu/study.gap/"):
        page = client.get(address).content.decode()
        assert "6,11" in page
        assert "điểm phần trăm" in page
    asked = {"indicator": "study.gap", "unit": "LC", "from": "2018-10-01", "to": "2019-09-30"}
    (row,) = client.get("/api/v1/figures", asked).json()["items"]
    assert (row["value"], row["numerator"], row["denominator"]) == (6.11, 119, 180)
    assert client.get("/api/v1/indicators/study.gap").json()["rate"] == "study.rate"


def test_the_way_down_from_a_gap_leads_to_the_reports_of_its_rate(world: dict[str, Any]) -> None:
    aim(world["units"]["LC"], "study.rate#num", 6000)
    browser = signed_in(world["province"])
    asked = {"chi-tieu": "study.gap", "don-vi": "LC", "tu-ngay": "01/10/2018", "den-ngay": "30/09/2019"}

    page = browser.get(reverse("reporting:explorer"), asked | {"theo": "ca-khoang"}).content.decode()

    assert "6,11" in page
    assert "chi-tieu=study.rate&amp;don-vi=LC" in page
    file = browser.get(reverse("reporting:explorer"), asked | {"theo": "quarter", "tai": "csv"})
    assert "-11" in b"".join(file).decode()
    down = browser.get(reverse("reporting:sources"), {**asked, "chi-tieu": "study.rate"})
    assert "119" in down.content.decode()


def signed_in(capacity: Capacity) -> Client:
    browser = Client()
    browser.force_login(capacity.user)
    return browser


def test_an_officer_adds_a_gap_by_choosing_the_rate_and_cannot_put_it_on_a_sheet(
    world: dict[str, Any],
) -> None:
    officer = acting(Role.STATISTICS, world["units"]["LC"])
    browser = signed_in(officer)
    typed = {
        "name": "Vượt mức học tập",
        "kind_choice": "gap",
        "definition": "Tỷ lệ trừ mức giao.",
        "valid_from": "01/01/2013",
        "code": "hoc.vuot",
    }
    page = browser.post(reverse("reporting:add_indicator"), typed).content.decode()
    assert "cần một tỷ lệ đã có" in page
    answer = browser.post(reverse("reporting:add_indicator"), {**typed, "rate": world["rate"].pk})
    assert answer.status_code == 302, answer.context["form"].errors
    made = Indicator.objects.get(code="hoc.vuot")
    assert (made.kind, made.decimals, made.rate) == ("gap", 2, world["rate"])
    assert not made.series.exists()
    assert not configuring.series_to_add(officer, "Vượt mức")
    assert (
        "study.rate" in browser.get(reverse("reporting:managed_indicator", args=[made.pk])).content.decode()
    )
    assert browser.get(reverse("reporting:redefine_indicator", args=[made.pk])).status_code == 200
    assert "Vượt mức" in browser.get(reverse("reporting:indicators"), {"loai": "gap"}).content.decode()
    with pytest.raises(ConfigurationError):
        indicators.collect_cells(made.pk, [], by=officer)


def test_a_gap_is_never_more_open_than_its_rate(world: dict[str, Any]) -> None:
    root = acting(Role.STATISTICS, world["units"]["VN"])
    made = indicators.add_indicator(
        indicators.Nature("gap"),
        indicators.Meaning("Vượt"),
        valid_from=START,
        rate=world["rate"],
        by=root,
        code="vuot",
    )
    assert made.is_public
    indicators.set_openness(world["rate"].pk, is_public=False, is_sensitive=True, topic="", by=root)
    made.refresh_from_db()
    assert (made.is_public, made.is_sensitive) == (False, True)
    with pytest.raises(ConfigurationError, match="không thể công khai hơn"):
        indicators.set_openness(made.pk, is_public=True, is_sensitive=False, topic="", by=root)


def test_the_totals_of_a_gap_are_no_more_open_than_those_of_its_rate(world: dict[str, Any]) -> None:
    root, closed = acting(Role.STATISTICS, world["units"]["VN"]), {"is_public": False, "is_sensitive": True}
    made = indicators.add_indicator(
        indicators.Nature("gap"), indicators.Meaning("Vượt"), valid_from=START, rate=world["rate"], by=root
    )
    indicators.set_openness(world["rate"].pk, **closed, topic="", by=root)
    with pytest.raises(ConfigurationError, match="không thể công khai hơn"):
        indicators.set_openness(made.pk, **closed, totals_public=True, topic="", by=root)
    indicators.set_openness(world["rate"].pk, **closed, totals_public=True, topic="", by=root)
    assert indicators.set_openness(made.pk, **closed, totals_public=True, topic="", by=root).totals_public
    indicators.set_openness(world["rate"].pk, **closed, topic="", by=root)
    made.refresh_from_db()
    assert not made.totals_public


def test_the_newest_window_runs_until_the_last_report_while_the_target_does(world: dict[str, Any]) -> None:
    unit = world["units"]["LC"]
    known = [
        aim(unit, "study.rate#num", 6000),
        aim(unit, "study.rate#num", 1, date(2019, 1, 1), date(2021, 1, 1)),
    ]
    assert gaps.newest_window(known, QUARTER[1]) == (date(2019, 1, 1), QUARTER[1])
    assert gaps.newest_window(known[:1], QUARTER[1]) == YEAR
    assert gaps.newest_window(known, date(2018, 1, 1)) is None
