"""Placing the members of a unit that was split, in a browser."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from playwright.sync_api import expect

from congdoan.organisation.actions.planting import plant as carry_out
from congdoan.organisation.engine.operations import NewUnit, Part, Split
from congdoan.organisation.rights import Role
from tests.browser import OpenPage
from tests.factories import make_site
from tests.factories_members import member
from tests.factories_organisation import acting, plant
from tests.members.test_register_browser import ROOT, look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "theme"), [(360, "dark"), (1280, "light")])
def test_an_heir_finds_who_waits_on_the_start_page_and_places_one(
    browser_page: OpenPage, live_server: Any, db: None, width: int, theme: str
):
    with transaction.atomic():
        make_site()
    units = plant()
    for last, first in (("Sùng Thị", "Dua"), ("Nguyễn Thị Hồng", "Hạnh"), ("Lò Văn", "Chính")):
        member(
            units["LC-SP-001"], last_name=last, first_name=first, sex="male" if "Văn" in last else "female"
        )
    new = NewUnit(code="LC-SP-003", kind="grassroots_union", parent="LC-SP", name="Công đoàn cơ sở Đá Trắng")
    parts = (Part(share=600_000, into="LC-SP-002"), Part(share=400_000, new_unit=new))
    carry_out([Split(source="LC-SP-001", parts=parts)], on=date(2025, 7, 1), note="split")
    client = Client()
    client.force_login(acting(Role.CHAIR, units["LC-SP-002"]).user)
    name = settings.SESSION_COOKIE_NAME
    page = browser_page(width=width, theme=theme)
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])

    page.goto("/lam-viec/")
    page.get_by_role("link", name="Xem và phân về đơn vị").first.click()
    expect(page.get_by_role("heading", name="Chờ phân về đơn vị")).to_be_visible()
    look(page, f"unplaced-{theme}")
    page.get_by_role("textbox", name="Phân về đơn vị").fill("LC-SP-002")
    page.get_by_role("row", name="Dua").get_by_role("checkbox").check()
    page.get_by_role("button", name="Phân về đơn vị này").click()
    expect(page.get_by_text("Đã phân 1 người về")).to_be_visible()
    expect(page.get_by_text("Dua")).to_have_count(0)
    page.goto(f"{ROOT}chuyen-sinh-hoat/")
    look(page, f"transfers-waiting-{theme}")
