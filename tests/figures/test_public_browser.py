"""A reader meets a figure in a text, looks where it comes from, and goes there: by mouse, keyboard and finger."""

from __future__ import annotations

import json

import pytest
from django.db import transaction
from playwright.sync_api import expect

from congdoan.figures.engine.specs import Form, Spec
from congdoan.figures.models import FeaturedFigure, PublishedFigure
from tests.browser import look_over
from tests.factories import make_article, make_category, make_site
from tests.figures.small_cells import QUARTER, small_union
from tests.figures.test_freezing import embed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def figure(browser_page):
    with transaction.atomic():
        small_union()
        make_site()
        spec = Spec("f", unit="VN", window=QUARTER, basis="as-was", form=Form.UNIT)
        body = json.dumps([{"type": "paragraph", "value": embed(spec)}])
        article = make_article(make_category(), title="Sáu năm tuyên truyền", body=body)
        found = PublishedFigure.objects.get()
        FeaturedFigure.objects.create(indicator=found.indicator, unit=found.unit)
    found.article = article
    return found


def test_a_figure_says_where_it_comes_from_without_leaving_the_text(figure, browser_page):
    page = browser_page()
    page.goto(figure.article.url)
    mark, tip = page.locator("a.figure"), page.get_by_role("tooltip")
    mark.focus()
    expect(tip).to_contain_text("12.076 Buổi" if "Buổi" in mark.inner_text() else "12.076")
    assert mark.get_attribute("aria-describedby") == "nguon-so-lieu"
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    mark.hover()
    expect(tip).to_be_visible()
    tip.get_by_text("Xem nguồn").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Buổi")
    expect(page).to_have_url(f"{page.url.split('/so-lieu')[0]}/so-lieu/{figure.pk}/")


def test_without_scripts_the_figure_is_a_link(figure, browser_page):
    page = browser_page(javascript=False)
    page.goto(figure.article.url)
    page.locator("a.figure").click()
    expect(page.get_by_text("Mười hai nghìn không trăm bảy mươi sáu")).to_be_visible()


@pytest.mark.parametrize(("width", "theme"), [(360, "dark"), (1280, "light")])
def test_the_pages_fit_and_everybody_can_use_them(figure, browser_page, width, theme):
    page = browser_page(width, theme)
    for path in (f"/so-lieu/{figure.pk}/", "/so-lieu/", "/", figure.article.url):
        page.goto(path)
        if path == figure.article.url:
            page.locator("a.figure").focus()
            expect(page.get_by_role("tooltip")).to_be_visible()
        look_over(page)
