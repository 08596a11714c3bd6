"""The start page and the notices in a browser, on a phone 360 pixels wide and on a wide screen."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from congdoan.accounts.models import User
from congdoan.desk.models import TourSeen
from congdoan.notices import queries, waiting
from congdoan.notices.actions import notices
from congdoan.notices.kinds import Kind
from congdoan.notices.waiting import Waiting
from tests.browser import OpenPage, look_over
from tests.factories import UserFactory, make_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Signed = Callable[..., Page]


@pytest.fixture
def officer() -> User:
    """Somebody with an address, for whom much waits."""
    with transaction.atomic():
        make_site()
    return UserFactory(email="may@example.vn")


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines with long titles, one of them late."""
    today = timezone.localdate()
    lines = [
        Waiting(
            title="Báo cáo 9 tháng của Công đoàn cơ sở Trường Trung học phổ thông số 1 huyện Bát Xát",
            kind=Kind.RETURNED,
            url="/lam-viec/",
            action="Sửa và gửi lại",
            due_on=today - dt.timedelta(days=2),
        ),
        Waiting(title="Câu hỏi về chế độ thai sản", kind=Kind.TO_ANSWER, url="/lam-viec/", action="Trả lời"),
    ]
    monkeypatch.setattr(waiting, "_sources", {})
    waiting.register("test", lambda _request: lines, title="việc")


@pytest.fixture
def signed(browser_page: OpenPage, live_server: Any, officer: User) -> Signed:
    """Opens a page on which the officer is signed in."""

    def open_page(path: str, **how: Any) -> Page:
        page = browser_page(**how)
        client = Client()
        client.force_login(officer)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
        )
        page.goto(path)
        return page

    return open_page


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_start_page_fits_and_is_accessible(signed, late, width, theme):
    page = signed("/lam-viec/", width=width, theme=theme)
    look_over(page)
    expect(page.get_by_role("listitem").filter(has_text="Quá hạn 2 ngày")).to_be_visible()
    first = page.get_by_role("region", name="Đang chờ bạn").get_by_role("link").first
    expect(first).to_have_accessible_name(re.compile("Sửa và gửi lại ?: Báo cáo 9 tháng của Công đoàn cơ sở"))


def test_the_tour_walks_through_three_steps_and_does_not_come_back(signed, officer):
    page = signed("/lam-viec/", width=360)
    tour = page.get_by_role("region", name="Lần đầu đến bàn làm việc")
    expect(tour.get_by_text("Bước 1 trên 3")).to_be_visible()
    for step in (2, 3):
        tour.get_by_role("button", name="Tiếp").click()
        expect(tour.get_by_text(f"Bước {step} trên 3")).to_be_visible()
        expect(page.locator(".is-in-tour")).to_have_count(1)
        look_over(page)
    with page.expect_response("**/gioi-thieu/"):
        tour.get_by_role("button", name="Đã hiểu").click()
    expect(tour).to_have_count(0)
    page.reload()
    expect(page.get_by_role("heading", name="Đang chờ bạn")).to_be_visible()
    expect(tour).to_have_count(0)
    assert TourSeen.objects.get().user == officer


def test_the_tour_is_skipped_without_scripts(signed):
    page = signed("/lam-viec/", width=360, javascript=False)
    tour = page.get_by_role("region", name="Lần đầu đến bàn làm việc")
    expect(tour.get_by_text("Đơn vị của bạn")).to_be_visible()
    tour.get_by_role("button", name="Đã hiểu").click()
    expect(page.get_by_role("heading", name="Đang chờ bạn")).to_be_visible()
    expect(tour).to_have_count(0)


@pytest.mark.parametrize("javascript", [True, False])
def test_notices_are_read_on_a_phone(signed, officer, javascript):
    for number in range(23):
        notices.tell(
            [officer],
            Kind.DUE,
            f"report:{number}",
            f"Sắp đến hạn: Báo cáo quý III số {number}",
            url="/lam-viec/",
            due_on=timezone.localdate() + dt.timedelta(days=7),
        )
    page = signed("/lam-viec/", width=360, javascript=javascript)
    page.get_by_role("link", name="Thông báo 23").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thông báo")
    if javascript:
        look_over(page)
    page.get_by_role("link", name="Báo cáo quý III số 22").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Việc của tôi")
    assert queries.unread_count(officer) == 22
    page.goto("/lam-viec/thong-bao/")
    page.get_by_role("button", name="Đánh dấu đã đọc tất cả").click()
    expect(page.get_by_text("Đã đánh dấu 22 thông báo là đã đọc.")).to_be_visible()
    assert queries.unread_count(officer) == 0


@pytest.mark.parametrize("width", [360, 1280])
def test_how_to_be_told_is_chosen_with_help_beside_each_field(signed, officer, width):
    page = signed("/lam-viec/thong-bao/cai-dat/", width=width)
    page.get_by_text("Trợ giúp: Thư điện tử").click()
    expect(page.get_by_text("thư gom mọi thông báo bạn chưa đọc")).to_be_visible()
    page.get_by_label("Chỉ việc gấp, gửi ngay").check()
    look_over(page)
    page.get_by_role("button", name="Lưu cách nhận thông báo").click()
    expect(page.get_by_text("Đã lưu cách nhận thông báo.")).to_be_visible()
    assert queries.preference_of(officer).mail == "urgent"
