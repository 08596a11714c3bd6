"""A block shows several figures as a table, with a chart, and all of them are frozen with the page."""

from __future__ import annotations

import itertools
import json
from datetime import date, timedelta

import pytest

from congdoan.figures.blocks import FiguresBlock, series_choices
from congdoan.figures.engine.specs import Compare, Scope
from congdoan.figures.engine.windows import Window
from congdoan.figures.models import PageFigure
from congdoan.figures.queries.showing import figures_of
from congdoan.figures.tabulating import Asking, Row, parts, specs_of, table_of
from congdoan.organisation.models import Unit
from congdoan.reporting.actions.refreshing import refresh_all
from congdoan.reporting.models import Indicator, IndicatorVersion
from tests.factories import make_article, make_category, make_site
from tests.reporting import scenes

pytestmark = pytest.mark.django_db

QUARTER = Window(date(2013, 10, 1), date(2013, 12, 31))
TERM = Window(date(2013, 10, 1), date(2019, 9, 30))


@pytest.fixture
def union():
    union = scenes.union()
    for report, value in zip(union.reports()[:2], (12000, 76), strict=False):
        union.send(report, [value, 7, None, 1, 1])
        union.accept(report)
    refresh_all()
    IndicatorVersion.objects.filter(indicator__code="f").update(name="Buổi tuyên truyền", measure_unit="buổi")
    Indicator.objects.filter(code="a").update(is_sensitive=True, is_public=False)
    return union


def page_with(value, **scope):
    make_site()
    return make_article(
        make_category(), title="Kết quả", body=json.dumps([{"type": "figures", "value": value}]), **scope
    )


def block_value(*keys, **fields):
    rows = [{"type": "item", "id": key, "value": {"series": key, "label": ""}} for key in keys]
    return {"caption": "", "kind": "list", "rows": rows, "unit": "VN", "compares": True, "chart": ""} | {
        "start": "2013-10-01",
        "end": "2013-12-31",
        **fields,
    }


def test_the_figures_of_a_block_are_frozen_and_shown_with_their_source(union, client):
    page = page_with(block_value("f", "s", "s|sex=female"))
    assert PageFigure.objects.filter(figure__indicator__code="f").count() == 1
    body = client.get(page.url).text
    figure = PageFigure.objects.get(figure__indicator__code="f").figure
    assert f'href="/so-lieu/{figure.pk}/"' in body
    assert "Buổi tuyên truyền (buổi)" in body
    assert "Nguồn: báo cáo của các đơn vị; số liệu công bố ngày" in body
    assert "Quý IV/2013" in body


def test_a_page_that_compares_gets_columns_for_it_and_they_are_frozen_too(union):
    scope = Scope("VN", QUARTER, compare=Compare.PREVIOUS_AND_TARGET)
    asking = Asking((Row("f"),))
    asked = {one for spec in specs_of(asking, scope) for one in spec.all_asked(scope)}
    assert {one.window for one in asked} == {QUARTER, QUARTER.previous}
    page = page_with(block_value("f", unit="", start=None, end=None))
    page.report_unit, page.report_from, page.report_to = (
        Unit.objects.get(code="VN"),
        QUARTER.start,
        QUARTER.end,
    )
    page.report_compare = "previous_and_target"
    table = table_of(asking, figures_of(page, live=True))
    assert table.head == ["Kỳ này", "Kỳ trước", "Tăng, giảm", "Mức đề ra", "So với mức đề ra"]
    assert [len(cells) for _name, cells in table.rows] == [5]


def test_units_below_are_rows_and_make_a_chart(union, client):
    page = page_with(block_value("f", kind="units", unit="P1", chart="bars"))
    figures = figures_of(page)
    (child,) = page.body
    table = table_of(child.block.asking(child.value), figures)
    assert len(table.rows) == 2
    values = {str(cells[0]) for _name, cells in table.rows}
    assert any("12.000" in value for value in values)
    body = client.get(page.url).text
    assert body.count('<th scope="row">') >= 2
    assert table.chart is None or "trend__picture" in body


def test_a_time_is_cut_into_quarters_and_years():
    quarters = parts(Asking((Row("f"),), "quarters", "VN", TERM), Scope())
    assert len(quarters) == 24
    assert quarters[0] == QUARTER
    assert quarters[-1] == Window(date(2019, 7, 1), date(2019, 9, 30))
    years = parts(Asking((Row("f"),), "years", "VN", TERM), Scope())
    assert [one.start.year for one in years] == [2013, 2014, 2015, 2016, 2017, 2018]
    assert years[-1].end == TERM.end
    for before, after in itertools.pairwise(quarters):
        assert after.start - before.end == timedelta(days=1)


def test_a_time_that_cannot_be_cut_stays_whole():
    odd = Window(date(2013, 10, 1), date(2013, 10, 20))
    assert parts(Asking((Row("f"),), "quarters", "VN", odd), Scope()) == [odd]
    assert parts(Asking((Row("f"),), "years", "VN", None), Scope()) == []


def test_a_block_over_time_names_its_periods(union, client):
    page = page_with(block_value("f", kind="quarters", end="2014-09-30", chart="lines"))
    body = client.get(page.url).text
    for name in ("Quý IV/2013", "Quý I/2014", "Quý III/2014"):
        assert f'<th scope="row">{name}</th>' in body


def test_the_editor_is_never_offered_a_sensitive_indicator(union):
    offered = [key for key, _words in series_choices()]
    assert "f" in offered
    assert "s|sex=female" in offered
    assert "a" not in offered


def test_a_block_without_unit_on_a_page_that_is_no_report_shows_no_numbers_and_breaks_nothing(union, client):
    page = page_with(block_value("f", unit="", start=None, end=None, kind="units"))
    assert client.get(page.url).status_code == 200
    assert not PageFigure.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"unit": "XX"}, "unit"), ({"end": None}, "end"), ({"end": "2012-01-01"}, "end")],
)
def test_a_block_with_an_unknown_unit_or_half_a_time_is_refused(union, fields, field):
    block = FiguresBlock()
    value = block.to_python(block_value("f", **fields))
    with pytest.raises(Exception) as refused:  # Wagtail's error of a struct has no message
        block.clean(value)
    assert field in refused.value.block_errors
