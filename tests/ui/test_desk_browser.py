"""The desk's components in a real browser: axe at every width, keys, and everything without JavaScript."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page, Route, expect

from congdoan.ui import rail
from tests.browser import OpenPage, assert_accessible, assert_fits
from tests.factories import make_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

GALLERY = "/giao-dien/lam-viec/"


@pytest.fixture(autouse=True)
def _gallery(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The gallery is open, and the rail has more entries than a phone has room for."""
    settings.IS_DEMO = True
    with transaction.atomic():
        make_site()
    monkeypatch.setattr(rail, "_entries", {})
    for number in range(7):
        rail.register(
            rail.Entry(
                key=f"e{number}",
                order=number,
                icon="inbox",
                title=f"Mục {number}",
                url=lambda request, number=number: GALLERY if number == 5 else f"/khong-co/{number}/",
                count=lambda request: 1289,
            )
        )


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_every_component_of_the_desk_is_accessible_and_fits(
    browser_page: OpenPage, width: int, theme: str
) -> None:
    page = browser_page(width=width, theme=theme)
    page.goto(GALLERY)

    for summary in page.locator(".field-help summary").all():
        summary.click()
    assert_fits(page)
    assert_accessible(page)


@pytest.mark.parametrize("width", [360, 700, 1280])
def test_the_desk_is_whole_without_javascript(browser_page: OpenPage, width: int) -> None:
    page = browser_page(width=width, javascript=False)
    page.goto(GALLERY)

    assert_fits(page)
    expect(page.locator("#dang-nhap").get_by_role("link", name="Tải lại")).to_be_visible()
    expect(page.get_by_role("button", name="Chép")).to_have_count(0)
    expect(page.get_by_text("7F3K-92QD")).to_be_visible()
    expect(page.locator(".tour li")).to_have_count(3)
    expect(page.get_by_role("button", name="Đã hiểu")).to_be_visible()
    expect(page.get_by_role("button", name="Tiếp")).to_have_count(0)
    expect(page.get_by_label("Chọn tất cả")).to_be_hidden()

    page.get_by_role("link", name="Đơn vị trực thuộc Liên đoàn Lao động thị xã Sa Pa").click()
    expect(page.get_by_role("link", name="Công đoàn cơ sở số 50", exact=True)).to_be_visible()


# --- The rail


def test_a_phone_has_room_for_four_and_the_rest_is_behind_the_fifth(browser_page: OpenPage) -> None:
    page = browser_page(width=360)
    page.goto(GALLERY)
    bar = page.get_by_role("navigation", name="Bàn làm việc")
    expect(bar.get_by_role("link")).to_have_count(4)
    assert bar.bounding_box()["height"] < 80
    hidden = bar.get_by_role("link", name="Mục 5")
    expect(hidden).to_be_hidden()

    more = bar.locator("summary")
    more.focus()
    page.keyboard.press("Enter")
    expect(hidden).to_be_visible()
    expect(hidden).to_have_attribute("aria-current", "page")
    assert_fits(page)
    assert_accessible(page)

    page.keyboard.press("Escape")
    expect(hidden).to_be_hidden()
    expect(more).to_be_focused()


def test_a_wide_screen_shows_every_entry(browser_page: OpenPage) -> None:
    page = browser_page(width=1280)
    page.goto(GALLERY)

    bar = page.get_by_role("navigation", name="Bàn làm việc")
    expect(bar.get_by_role("link")).to_have_count(7)
    expect(bar.locator("summary")).to_be_hidden()


@pytest.mark.parametrize(("width", "place"), [(360, ".desk__capacity"), (1280, ".rail__capacity")])
def test_an_officer_sees_in_whose_name_they_act_and_can_change_it(
    browser_page: OpenPage, width: int, place: str
) -> None:
    page = browser_page(width=width)
    page.goto(GALLERY)
    switch = page.locator(place)
    expect(switch.locator("summary")).to_contain_text("Liên đoàn Lao động thị xã Sa Pa")

    switch.locator("summary").click()
    switch.get_by_label("Chủ tịch Công đoàn cơ sở").check()
    expect(switch.get_by_role("button", name="Đổi tư cách")).to_be_visible()
    assert_accessible(page)


# --- The tree


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def test_a_branch_is_fetched_once_and_keys_move_through_it(browser_page: OpenPage) -> None:
    page = browser_page()
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url) if "nhanh=" in request.url else None)
    page.goto(GALLERY)
    toggle = page.get_by_role("button", name="Đơn vị trực thuộc Liên đoàn Lao động thị xã Sa Pa")
    toggle.focus()

    page.keyboard.press("ArrowRight")
    expect(toggle).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("link", name="Công đoàn cơ sở số 50", exact=True)).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("ArrowRight")
    assert focused(page) == "Công đoàn cơ sở số 1"
    page.keyboard.press("ArrowDown")
    assert focused(page) == "Công đoàn cơ sở số 2"
    page.keyboard.press("ArrowLeft")
    expect(toggle).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(toggle).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("link", name="Công đoàn cơ sở số 50", exact=True)).to_be_hidden()
    page.keyboard.press("Space")
    expect(toggle).to_have_attribute("aria-expanded", "true")

    assert len(fetched) == 1


def test_a_long_branch_comes_in_pieces_and_the_keyboard_goes_on_where_it_was(browser_page: OpenPage) -> None:
    page = browser_page()
    page.goto(GALLERY)
    page.get_by_role("button", name="Đơn vị trực thuộc Liên đoàn Lao động thị xã Sa Pa").click()
    more = page.get_by_role("link", name="Xem thêm (còn 1.239)")
    more.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("link", name="Công đoàn cơ sở số 51", exact=True)).to_be_focused()
    expect(page.get_by_role("link", name="Xem thêm (còn 1.189)")).to_be_visible()
    expect(more).to_have_count(0)


def test_a_branch_that_does_not_come_says_so_and_can_be_asked_again(browser_page: OpenPage) -> None:
    page = browser_page()
    page.goto(GALLERY)
    page.route("**/*nhanh=LC.01*", lambda route: route.abort())
    toggle = page.get_by_role("button", name="Đơn vị trực thuộc Liên đoàn Lao động thị xã Sa Pa")
    toggle.click()
    expect(page.locator(".tree__failed")).to_contain_text("Chưa tải được nhánh này")
    expect(toggle).to_have_attribute("aria-expanded", "false")

    page.unroute("**/*nhanh=LC.01*")
    toggle.click()
    expect(page.get_by_role("link", name="Công đoàn cơ sở số 1", exact=True)).to_be_visible()
    expect(page.locator(".tree__failed")).to_have_count(0)


def test_a_page_of_signing_in_is_never_shown_as_a_branch(browser_page: OpenPage) -> None:
    page = browser_page()
    page.goto(GALLERY)
    page.route(
        "**/*nhanh=LC.01*", lambda route: route.fulfill(body="<h1>Đăng nhập</h1>", content_type="text/html")
    )
    page.get_by_role("button", name="Đơn vị trực thuộc Liên đoàn Lao động thị xã Sa Pa").click()

    expect(page.locator(".tree__failed")).to_be_visible()
    expect(page.get_by_role("heading", name="Đăng nhập")).to_have_count(0)


def test_what_takes_the_focus_is_not_under_the_bar_of_a_phone(browser_page: OpenPage) -> None:
    page = browser_page(width=360)
    page.goto(GALLERY)
    page.get_by_role("button", name="Đơn vị trực thuộc Liên đoàn Lao động thị xã Sa Pa").click()
    bar = page.locator(".rail").bounding_box()
    page.get_by_role("link", name="Công đoàn cơ sở số 1", exact=True).focus()

    for _row in range(30):
        page.keyboard.press("ArrowDown")
        bottom = page.evaluate("document.activeElement.getBoundingClientRect().bottom")
        assert bottom <= bar["y"]


# --- Tables, work under way, the first visit


def test_one_box_chooses_all_rows_and_shows_when_only_some_are(browser_page: OpenPage) -> None:
    page = browser_page()
    page.goto(GALLERY)
    everything, rows = page.get_by_label("Chọn tất cả"), page.locator("[name=chon]")

    everything.check()
    assert rows.evaluate_all("boxes => boxes.every(box => box.checked)")
    rows.first.uncheck()
    assert everything.evaluate("box => box.indeterminate && !box.checked")


def test_the_head_of_a_table_stays_in_sight(browser_page: OpenPage) -> None:
    page = browser_page()
    page.goto(GALLERY)
    head = page.locator(".data-table thead th").nth(1)
    page.locator(".data-table tbody tr").nth(2).evaluate("row => row.scrollIntoView()")

    assert head.evaluate("cell => cell.getBoundingClientRect().top") == pytest.approx(0, abs=1)


def test_on_a_phone_a_row_is_a_card_that_names_its_cells_and_the_head_still_sorts(
    browser_page: OpenPage,
) -> None:
    page = browser_page(width=360)
    page.goto(GALLERY)
    cell = page.locator(".data-table tbody tr").nth(1).locator("td[data-label='Đoàn viên']")

    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == '"Đoàn viên"'
    page.get_by_role("link", name="Đoàn viên").first.click()
    expect(page).to_have_url(re.compile(r"\?sap-xep=doan-vien$"))


def test_work_under_way_goes_on_by_itself_until_it_is_over(browser_page: OpenPage) -> None:
    page = browser_page()
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.continue_(url=route.request.url.replace("tien-do=25", "tien-do=90"))

    page.route("**/*tien-do=*", answer)
    page.goto(GALLERY)
    expect(page.locator("#dang-nhap")).to_contain_text("11.250 trên 45.000 dòng")

    expect(page.locator("#dang-nhap")).to_contain_text("Đã đọc xong tệp")
    page.wait_for_timeout(2500)
    assert len(asked) == 1


def test_the_first_visit_goes_step_by_step_and_is_over_once(browser_page: OpenPage) -> None:
    page = browser_page()
    seen: list[str] = []

    def answer(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        seen.append(route.request.post_data or "")
        route.fulfill(status=204)

    page.route(f"**{GALLERY}", answer)
    page.goto(GALLERY)
    tour = page.get_by_role("region", name="Lần đầu đến bàn làm việc")
    expect(tour.get_by_role("status")).to_have_text("Bước 1 trên 3")
    expect(page.locator(".is-in-tour")).to_have_class("rail__link is-in-tour")

    tour.get_by_role("button", name="Tiếp").click()
    expect(tour.get_by_role("status")).to_have_text("Bước 2 trên 3")
    expect(page.locator(".is-in-tour")).to_be_visible()
    assert focused(page) == "Tư cách làm việc"
    assert_accessible(page)
    tour.get_by_role("button", name="Trước").click()
    for _step in range(2):
        tour.get_by_role("button", name="Tiếp").click()
    expect(tour.get_by_role("button", name="Tiếp")).to_be_hidden()

    tour.get_by_role("button", name="Đã hiểu").click()
    expect(tour).to_have_count(0)
    expect(page.locator(".is-in-tour")).to_have_count(0)
    assert len(seen) == 1


def test_the_first_visit_can_be_skipped_at_once(browser_page: OpenPage) -> None:
    page = browser_page(width=360)
    page.route(
        f"**{GALLERY}",
        lambda route: route.fulfill(status=204) if route.request.method == "POST" else route.continue_(),
    )
    page.goto(GALLERY)

    page.get_by_role("button", name="Bỏ qua").click()
    expect(page.locator(".tour")).to_have_count(0)


def test_a_wide_picture_starts_at_its_top_box_on_a_phone(browser_page: OpenPage) -> None:
    page = browser_page(width=360)
    page.goto(GALLERY)
    top = page.locator(".org-chart__box--main").first.bounding_box()

    assert top["x"] >= 0
    assert top["x"] + top["width"] <= 360


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_printed_desk_shows_its_tables_as_tables_and_nothing_to_press(
    browser_page: OpenPage, theme: str
) -> None:
    page = browser_page(width=620, theme=theme)
    page.goto(GALLERY)
    page.emulate_media(media="print")

    assert page.locator(".data-table").first.evaluate("table => getComputedStyle(table).display") == "table"
    expect(page.locator(".data-table thead th").nth(1)).to_be_visible()
    for gone in (".rail", ".tour", ".search-form", ".desk__main .btn", ".desk__capacity"):
        expect(page.locator(gone).first).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
