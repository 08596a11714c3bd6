"""Of a closed indicator the total of a province may be published, and nothing finer is told to anybody by it."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from django.test import Client

from congdoan.figures.actions.deciding import notice
from congdoan.figures.actions.freezing import digest_of
from congdoan.figures.actions.papers import PaperFigure, enter
from congdoan.figures.engine.specs import Asked, Form, Scope, Spec
from congdoan.figures.engine.windows import Window
from congdoan.figures.models import Discrepancy, PageFigure, PublishedFigure
from congdoan.figures.queries import checking, listing
from congdoan.figures.queries.computing import compute
from congdoan.figures.queries.finding import find_indicators, find_units
from congdoan.figures.queries.papers import papers
from congdoan.figures.queries.printing import printable, rescoped
from congdoan.figures.queries.replaying import replay
from congdoan.organisation.models import Unit
from congdoan.organisation.rights import Role
from congdoan.pages.cache import recording
from congdoan.reporting.actions.refreshing import refresh_all
from congdoan.reporting.models import Indicator, Report
from tests.factories import make_article, make_site
from tests.factories_organisation import acting
from tests.figures.small_cells import QUARTER, publish, small_union
from tests.figures.test_freezing import embed
from tests.figures.test_papers import page_with

pytestmark = pytest.mark.django_db

TODAY = date(2026, 1, 1)
API = "/api/v1/figures"


@pytest.fixture
def union():
    made = small_union()
    for code in ("f", "s"):
        Indicator.objects.filter(code=code).update(is_sensitive=True, is_public=False, totals_public=True)
    Indicator.objects.filter(code="a").update(is_sensitive=True, is_public=False)
    return made


@pytest.fixture
def site(union):
    return make_site()


def correct_g0(union, value):
    """Correct what the union G0 reported: it held 12.000."""
    report = Report.objects.get(sheet=union.sheets[0], unit__code="G0", period__end=date(2014, 1, 1))
    union.send(report, [value, 7, 4, 40, 20])
    union.accept(report)
    refresh_all()


def asked(code="f", unit="P1", cell=""):
    return Asked(code, cell, unit, QUARTER, "as-was")


def officer(role, unit):
    browser = Client()
    browser.force_login(acting(role, Unit.objects.get(code=unit)).user)
    return browser


def test_totals_of_provinces_are_computed_and_nothing_finer(union):
    wanted = [
        *(asked(unit=code) for code in ("VN", "P1", "D1", "G0")),
        asked("s", "P1", "sex=female"),
        asked("a", "P1"),
    ]
    found = {(one.indicator, one.unit): answer.figure.value for one, answer in compute(wanted).items()}
    assert found == {("f", "VN"): 12076, ("f", "P1"): 12073}


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        (Spec("f", unit="P1"), ""),
        (Spec("f"), ""),
        (Spec("f", unit="D1"), "chỉ được công bố tổng toàn tỉnh"),
        (Spec("s", cell="sex=female", unit="P1"), "chỉ được công bố tổng toàn tỉnh"),
        (Spec("a", unit="P1"), "không công khai"),
    ],
)
def test_a_text_with_something_finer_is_not_published_and_says_what_would_be(union, spec, words):
    scope = Scope(unit="P1", window=QUARTER)
    found = checking.faults([spec], scope)
    assert words in found[0] if words else not found
    (described,) = checking.describe([spec], scope)
    assert described.is_fault is bool(words)
    assert (words in described.problem) if words else described.words == "12.073"


def test_the_page_of_a_district_is_refused_where_the_text_says_no_unit(union):
    assert "tổng toàn tỉnh" in checking.faults([Spec("f")], Scope(unit="D1", window=QUARTER))[0]


def test_the_chooser_offers_the_whole_alone_and_provinces(union):
    offered = {one.code: one for one in find_indicators("", TODAY)}
    assert (offered["s"].totals_only, offered["s"].cells) == (True, [])
    assert not offered["b"].totals_only
    assert "a" not in offered
    assert [code for code, _name in find_units("P1", TODAY, totals_only=True)] == ["P1"]
    assert not find_units("D1", TODAY, totals_only=True)
    assert find_units("D1", TODAY)


def test_everybody_reads_the_published_total_and_nothing_behind_it(client, site):
    figure = publish(unit="P1")
    page = client.get(f"/so-lieu/{figure.pk}/")
    assert page.status_code == 200
    assert "<b>12.073</b>" in page.text
    assert "chỉ con số ở trên được công bố" in page.text
    for finer in ("12.070", "Qua thời gian", "D1", "/lam-viec/so-lieu/nguon/"):
        assert finer not in page.text
    assert "12.073" in client.get(f"/so-lieu/{figure.pk}/tom-tat/").text
    content = client.get(f"/so-lieu/{figure.pk}/tai-ve.csv").getvalue().decode("utf-8-sig")
    assert [row["row"] for row in csv.DictReader(io.StringIO(content))] == ["figure"]
    assert len(client.get(f"/so-lieu/{figure.pk}/tai-ve.json").json()["rows"]) == 1
    listed = client.get("/so-lieu/").text
    assert f'href="/so-lieu/{figure.pk}/"' in listed
    assert "/so-lieu/chi-tieu/f" not in listed
    assert list(listing.search_figures("12.073 P1", TODAY)) == [figure]


def test_programs_read_the_published_total_and_why_nothing_is_behind_it(client, site):
    figure = publish(unit="P1")
    assert client.get(f"{API}/{figure.pk}").json()["value"] == 12073
    behind = client.get(f"{API}/{figure.pk}/sources").json()
    assert (behind["by"], behind["withheld"], behind["count"], behind["items"]) == ("unit", "closed", 0, [])
    window = {"from": "2013-10-01", "to": "2013-12-31"}
    for unit in ("P1", "VN"):
        assert client.get(API, {"indicator": "f", "unit": unit} | window).status_code == 404
    assert client.get("/api/v1/indicators/f").status_code == 404


def test_officers_of_the_unit_with_the_right_see_all_of_it(client, site):
    figure = publish(unit="P1")
    page = officer(Role.LEADER, "P1").get(f"/so-lieu/{figure.pk}/")
    assert "12.070" in page.text
    assert "/lam-viec/so-lieu/nguon/" in page.text
    assert "no-store" in page["Cache-Control"]
    for role, code in ((Role.LEADER, "P2"), (Role.CHAIR, "G0"), (Role.MIDDLE, "D1"), (Role.EDITOR, "P1")):
        other = officer(role, code).get(f"/so-lieu/{figure.pk}/")
        assert other.status_code == 200
        assert "12.070" not in other.text


def test_what_was_published_too_fine_before_the_indicator_was_closed_is_not_found(client, site):
    Indicator.objects.filter(code="f").update(is_sensitive=False, is_public=True, totals_public=False)
    district = publish(unit="D1")
    province = publish(unit="P1")
    Indicator.objects.filter(code="f").update(is_sensitive=True, is_public=False, totals_public=True)
    assert client.get(f"/so-lieu/{district.pk}/").status_code == 404
    assert client.get(f"/so-lieu/{province.pk}/").status_code == 200
    assert list(listing.open_figures()) == [province]


def test_an_internal_indicator_shows_no_more_than_what_was_published(client, site):
    Indicator.objects.filter(code="f").update(is_sensitive=False, totals_public=True)
    page = client.get(f"/so-lieu/{publish(unit='P1').pk}/").text
    assert "<b>12.073</b>" in page
    assert "12.070" not in page


def test_a_page_is_rendered_anew_when_the_catalogue_opens_or_closes_an_indicator(client, site):
    figure = publish(unit="P1")
    for rest in ("", "tom-tat/"):
        with recording() as shown:
            client.get(f"/so-lieu/{figure.pk}/{rest}")
        assert "figures" in shown.tags


def test_it_is_frozen_with_the_page_and_told_when_its_data_change(union):
    page = page_with(Spec("f", unit="P1", window=QUARTER, basis="as-was", form=Form.UNIT))
    figure = PageFigure.objects.get(page=page.pk).figure
    assert (figure.value, figure.origin, figure.reported) == (12073, "reports", 3)
    correct_g0(union, 11000)
    assert [one.now["value"] for one in notice()] == [11073]


def test_closing_the_totals_too_takes_it_from_readers_but_breaks_no_replay(client, union):
    page = page_with(Spec("f", unit="P1", window=QUARTER, basis="as-was"))
    figure = PageFigure.objects.select_related("figure").get(page=page.pk).figure
    Indicator.objects.filter(code="f").update(totals_public=False)
    assert client.get(f"/so-lieu/{figure.pk}/").status_code == 404
    figures = PublishedFigure.objects.select_related("indicator", "unit")
    assert [one.fault for one in replay(figures, digest_of)] == [None]
    correct_g0(union, 11000)
    assert notice() == []
    assert not Discrepancy.objects.exists()
    assert [one.fault for one in replay(figures, digest_of)] == [None]


def test_a_paper_figure_of_a_district_never_stands_in_for_what_is_closed(union):
    by = acting(Role.STATISTICS, Unit.objects.get(code="P1"))
    old = Window(date(2010, 1, 1), date(2010, 12, 31))
    for code in ("P1", "D1"):
        paper = PaperFigure(
            Indicator.objects.get(code="f"),
            Unit.objects.get(code=code),
            old.start,
            old.end,
            845,
            "Báo cáo 2010",
        )
        enter(paper, by=by)
    wanted = [Asked("f", "", code, old, "as-was") for code in ("P1", "D1")]
    assert {one.unit for one in papers(wanted)} == {"P1"}


def test_a_copy_for_a_district_says_that_it_is_not_published_there(union):
    make_site()
    page = page_with_report(Spec("f"))
    assert not printable(page).without_data
    (entry,) = printable(rescoped(page, Unit.objects.get(code="D1")), live=True).without_data
    assert (entry.is_closed, entry.why_missing) == (True, "chỉ công bố ở mức toàn tỉnh")
    (entry,) = printable(page_with_report(Spec("a")), live=True).without_data
    assert (entry.is_closed, entry.why_missing) == (True, "không công khai")


def page_with_report(spec):
    """Return a report page of P1 about the quarter, with one figure."""
    return make_article(
        title=f"Báo cáo {spec.indicator}",
        body=json.dumps([{"type": "paragraph", "value": embed(spec)}]),
        report_unit=Unit.objects.get(code="P1"),
        report_from=QUARTER.start,
        report_to=QUARTER.end,
    )
