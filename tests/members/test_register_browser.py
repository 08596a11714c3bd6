"""The register in a browser, on a phone 360 pixels wide and on a wide screen; a transfer from end to end."""

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

from congdoan.members.actions import transfers
from congdoan.organisation.models import Position
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Role
from tests.browser import OpenPage, look_over
from tests.factories import make_site
from tests.factories_members import MembershipFactory, PersonFactory, member
from tests.factories_organisation import acting, plant

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Signed = Callable[..., Page]
PICTURES = os.environ.get("MEMBERS_PICTURES", "")
"""A folder for pictures of every page, to look at."""
ROOT = "/lam-viec/doan-vien/"


@pytest.fixture
def scene(db: None) -> dict[str, Any]:
    """A chair with members, one of whom another unit asks for."""
    with transaction.atomic():
        make_site()
    units = plant()
    chair, other = acting(Role.CHAIR, units["LC-SP-001"]), acting(Role.CHAIR, units["LC-BX-001"])
    here = units["LC-SP-001"]
    names = [("Đặng Văn", "Dũng"), ("Sùng Thị", "Dua"), ("Nguyễn Thị Hồng", "Hạnh"), ("Lò Văn", "Chính")]
    for number, (last, first) in enumerate(names):
        member(
            here,
            last_name=last,
            first_name=first,
            sex="male" if "Văn" in last else "female",
            member_no=f"LC-{number:05d}",
        )
    full = member(
        here,
        last_name="Vàng Thị",
        first_name="Mỷ",
        sex="female",
        birth_date=date(1990, 2, 1),
        birth_precision="day",
        phone="0912000111",
        email="my@example.vn",
        address="Tổ 3, phường Sa Pa, thị xã Sa Pa, tỉnh Lào Cai",
        employment_category="public_employee",
        identity_number="010190001234",
        member_no="LC-04711",
    )
    full.positions.create(unit=here, position=Position.objects.first(), valid_from=date(2023, 1, 1))
    MembershipFactory(
        person=full,
        unit=units["LC-SP-002"],
        admitted_on=date(2015, 1, 1),
        ended_on=date(2018, 3, 1),
        leaving_reason="transferred",
        leaving_symbol="04/QĐ-LĐLĐ",
    )
    gone = PersonFactory(last_name="Hoàng Thị", first_name="Yến")
    MembershipFactory(person=gone, unit=here, ended_on=date(2026, 3, 1), leaving_reason="retired")
    member(units["YB-NL-001"], last_name="Giàng A", first_name="Páo", identity_number="015088000111")
    asked = transfers.claim(other, full.pk, units["LC-BX-001"], date(2026, 12, 1))
    return {"chair": chair, "other": other, "person": full, "gone": gone, "asked": asked, "units": units}


@pytest.fixture
def signed(browser_page: OpenPage, live_server: Any) -> Signed:
    """Opens a page on which somebody is signed in."""

    def open_page(by: Capacity, path: str, **how: Any) -> Page:
        page = browser_page(**how)
        client = Client()
        client.force_login(by.user)
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
def test_every_page_of_members_fits_and_is_accessible(signed, scene, width, theme):
    person, gone, asked = scene["person"], scene["gone"], scene["asked"]
    page = signed(scene["chair"], ROOT, width=width, theme=theme)
    look(page, f"register-{theme}")
    places = {
        "none": f"{ROOT}?q=khong+co",
        "person": f"{ROOT}{person.pk}/",
        "gone": f"{ROOT}{gone.pk}/",
        "edit": f"{ROOT}{person.pk}/sua/",
        "leave": f"{ROOT}{person.pk}/thoi/",
        "readmit": f"{ROOT}{gone.pk}/ket-nap-lai/",
        "offer": f"{ROOT}{person.pk}/chuyen/",
        "position": f"{ROOT}{person.pk}/chuc-vu/",
        "reveal": f"{ROOT}{person.pk}/so-dinh-danh/",
        "transfers": f"{ROOT}chuyen-sinh-hoat/",
        "transfer": f"{ROOT}chuyen-sinh-hoat/{asked.pk}/",
        "movement": f"{ROOT}bien-dong/",
        "rows": f"{ROOT}bien-dong/cuoi-ky/",
        "held": f"{ROOT}du-lieu/",
        "start": "/lam-viec/",
    }
    for name, place in places.items():
        page.goto(place)
        look(page, f"{name}-{theme}")
    page.goto(f"{ROOT}{person.pk}/so-dinh-danh/")
    page.get_by_label("Lý do").fill("Đối chiếu hồ sơ bảo hiểm")
    page.get_by_role("button", name="Xem số định danh").click()
    expect(page.get_by_text("010190001234")).to_be_visible()
    look(page, f"revealed-{theme}")
    page.goto(f"{ROOT}ket-nap/")
    look(page, f"admit-{theme}")
    page.get_by_label("Họ và tên đệm").fill("Giàng A")
    page.get_by_label("Tên", exact=True).fill("Páo")
    page.get_by_label("Số định danh cá nhân (CCCD)").fill("015 088 000 111")
    page.get_by_role("button", name="Kết nạp", exact=True).click()
    expect(page.get_by_text("Đã có hồ sơ ở đơn vị khác")).to_be_visible()
    look(page, f"known-{theme}")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_chair_on_a_phone_lets_a_member_go_and_the_other_unit_has_them(signed, scene, javascript):
    person, asked = scene["person"], scene["asked"]
    page = signed(scene["chair"], "/lam-viec/", width=360, javascript=javascript)
    page.get_by_role("link", name="Xem và trả lời").first.click()
    expect(page.get_by_role("heading", name="Vàng Thị Mỷ")).to_be_visible()
    page.get_by_role("button", name="Đồng ý cho chuyển").click()
    expect(page.get_by_text("Đã chuyển").first).to_be_visible()
    page.goto(f"{ROOT}{person.pk}/")
    expect(page.get_by_role("heading", name="Vàng Thị Mỷ")).to_be_visible()  # theirs until the day itself
    other = signed(scene["other"], f"{ROOT}{person.pk}/", width=360, javascript=javascript)
    expect(other.get_by_role("heading", name="Vàng Thị Mỷ")).to_be_visible()
    other.goto(f"{ROOT}chuyen-sinh-hoat/{asked.pk}/")
    expect(other.get_by_text("Trường Mầm non Hoa Đào").first).to_be_visible()
