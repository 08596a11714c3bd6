"""A reader on a phone 360 pixels wide: finds the article, reads, prints, searches, looks at photos, votes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit, settled
from tests.journeys.installation import Installation

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = 360
PAPER = "getComputedStyle(document.body).backgroundColor"
PALE = """() => [...document.body.querySelectorAll("*")].filter(element => {
  const hasWords = [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
  if (!hasWords || !element.checkVisibility()) return false;
  const [red, green, blue] = getComputedStyle(element).color.match(/[0-9]+/g).map(Number);
  return 0.3 * red + 0.6 * green + 0.1 * blue > 130;
}).map(element => element.outerHTML.slice(0, 120))"""
"""Words whose colour could not be read on white."""


def open_menu(page: Page) -> None:
    page.locator(".sheet__button").click()
    expect(page.locator(".sheet__panel")).to_be_visible()


def article_of_the_seed(site: Installation) -> str:
    assert site.imported is not None
    return str(site.imported["url"])


@pytest.mark.seed
def test_a_reader_finds_the_imported_article_through_the_menu_and_reads_it(
    site: Installation, visit: Visit
) -> None:
    imported = site.imported
    assert imported is not None
    page = settled(visit("/", width=PHONE))

    open_menu(page)
    settled(page)
    # The department's own category stands below another one.
    page.locator(".sheet").get_by_role("link", name="Hoạt động công đoàn").click()
    page.get_by_role("navigation", name="Chuyên mục").get_by_role("link", name=imported["category"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(imported["category"])
    settled(page)

    page.get_by_role("heading", name=imported["title"]).get_by_role("link").click()
    expect(page).to_have_url(site.base + imported["url"])
    expect(page.get_by_role("heading", level=1)).to_have_text(imported["title"])
    expect(page.locator("article .lead")).to_have_text(re.compile(r"^Nhằm thực hiện tốt"))
    for caption in imported["captions"]:
        expect(page.get_by_text(caption, exact=True)).to_be_visible()
    expect(page.locator(".byline")).to_contain_text("Phương Thúy (LĐLĐ tỉnh)")
    expect(page.locator(".byline")).to_contain_text("không muộn hơn ngày 17/10/2019")
    expect(page.get_by_text("12.076 buổi")).to_be_visible()
    settled(page)


def test_a_reader_opens_a_story_of_the_front_page_and_reads_it_in_the_dark(visit: Visit) -> None:
    page = settled(visit("/", width=PHONE))
    title = page.locator("main h2 a").first.inner_text()
    page.locator("main h2 a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    settled(page)
    light = page.evaluate(PAPER)

    page.locator("[data-theme-switch]").click()
    expect(page.get_by_role("button", name="Nền sáng")).to_be_visible()
    dark = page.evaluate(PAPER)
    assert (light, dark) == ("rgb(255, 255, 255)", "rgb(16, 22, 31)")
    settled(page)

    page.goto("/van-ban/")
    assert page.evaluate(PAPER) == dark, "the choice stays on the next page"


def test_a_printed_article_is_text_on_white_without_menus(visit: Visit) -> None:
    page = visit("/", width=PHONE, theme="dark")
    page.locator("main h2 a").first.click()
    page.wait_for_load_state("networkidle")

    page.emulate_media(media="print", color_scheme="dark")
    for part in (
        ".masthead__line",
        ".masthead__search",
        ".sheet",
        ".menu",
        ".footer__visits",
        ".footer__end",
        ".share",
    ):
        expect(page.locator(part)).to_be_hidden()
    for part in ("h1", "article .lead", "article .byline", "article .prose p >> nth=0"):
        expect(page.locator(part)).to_be_visible()
    assert page.evaluate(PAPER) in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
    assert page.evaluate(PALE) == [], "dark ink, whatever the device's theme"
    printed = page.pdf(format="A4")
    assert printed.startswith(b"%PDF-")
    assert len(printed) > 10_000


@pytest.mark.seed
def test_a_search_without_diacritics_finds_the_article_and_marks_the_words(
    site: Installation, visit: Visit
) -> None:
    page = visit("/", width=PHONE)
    box = page.get_by_role("searchbox", name="Tìm trên toàn trang")
    box.fill("cong doan lao cai")
    box.press("Enter")

    expect(page).to_have_url(re.compile(r"/tim-kiem/\?q=cong\+doan\+lao\+cai$"))
    expect(page.locator("main").get_by_role("searchbox")).to_have_value("cong doan lao cai")
    found = page.locator("main li", has=page.locator(f"a[href='{article_of_the_seed(site)}']"))
    expect(found).to_be_visible()
    words = {word.lower() for word in found.locator("mark").all_inner_texts()}
    assert {"công", "đoàn"} <= words
    settled(page)


def test_a_reader_opens_a_document_and_its_file(site: Installation, visit: Visit) -> None:
    page = visit("/", width=PHONE)
    open_menu(page)
    page.locator(".sheet").get_by_role("link", name="Văn bản", exact=True).click()
    settled(page)

    row = page.locator("main .document-row", has=page.locator("a[href^='/tep/'], a[href$='.pdf']")).first
    title = row.locator("h2, h3").get_by_role("link").inner_text()
    row.locator("h2, h3").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    settled(page)

    file = page.locator("main a[href^='/tep/']").first.get_attribute("href")
    assert file is not None
    status, headers, body = site.get(file)
    assert (status, headers["content-type"], body[:5]) == (200, "application/pdf", b"%PDF-")


def test_the_photos_of_an_album_are_turned_by_keys_and_the_focus_returns(visit: Visit) -> None:
    page = visit("/album/", width=PHONE)
    settled(page)
    page.locator("main h2 a, main h3 a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    settled(page)

    first = page.locator("[data-viewer-item]").first
    count = page.locator("[data-viewer-item]").count()
    first.focus()
    page.keyboard.press("Enter")
    viewer = page.get_by_role("dialog", name="Xem ảnh")
    expect(viewer).to_contain_text(f"Ảnh 1 trên {count}")
    settled(page)
    page.keyboard.press("ArrowRight")
    expect(viewer).to_contain_text(f"Ảnh 2 trên {count}")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(viewer).to_contain_text(f"Ảnh {count} trên {count}")
    expect(viewer.get_by_role("img")).to_have_js_property("complete", True)
    assert viewer.get_by_role("img").evaluate("image => image.naturalWidth") > 0
    assert viewer.get_by_role("img").get_attribute("alt")
    page.keyboard.press("Home")
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    expect(first).to_be_focused()


def test_a_reader_opens_the_bulletin_and_its_pdf(site: Installation, visit: Visit) -> None:
    page = visit("/", width=PHONE)
    open_menu(page)
    page.locator(".sheet").get_by_role("link", name="Bản tin", exact=True).click()
    settled(page)
    page.locator("main h2 a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    settled(page)

    file = page.get_by_role("link", name="Đọc bản tin (PDF)").get_attribute("href")
    assert file is not None
    status, headers, body = site.get(file)
    assert (status, headers["content-type"], body[:5]) == (200, "application/pdf", b"%PDF-")


def test_a_reader_votes_in_place_and_is_remembered(visit: Visit) -> None:
    page = visit("/", width=PHONE)
    poll = page.locator("[data-live='poll']")
    poll.get_by_role("radio").nth(1).check()
    poll.get_by_role("button", name="Bình chọn").click()

    results = poll.locator(".poll__results")
    expect(results).to_be_visible()
    expect(results.get_by_role("listitem").nth(1)).to_contain_text(re.compile(r"[1-9][0-9.]* lượt"))
    expect(poll.locator("progress")).to_have_count(results.get_by_role("listitem").count())
    expect(poll.get_by_text("đại diện")).to_be_visible()
    expect(poll.get_by_role("radio").first).to_be_hidden()
    total = poll.locator(".poll__total").inner_text()
    settled(page)

    page.reload()
    expect(results).to_be_visible()
    expect(poll.locator(".poll__total")).to_have_text(total)
    expect(poll.get_by_role("radio").first).to_be_hidden()
    poll.get_by_role("link", name="Trang của bình chọn này").click()
    expect(page.get_by_text("Bạn đã bình chọn", exact=True)).to_be_visible()
    expect(page.get_by_role("radio")).to_have_count(0)
    settled(page)
