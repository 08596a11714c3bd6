"""Everything by keyboard, and always visible where one is."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FOCUSED = """() => {
  const element = document.activeElement;
  const box = element.getBoundingClientRect();
  const outlines = [element, element.parentElement, ...element.querySelectorAll("*")].map(part => getComputedStyle(part))
    .filter(style => style.outlineStyle !== "none").map(style => parseFloat(style.outlineWidth));
  const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1), y = box.top + Math.min(box.height / 2, 20);
  const over = document.elementFromPoint(x, y);
  return {
    what: element.outerHTML.slice(0, 120),
    tag: element.tagName,
    outline: Math.max(0, ...outlines),
    inView: box.top < innerHeight && box.bottom > 0 && box.width > 0,
    covered: !over || !(element.contains(over) || over.contains(element)),
  };
}"""


def focused(page: Page) -> dict[str, Any]:
    state: dict[str, Any] = page.evaluate(FOCUSED)
    return state


def test_the_first_stop_skips_to_the_content(visit: Visit) -> None:
    page = visit("/tin-tuc/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Đến nội dung chính")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("path", ["/", "/van-ban/", "/tham-gia/ban-muon-doc-gi-truoc/", "/dang-nhap/"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_focus_is_visible_at_every_stop(visit: Visit, path: str, theme: str) -> None:
    page = visit(path, theme=theme)
    page.wait_for_load_state("networkidle")
    stops = []
    for _step in range(150):
        page.keyboard.press("Tab")
        state = focused(page)
        if state["tag"] == "BODY" or (stops and state["what"] == stops[0]["what"]):
            break
        stops.append(state)
    assert len(stops) > 2
    assert [stop["what"] for stop in stops if stop["outline"] < 2] == []
    assert [stop["what"] for stop in stops if not stop["inView"] or stop["covered"]] == []


def test_the_menu_drops_down_and_closes_by_keyboard(visit: Visit) -> None:
    page = visit("/")
    more = page.locator(".menu summary").first
    child = page.locator(".menu__drop").first.get_by_role("link").first
    expect(child).to_be_hidden()
    more.focus()
    page.keyboard.press("Enter")
    expect(child).to_be_visible()
    page.keyboard.press("Tab")
    expect(child).to_be_focused()
    page.keyboard.press("Escape")
    expect(child).to_be_hidden()
    expect(more).to_be_focused()

    page.keyboard.press("Space")
    expect(child).to_be_visible()
    page.keyboard.press("Tab")
    name = child.inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_a_search_is_sent_by_enter_and_its_first_result_opened(visit: Visit) -> None:
    page = visit("/")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("cong doan")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"q=cong\+doan"))
    first = page.locator("main h2 a").first
    title = first.inner_text()
    first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


def test_a_vote_is_cast_by_keyboard(visit: Visit) -> None:
    page = visit("/tham-gia/ban-muon-doc-gi-truoc/")
    page.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Bạn đã bình chọn", exact=True)).to_be_visible()
