"""The English side: structure in English, Vietnamese texts marked as such, and the way back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit, settled
from tests.journeys.installation import Installation

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ONLY_VIETNAMESE = "This text is in Vietnamese only."
VIETNAMESE_WORDS = r"""() => {
  // Names of people and places stay as they are in English; a word with such letters and no capital is Vietnamese.
  const word = /(?<!\p{L})(?!\p{Lu})\p{L}*[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]\p{L}*/u;
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (element.closest("script, style, template, [lang=vi]")) continue;
    if (word.test(node.textContent.normalize("NFC"))) found.push(node.textContent.trim().slice(0, 80));
  }
  for (const name of ["aria-label", "placeholder", "title", "alt"])
    for (const element of document.querySelectorAll(`[${name}]`))
      if (!element.closest("[lang=vi]") && word.test(element.getAttribute(name))) found.push(element.getAttribute(name));
  return found;
}"""


def vietnamese_left(page: Page) -> list[str]:
    """Return words on an English page that are Vietnamese and not marked so."""
    page.wait_for_load_state("networkidle")
    left: list[str] = page.evaluate(VIETNAMESE_WORDS)
    return left


def test_a_reader_switches_to_english_and_back_on_the_same_page(site: Installation, visit: Visit) -> None:
    page = visit("/tin-tuc/hoat-dong-cong-doan/", width=360)
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(site.base + "/en/tin-tuc/hoat-dong-cong-doan/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    settled(page)

    page.get_by_role("link", name="Tiếng Việt").click()
    expect(page).to_have_url(site.base + "/tin-tuc/hoat-dong-cong-doan/")
    expect(page.locator("html")).to_have_attribute("lang", "vi")


PATHS = [
    "/",
    "/tin-tuc/hoat-dong-cong-doan/",
    "/van-ban/",
    "/tham-gia/",
    "/album/",
    "/ban-tin/",
    "/lien-ket/",
    "/gioi-thieu/",
    "/tro-nang/",
    "/tim-kiem/",
    "/tim-kiem/?q=khongcogica",
    "/dang-nhap/",
    "/khong-co-trang-nay/",
]


@pytest.mark.parametrize("path", PATHS)
def test_an_english_page_leaves_no_vietnamese_unmarked(visit: Visit, path: str) -> None:
    page = visit(f"/en{path}", but="404" if "khong-co-trang" in path else None)
    assert vietnamese_left(page) == []


def test_an_article_only_in_vietnamese_says_so_and_is_marked(visit: Visit) -> None:
    page = visit("/en/tin-tuc/hoat-dong-cong-doan/")
    story = page.locator("main article[lang=vi] h2 a").first
    title = story.inner_text()
    story.click()
    expect(page).to_have_url(re.compile("/en/tin-tuc/"))
    expect(page.locator("article.article")).to_have_attribute("lang", "vi")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    notice = page.get_by_text(ONLY_VIETNAMESE)
    expect(notice).to_be_visible()
    assert notice.evaluate("element => element.closest('[lang]').lang") == "en"
    assert vietnamese_left(page) == []
    settled(page)


def test_an_article_with_english_shows_it(visit: Visit) -> None:
    page = visit("/en/tin-tuc/hoat-dong-cong-doan/")
    story = page.locator("main article:not([lang=vi]) h2 a").first
    title = story.inner_text()
    story.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_text(ONLY_VIETNAMESE)).to_have_count(0)
    assert page.locator("article.article").get_attribute("lang") in (None, "en")
    settled(page)

    page.get_by_role("link", name="Tiếng Việt").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(title)
    expect(page.locator("html")).to_have_attribute("lang", "vi")
