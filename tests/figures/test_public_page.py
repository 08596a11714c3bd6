"""The page of a published figure says what it is, where it comes from and what it is made of; small cells stay unseen."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from congdoan.figures.actions.deciding import correct, notice
from congdoan.figures.engine.specs import Form, Spec
from congdoan.figures.models import Discrepancy, PublishedFigure
from congdoan.figures.queries import listing, sources
from congdoan.organisation.models import Unit
from congdoan.organisation.rights import Role
from congdoan.pages.cache import recording
from congdoan.reporting.models import Indicator
from tests.factories import make_article, make_category, make_site
from tests.factories_organisation import acting
from tests.figures.small_cells import QUARTER, publish, small_union
from tests.figures.test_freezing import correct_report, embed

pytestmark = pytest.mark.django_db


@pytest.fixture
def union():
    return small_union()


@pytest.fixture
def site(union):
    return make_site()


@pytest.fixture
def article(site):
    spec = Spec("f", unit="VN", window=QUARTER, basis="as-was", form=Form.UNIT)
    body = json.dumps([{"type": "paragraph", "value": embed(spec)}])
    return make_article(make_category(), title="Sáu năm tuyên truyền", body=body)


def officer(role, unit):
    """A browser in which somebody who holds ``role`` in ``unit`` is signed in."""
    browser = Client()
    browser.force_login(acting(role, unit).user)
    return browser


def page_of(client, figure, prefix=""):
    return client.get(f"{prefix}/so-lieu/{figure.pk}/").text


def test_the_page_says_the_number_in_digits_and_words(client, article):
    figure = PublishedFigure.objects.get()
    page = page_of(client, figure)
    assert "<b>12.076</b>" in page
    assert "Mười hai nghìn không trăm bảy mươi sáu" in page
    assert "từ 01/10/2013 đến hết 31/12/2013" in page
    assert "Theo tổ chức của từng kỳ" in page
    assert figure.digest[:12] in page
    assert "Sáu năm tuyên truyền" in page
    assert f"Số liệu số {figure.pk}, công bố ngày" in page
    assert "cho cùng con số này" in page


def test_a_page_that_is_no_longer_public_is_not_named(client, article):
    article.unpublish()
    figure = PublishedFigure.objects.get()
    assert "Sáu năm tuyên truyền" not in page_of(client, figure)


def test_english_readers_get_english_words(client, site):
    figure = publish()
    page = page_of(client, figure, "/en")
    assert "Twelve thousand and seventy-six" in page
    assert 'lang="en"' in page


def test_unknown_numbers_are_not_found(client, site):
    for number in (4711, 10**30):
        assert client.get(f"/so-lieu/{number}/").status_code == 404
    assert client.get(f"/so-lieu/{publish().pk}/tai-ve.exe").status_code == 404


def test_a_sensitive_indicator_is_seen_by_those_who_review_the_unit_alone(client, site):
    figure = publish(unit="P1")
    Indicator.objects.filter(code="f").update(is_sensitive=True, is_public=False)
    addresses = [f"/so-lieu/{figure.pk}/{rest}" for rest in ("", "tom-tat/", "tai-ve.csv")]
    for address in addresses:
        assert client.get(address).status_code == 404
    assert "12.073" not in client.get("/so-lieu/").text
    reviewer = officer(Role.LEADER, figure.unit)
    stranger = officer(Role.LEADER, Unit.objects.get(code="P2"))
    for address in addresses:
        assert reviewer.get(address).status_code == 200
        assert stranger.get(address).status_code == 404


def test_visitors_cannot_work_out_a_small_district(union):
    province = publish(unit="P1")
    shown = {one.code: one for one in sources.behind(province, sees_all=False).units}
    # D2 held 3, D1 all the rest: either of them would give the other away.
    assert shown["D2"].value is None
    assert shown["D2"].cover.value == "small"
    assert shown["D1"].value is None
    assert shown["D1"].cover.value == "hidden"
    seen = {one.code: one.value for one in sources.behind(province, sees_all=True).units}
    assert seen == {"D1": 12070, "D2": 3}


def test_what_single_unions_reported_is_for_those_with_a_right(union):
    district = publish(unit="D1")
    found = sources.behind(district, sees_all=False)
    assert found.is_too_fine
    assert found.units == []
    assert {one.code for one in sources.behind(district, sees_all=True).units} == {"G0", "G3"}


def test_downloads_hide_what_the_page_hides(client, site):
    figure = publish(unit="P1")
    rows = list(
        csv.DictReader(
            io.StringIO(client.get(f"/so-lieu/{figure.pk}/tai-ve.csv").getvalue().decode("utf-8-sig"))
        )
    )
    assert (rows[0]["row"], rows[0]["value"]) == ("figure", "12073")
    by_unit = {row["code"]: row for row in rows if row["row"] == "unit"}
    assert (by_unit["D2"]["value"], by_unit["D2"]["hidden"]) == ("", "under_5")
    found = client.get(f"/so-lieu/{figure.pk}/tai-ve.json").json()
    assert found["rows"][0]["value"] == 12073
    assert "12070" not in json.dumps(found)
    assert client.get(f"/so-lieu/{figure.pk}/tai-ve.xlsx").status_code == 200


def test_a_rate_names_its_numerator_and_denominator(client, site):
    page = page_of(client, publish("c"))
    assert "50%" in page
    assert "Tử số" in page
    assert "Mẫu số" in page


def test_officers_go_on_to_the_reports(client, site):
    figure = publish(unit="P1")
    answer = officer(Role.LEADER, figure.unit).get(f"/so-lieu/{figure.pk}/")
    assert "no-store" in answer["Cache-Control"]
    page = answer.text
    assert "/lam-viec/so-lieu/nguon/?chi-tieu=f" in page
    assert "12.070" in page
    page = page_of(client, figure)
    assert "/lam-viec/so-lieu/nguon/" not in page
    assert "12.070" not in page


def test_an_erratum_is_told_on_both_figures_and_at_the_end_of_the_article(client, union, article):
    old = PublishedFigure.objects.get()
    correct_report(union, 11000)
    page = page_of(client, old)
    assert "Số đã công bố ở trên được giữ nguyên" in page
    notice()
    new = correct(Discrepancy.objects.get().pk, reason="Đơn vị đếm trùng", actor=None).new
    for page in (page_of(client, old), page_of(client, new), client.get(article.url).text):
        assert "Đơn vị đếm trùng" in page
        assert f'href="/so-lieu/{old.pk}/"><del>12.076' in page
        assert f'href="/so-lieu/{new.pk}/"><ins>' in page
        assert f"chênh lệch {'+' if new.value > old.value else '−'}" in page
    assert "Số này đã được đính chính" in page_of(client, old)
    assert "Số này đã được đính chính" not in page_of(client, new)


def test_the_page_is_rendered_anew_when_its_figure_is_corrected_or_totals_change(rf, client, article):
    figure = PublishedFigure.objects.get()
    with recording() as shown:
        page_of(client, figure)
    assert {f"figure:{figure.pk}", "totals", "articles"} <= shown.tags


def queries_for(client, figure):
    page_of(client, figure)
    with CaptureQueriesContext(connection) as queries:
        page_of(client, figure)
    return len(queries)


def test_queries_grow_with_neither_units_nor_cells(client, site):
    whole, part = publish(unit="VN"), publish(unit="P2")
    assert queries_for(client, whole) == queries_for(client, part) <= 60


@pytest.mark.parametrize("words", ["12.076", "12076", "buoi", "Buổi 2013", "12.076 buoi"])
def test_a_published_figure_is_found_by_its_value_words_and_year(client, article, words):
    figure = PublishedFigure.objects.get()
    assert f'href="/so-lieu/{figure.pk}/"' in client.get("/so-lieu/", {"q": words}).text


@pytest.mark.parametrize("words", ["12.077", "nguoi", "buoi 2019", "12.076 nguoi", "\0"])
def test_other_words_do_not_find_it(client, article, words):
    figure = PublishedFigure.objects.get()
    found = client.get("/so-lieu/", {"q": words})
    assert found.status_code == 200
    if words != "\0":
        assert f'href="/so-lieu/{figure.pk}/"' not in found.text


def test_a_corrected_figure_is_no_longer_listed(union, article):
    assert listing.open_figures().count() == 1
    correct_report(union, 11000)
    notice()
    erratum = correct(Discrepancy.objects.get().pk, reason="Đếm trùng", actor=None)
    assert [one.pk for one in listing.open_figures()] == [erratum.new_id]
