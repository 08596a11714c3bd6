"""The same site with JavaScript off: everything can be read and sent."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser import assert_fits
from tests.journeys.conftest import Visit
from tests.journeys.installation import Installation

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_menu_leads_to_a_category_and_to_an_article(visit: Visit) -> None:
    page = visit("/", width=360, javascript=False)
    link = page.locator(".sheet__children a").nth(1)
    expect(link).to_be_hidden()
    page.locator(".sheet__button").click()
    category = link.inner_text()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(category)
    assert_fits(page)

    story = page.locator("main h2 a").first
    title = story.inner_text()
    story.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator("article .prose")).to_be_visible()
    for unusable in ("In bài", "Chép liên kết", "Nền tối"):
        expect(page.get_by_role("button", name=unusable)).to_be_hidden()
    assert_fits(page)


def test_a_search_without_diacritics_finds(visit: Visit) -> None:
    page = visit("/", javascript=False)
    page.locator("header").get_by_role("searchbox").fill("cong doan")
    page.locator("header").get_by_role("button", name="Tìm").click()
    expect(page).to_have_url(re.compile(r"/tim-kiem/\?q=cong\+doan$"))
    expect(page.locator("main mark").first).to_have_text(re.compile("công", re.IGNORECASE))


def test_a_vote_goes_through_the_poll_page(site: Installation, visit: Visit) -> None:
    page = visit("/", width=360, javascript=False)
    page.locator("[data-live='poll']").get_by_role("link").click()
    expect(page).to_have_url(site.base + "/tham-gia/")
    page.locator("main li").get_by_role("link").first.click()

    page.get_by_role("radio").first.check()
    page.locator("main").get_by_role("button", name="Bình chọn").click()
    expect(page.get_by_text("Phiếu của bạn đã được ghi nhận", exact=False)).to_be_visible()
    expect(page.locator("main progress").first).to_be_visible()
    expect(page.locator("main .poll__votes").first).to_have_text(re.compile(r"[1-9][0-9.]* lượt"))
    expect(page.get_by_role("radio")).to_have_count(0)
    assert_fits(page)

    page.reload()
    expect(page.get_by_text("Bạn đã bình chọn", exact=True)).to_be_visible()


def test_a_vote_without_a_choice_is_not_lost_but_asked_for(visit: Visit) -> None:
    page = visit("/tham-gia/", javascript=False, but="400")
    page.locator("main li").get_by_role("link").first.click()
    page.locator("main form").evaluate_all("forms => forms.forEach(form => form.noValidate = true)")
    page.locator("main").get_by_role("button", name="Bình chọn").click()
    expect(page.locator("main [role=alert]")).to_contain_text("chọn")
    expect(page.get_by_role("radio").first).to_be_visible()


@pytest.mark.parametrize(("theme", "paper"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(16, 22, 31)")])
def test_the_theme_is_the_device_s(visit: Visit, theme: str, paper: str) -> None:
    page = visit("/", theme=theme, javascript=False)
    expect(page.locator("body")).to_have_css("background-color", paper)


def test_the_photos_of_an_album_open_as_files(site: Installation, visit: Visit) -> None:
    page = visit("/album/", javascript=False)
    page.locator("main h2 a, main h3 a").first.click()
    address = page.locator("[data-viewer-item]").first.get_attribute("href")
    assert address is not None
    status, headers, _body = site.get(address)
    assert status == 200
    assert headers["content-type"].startswith("image/")
