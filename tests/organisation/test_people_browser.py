"""Officers, invitations and keys in a browser, on a phone 360 pixels wide and on a wide screen."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from playwright.sync_api import Page, expect

from congdoan.organisation.actions import invitations
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Role
from tests.browser import OpenPage, look_over
from tests.factories import make_site
from tests.factories_organisation import MandateFactory, PositionFactory, acting, plant

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Signed = Callable[..., Page]
PICTURES = os.environ.get("PEOPLE_PICTURES", "")
"""A folder for pictures of every page, to look at."""


@pytest.fixture
def scene(db: None) -> dict[str, Any]:
    """An organiser with a second post, and a deputy without an account."""
    with transaction.atomic():
        make_site()
    tree = plant()
    by = acting(Role.ORGANISER, tree["LC"])
    MandateFactory(officer=by.mandate.officer, unit=tree["LC-SP-002"], position__role=Role.INSPECTOR)
    PositionFactory(role=Role.CHAIR)
    deputy = MandateFactory(
        unit=tree["LC-SP-001"],
        position__role=Role.DEPUTY,
        valid_from=date(2023, 3, 1),
        decision_symbol="12/QĐ-LĐLĐ",
        officer__user=None,
        officer__last_name="Sùng Thị",
        officer__first_name="Dua",
        officer__phone="+84912345678",
        officer__email="sungthidua@example.vn",
        officer__staff_code="cb-07",
    )
    for number in range(4):
        MandateFactory(
            unit=tree["LC-SP-001"],
            position__role=Role.SECTION_HEAD,
            officer__last_name="Nguyễn Thị Hồng",
            officer__first_name=f"Hạnh {number}",
        )
    return {"by": by, "deputy": deputy, "tree": tree}


@pytest.fixture
def signed(browser_page: OpenPage, live_server: Any, scene: dict[str, Any]) -> Signed:
    """Opens a page on which the organiser is signed in."""

    def open_page(path: str, **how: Any) -> Page:
        page = browser_page(**how)
        client = Client()
        client.force_login(scene["by"].user)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
        )
        page.goto(path)
        return page

    return open_page


def look(page: Page, name: str) -> None:
    look_over(page, name, pictures=PICTURES)


@pytest.mark.parametrize(("width", "theme"), [(360, "dark"), (1280, "light"), (360, "light"), (1280, "dark")])
def test_every_page_of_officers_fits_and_is_accessible(signed, scene, width, theme):
    deputy, by = scene["deputy"], scene["by"]
    _invitation, raw = invitations.invite(deputy.officer_id, by=by)
    page = signed("/lam-viec/can-bo/", width=width, theme=theme)
    look(page, f"list-{theme}")
    places = {
        "calls": "/lam-viec/can-bo/?xem=danh-ba",
        "none": "/lam-viec/can-bo/?q=khong+co",
        "officer": f"/lam-viec/can-bo/{deputy.officer_id}/",
        "add": "/lam-viec/can-bo/them/",
        "give": f"/lam-viec/can-bo/{deputy.officer_id}/giao-chuc-vu/",
        "edit": f"/lam-viec/can-bo/{deputy.officer_id}/lien-he/",
        "end": f"/lam-viec/can-bo/chuc-vu/{deputy.pk}/ket-thuc/",
        "tokens": "/lam-viec/can-bo/ma-truy-cap/",
        "wrong-account": f"/moi/{raw}/",
    }
    for name, place in places.items():
        page.goto(place)
        look(page, f"{name}-{theme}")
    page.goto("/lam-viec/can-bo/ma-truy-cap/")
    page.get_by_label("Tên", exact=True).fill("Phần mềm báo cáo")
    page.get_by_role("button", name="Lập mã").click()
    expect(page.get_by_text("Chỉ hiện một lần")).to_be_visible()
    look(page, f"token-made-{theme}")
    page.goto(f"/lam-viec/can-bo/{deputy.officer_id}/")
    page.get_by_role("button", name="Mời lập tài khoản").click()
    expect(page.get_by_text("Chỉ hiện một lần")).to_be_visible()
    look(page, f"invited-{theme}")
    page.goto("/lam-viec/can-bo/them/")
    page.get_by_label("Họ và tên đệm").fill("Sùng Thị")
    page.get_by_label("Tên", exact=True).fill("Dua")
    page.get_by_label("Số điện thoại").fill("0912345678")
    page.get_by_label("Đơn vị").fill("LC-SP-002")
    page.get_by_label("Chức vụ").select_option(index=1)
    page.get_by_role("button", name="Thêm cán bộ").click()
    expect(page.get_by_role("button", name="Giao cho người này")).to_be_visible()
    look(page, f"double-{theme}")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_deputy_takes_up_the_invitation_on_a_phone(browser_page, scene, javascript):
    by: Capacity = scene["by"]
    _invitation, raw = invitations.invite(scene["deputy"].officer_id, by=by)
    page = browser_page(width=360, javascript=javascript)
    page.goto(f"/moi/{raw}/")
    expect(page.get_by_role("heading", name="Chào Sùng Thị Dua")).to_be_visible()
    if javascript:
        look(page, "invitation-light")

    page.get_by_label("Mật khẩu", exact=True).fill("hoa ban trang dau xuan")
    page.get_by_label("Nhập lại mật khẩu").fill("hoa ban trang dau xuan")
    page.get_by_role("button", name="Lập tài khoản").click()
    page.wait_for_url("**/tai-khoan/xac-thuc-hai-buoc/**")

    page.goto(f"/moi/{raw}/")
    expect(page.get_by_role("heading", name="Lời mời không mở được")).to_be_visible()
    if javascript:
        look(page, "closed-light")


def test_the_other_post_is_chosen_on_the_rail(signed, scene):
    page = signed("/lam-viec/can-bo/")
    switch = page.locator(".rail__capacity")
    switch.locator("summary").click()
    switch.get_by_text("Tả Phìn").click()
    switch.get_by_role("button", name="Đổi tư cách").click()

    expect(page.locator(".rail__capacity summary")).to_contain_text("Tả Phìn")
    expect(page.get_by_role("link", name="Thêm cán bộ")).to_have_count(0)
