"""Every kind of page: clean for axe-core and without sideways scrolling, narrow and wide, light and dark; large text."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser import assert_accessible, assert_fits
from tests.journeys.conftest import Visit, sign_in
from tests.journeys.installation import Installation

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = {
    "front page": "/",
    "news": "/tin-tuc/",
    "category": "/tin-tuc/hoat-dong-cong-doan/",
    "later page of a list": "/tin-tuc/?trang=2",
    "article": "/tin-tuc/chinh-sach-phap-luat/doc-phieu-luong/",
    "documents": "/van-ban/",
    "documents, none found": "/van-ban/?q=khongcogica",
    "document with a file": "/van-ban/huong-dan-phong-vat-tru-sua-me/",
    "document without a file": "/van-ban/25-nq-tw/",
    "calls": "/tham-gia/",
    "poll": "/tham-gia/ban-muon-doc-gi-truoc/",
    "poll, results": "/tham-gia/ban-muon-doc-gi-truoc/?ket-qua=1",
    "albums": "/album/",
    "album": "/album/duong-len-xa/",
    "bulletins": "/ban-tin/",
    "bulletin": "/ban-tin/so-12/",
    "links": "/lien-ket/",
    "page of text": "/gioi-thieu/",
    "contact": "/lien-he/",
    "search": "/tim-kiem/",
    "search, found": "/tim-kiem/?q=cong+doan",
    "search, nothing found": "/tim-kiem/?q=khongcogica",
    "not found": "/khong-co-trang-nay/",
    "sign in": "/dang-nhap/",
    "English front page": "/en/",
    "English article": "/en/tin-tuc/chinh-sach-phap-luat/doc-phieu-luong/",
    "Vietnamese article in English": "/en/tin-tuc/ban-tuyen-giao-nc/phong-vat-sua/",
    "gallery": "/giao-dien/",
}

CLIPPED = """() => {
  const clips = value => value === "hidden" || value === "clip";
  return [...document.body.querySelectorAll("*")].filter(element => {
    // The last crumb repeats the heading below it, which is whole.
    if (element.closest(".visually-hidden, svg, dialog:not([open]), template, .breadcrumb")) return false;
    const style = getComputedStyle(element);
    if (!clips(style.overflowX) && !clips(style.overflowY)) return false;
    if (!element.innerText?.trim() || element.clientWidth < 2) return false; // nothing to see, or only to be heard
    return (clips(style.overflowY) && element.scrollHeight > element.clientHeight + 2)
      || (clips(style.overflowX) && element.scrollWidth > element.clientWidth + 2);
  }).map(element => element.outerHTML.slice(0, 140));
}"""

SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""


def look_over(page: Page) -> None:
    """Look a page over narrow and wide, light and dark."""
    page.wait_for_load_state("networkidle")
    for width, height in ((360, 740), (1280, 900)):
        page.set_viewport_size({"width": width, "height": height})
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]  # "light" or "dark"
            try:
                assert_fits(page)
                assert_accessible(page)
            except AssertionError as error:
                raise AssertionError(f"{page.url} at {width} px, {theme}:\n{error}") from None


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_clean_narrow_and_wide_light_and_dark(visit: Visit, name: str) -> None:
    look_over(visit(PAGES[name], but="404" if name == "not found" else None))


def test_the_page_of_a_tag_is_clean(visit: Visit) -> None:
    page = visit(PAGES["article"])
    page.locator(".tags a").first.click()
    page.wait_for_url("**/the/**")
    look_over(page)


def test_signing_in_with_a_wrong_password_is_clean_and_keeps_the_name(visit: Visit) -> None:
    page = visit("/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill("bien-tap")
    page.get_by_label("Mật khẩu").fill("không phải")
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_role("alert").first.wait_for()
    assert page.get_by_label("Tên đăng nhập").input_value() == "bien-tap"
    look_over(page)


@pytest.mark.parametrize("role", ["editor", "chair"])
def test_the_desk_is_clean(site: Installation, visit: Visit, role: str) -> None:
    look_over(sign_in(visit(), site, role, to="/lam-viec/"))


@pytest.mark.parametrize(
    "name", ["front page", "article", "documents", "poll", "search, found", "album", "sign in"]
)
def test_text_may_be_twice_as_large_and_widely_spaced(visit: Visit, name: str) -> None:
    """WCAG 1.4.4, 1.4.10 and 1.4.12."""
    page = visit(PAGES[name], width=320)
    page.wait_for_load_state("networkidle")
    assert_fits(page)
    assert page.evaluate(CLIPPED) == [], "at 320 px"

    page.evaluate(SPACED)
    assert_fits(page)
    assert page.evaluate(CLIPPED) == [], "with wide spacing"

    page.reload()
    page.wait_for_load_state("networkidle")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert_fits(page)
    assert page.evaluate(CLIPPED) == [], "with text twice as large"
