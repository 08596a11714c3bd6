"""The interface in a real browser: themes, menu, live parts, photos, and axe on every component."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import transaction
from django.template import engines
from playwright.sync_api import Page, Route, expect

from congdoan.pages.models import SiteSettings
from congdoan.pages.models.site import MenuEntry
from tests.browser import OpenPage, assert_accessible, assert_fits, layout_shift
from tests.factories import PictureFactory, make_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

LIVE: dict[str, Any] = {
    "date": {"vi": "Thứ Ba, ngày 24/11/2026", "en": "Tuesday, 24 November 2026"},
    "visits": {"total": 315120, "today": 3, "month": 40, "online": 2},
    "poll": None,
    "weather": {
        "place": "Lào Cai",
        "temperature": 21.4,
        "code": 3,
        "words": {"vi": "Nhiều mây", "en": "Overcast"},
        "icon": "cloud",
        "days": [],
        "stale": False,
        "updated": "08:32",
    },
}


@pytest.fixture
def gallery(settings: Any) -> str:
    """Address of the gallery, with a menu and two photos."""
    settings.IS_DEMO = True
    settings.WEATHER_URL = "https://weather.invalid/"  # never asked: the live parts are played
    with transaction.atomic():  # changes of pages are written to the audit trail, in their transaction
        home = make_site()
        site = SiteSettings.for_site(home.get_site())
        site.name, site.slogan = "Liên đoàn Lao động tỉnh Lào Cai", "Vì đoàn viên và người lao động"
        site.save()
        for order, (title, path) in enumerate(
            [("Trang chủ", "/"), ("Văn bản", "/van-ban/"), ("Giao diện", "/giao-dien/")]
        ):
            MenuEntry.objects.create(settings=site, sort_order=order, title=title, path=path)
        news = home.get_children().first()
        MenuEntry.objects.create(settings=site, sort_order=9, title="Tin tức", page=news, show_children=True)
        for number in range(2):
            PictureFactory(title=f"Ảnh {number}")
    return "/giao-dien/"


def answer_live(page: Page, **changes: Any) -> None:
    page.route("**/tien-ich/", lambda route: route.fulfill(json={**LIVE, **changes}))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_every_component_is_accessible_and_fits(
    browser_page: OpenPage, gallery: str, width: int, theme: str
) -> None:
    page = browser_page(width=width, theme=theme)
    answer_live(page)
    page.goto(gallery)
    expect(page.locator('[data-live="visits.total"]')).to_have_text("315.120")

    assert_fits(page)
    assert_accessible(page)


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_jumps_while_a_page_loads(browser_page: OpenPage, gallery: str, width: int) -> None:
    page = browser_page(width=width)
    answer_live(page)

    assert layout_shift(page, gallery) < 0.02


def test_a_reader_chooses_dark_paper_and_it_stays(browser_page: OpenPage, gallery: str) -> None:
    page = browser_page()
    answer_live(page)
    page.goto(gallery)
    background = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(background) == "rgb(255, 255, 255)"

    page.get_by_role("button", name="Nền tối").click()
    assert page.evaluate(background) == "rgb(16, 22, 31)"

    page.reload()
    assert page.evaluate(background) == "rgb(16, 22, 31)"
    page.get_by_role("button", name="Nền sáng").click()
    assert page.evaluate(background) == "rgb(255, 255, 255)"


def test_the_live_parts_fill_their_places(browser_page: OpenPage, gallery: str) -> None:
    page = browser_page()
    answer_live(page)
    page.goto(gallery)

    expect(page.locator(".masthead__date")).to_have_text("Thứ Ba, ngày 24/11/2026")
    expect(page.locator(".masthead__weather")).to_contain_text("Lào Cai 21°")
    expect(page.locator('[data-live="visits.online"]')).to_have_text("2")


def test_the_page_stays_whole_when_the_live_parts_fail(browser_page: OpenPage, gallery: str) -> None:
    page = browser_page()
    page.route("**/tien-ich/", lambda route: route.abort())
    page.goto(gallery)
    page.wait_for_load_state("networkidle")

    expect(page.locator(".masthead__date")).to_contain_text("ngày")
    expect(page.locator(".masthead__weather")).to_be_empty()


def test_the_menu_of_a_phone_is_a_sheet_that_escape_closes(browser_page: OpenPage, gallery: str) -> None:
    page = browser_page(width=360)
    answer_live(page)
    page.goto(gallery)
    button = page.locator(".sheet__button")
    link = page.locator(".sheet").get_by_role("link", name="Văn bản")
    expect(link).to_be_hidden()

    button.click()
    expect(link).to_be_visible()
    assert_accessible(page)
    expect(page.locator("main")).to_have_js_property("inert", True)

    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(button).to_be_focused()
    expect(page.locator("main")).to_have_js_property("inert", False)


def test_without_javascript_the_menu_opens_and_nothing_promises_more(
    browser_page: OpenPage, gallery: str
) -> None:
    page = browser_page(width=360, javascript=False)
    page.goto(gallery)

    page.locator(".sheet__button").click()
    expect(page.locator(".sheet").get_by_role("link", name="Văn bản")).to_be_visible()
    page.locator(".sheet__button").click()
    expect(page.get_by_role("button", name="Nền tối")).to_be_hidden()
    expect(page.get_by_role("button", name="In bài")).to_be_hidden()
    expect(page.locator(".footer__visits")).to_be_hidden()
    assert page.locator("[data-viewer-item]").first.get_attribute("href").endswith(".jpg")


def test_the_first_stop_of_the_keyboard_leads_to_the_content(browser_page: OpenPage, gallery: str) -> None:
    page = browser_page()
    answer_live(page)
    page.goto(gallery)

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_photos_open_over_the_page_and_keys_turn_them(browser_page: OpenPage, gallery: str) -> None:
    page = browser_page()
    answer_live(page)
    page.goto(gallery)
    first = page.locator("[data-viewer-item]").first

    first.click()
    dialog = page.get_by_role("dialog", name="Xem ảnh")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("Ảnh 1 trên 2")
    expect(dialog.get_by_role("img")).to_have_attribute("alt", "Ruộng bậc thang mùa lúa chín")
    assert_accessible(page)

    page.keyboard.press("ArrowRight")
    expect(dialog).to_contain_text("Ảnh 2 trên 2")
    page.keyboard.press("ArrowRight")
    expect(dialog).to_contain_text("Ảnh 1 trên 2")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(first).to_be_focused()


# --- The poll, on a page of its own: the slot, the script, and a server that we play.

POLL: dict[str, Any] = {
    "slug": "tet",
    "url": "/tham-gia/tet/",
    "vote_url": "/tham-gia/tet/bo-phieu/",
    "question": {"vi": "Bạn mong công đoàn làm gì dịp Tết?", "en": "What do you expect?"},
    "options": [
        {"id": 7, "text": {"vi": "Chuyến xe về quê", "en": "Buses"}, "votes": 10},
        {"id": 8, "text": {"vi": "Chợ Tết <b>công nhân</b>", "en": "Market"}, "votes": 20},
    ],
    "total": 30,
    "closes": None,
    "note": {"vi": "Kết quả không đại diện cho mọi đoàn viên.", "en": "Not representative."},
}


@pytest.fixture
def polling(gallery: str, browser_page: OpenPage) -> Page:
    """A page with the poll in it, and the votes that it sent in ``window``-less Python: ``page.votes``."""
    page = browser_page(width=360)
    answer_live(page, poll=POLL)
    page.route("**/giao-dien/", _add_slot)
    return page


def _add_slot(route: Route) -> None:
    answer = route.fetch()
    names = ["ui/components/poll_slot.html", "ui/components/weather_slot.html"]
    slots = "".join(engines["django"].get_template(name).render({}) for name in names)
    route.fulfill(response=answer, body=answer.text().replace("</main>", f"{slots}</main>", 1))


def test_a_vote_is_sent_once_and_the_result_shown_in_words(polling: Page) -> None:
    votes: list[str] = []

    def count(route: Route) -> None:
        votes.append(route.request.post_data or "")
        assert route.request.headers["accept"] == "application/json"
        options = [POLL["options"][0], {**POLL["options"][1], "votes": 21}]
        route.fulfill(
            json={"poll": {**POLL, "options": options, "total": 31}, "message": "Cảm ơn bạn đã bình chọn."}
        )

    polling.route("**/bo-phieu/", count)
    polling.goto("/giao-dien/")
    slot = polling.locator('[data-live="poll"]')
    assert_accessible(polling)
    slot.get_by_label("Chợ Tết <b>công nhân</b>").check()
    slot.get_by_role("button", name="Bình chọn").dblclick()

    expect(slot.get_by_role("status")).to_have_text("Cảm ơn bạn đã bình chọn.")
    expect(slot).to_contain_text("21 lượt, 67,7 %")
    expect(slot).to_contain_text("Tổng số: 31 lượt bình chọn")
    expect(slot.get_by_role("button", name="Bình chọn")).to_be_hidden()
    assert [vote.split("&")[0] for vote in votes] == ["option=8"]
    assert_accessible(polling)

    polling.reload()
    expect(slot).to_contain_text("20 lượt, 66,7 %")
    expect(slot.locator("form")).to_be_hidden()


def test_a_vote_that_fails_says_so_and_may_be_sent_again(polling: Page) -> None:
    answers = [
        lambda route: route.abort(),
        lambda route: route.fulfill(status=409, body=json.dumps({"message": "Bạn đã bình chọn rồi."})),
    ]
    polling.route("**/bo-phieu/", lambda route: answers.pop(0)(route))
    polling.goto("/giao-dien/")
    slot = polling.locator('[data-live="poll"]')
    status = slot.get_by_role("status")
    slot.get_by_label("Chuyến xe về quê").check()

    slot.get_by_role("button", name="Bình chọn").click()
    expect(status).to_contain_text("Chưa gửi được")
    expect(slot.get_by_label("Chuyến xe về quê")).to_be_checked()

    slot.get_by_role("button", name="Bình chọn").click()
    expect(status).to_have_text("Bạn đã bình chọn rồi.")


# --- The weather card beside it.

DAYS = [
    {
        "date": "2026-11-24",
        "label": {"vi": "Hôm nay"},
        "low": 15.2,
        "high": 22.7,
        "rain": 40,
        "icon": "rain",
        "words": {"vi": "Có mưa"},
    },
    {
        "date": "2026-11-25",
        "label": {"vi": "Thứ Tư"},
        "low": 16,
        "high": None,
        "rain": None,
        "icon": None,
        "words": None,
    },
]


def test_the_weather_comes_with_its_days_and_says_when_it_is_old(polling: Page) -> None:
    answer_live(polling, weather={**LIVE["weather"], "days": DAYS, "stale": True})
    polling.goto("/giao-dien/")

    card = polling.locator(".weather-slot").get_by_role("region", name="Thời tiết")
    expect(card.get_by_role("listitem").first).to_have_text("Hôm nay Có mưa 15–23° mưa 40 %")
    expect(card.get_by_role("listitem").last).to_have_text("Thứ Tư 16––")
    expect(card).to_contain_text("Số liệu cũ, lấy lúc 08:32.")
    assert_accessible(polling)


def test_weather_that_was_never_fetched_is_told_in_words(polling: Page) -> None:
    answer_live(polling, weather={"place": "", "missing": True})
    polling.goto("/giao-dien/")

    expect(polling.locator(".weather-slot")).to_have_text("Chưa có số liệu thời tiết.")
    expect(polling.locator(".masthead__weather")).to_be_empty()
