"""Reviewing and seeing in a browser: on a phone 360 pixels wide and on a wide screen, light and dark, with and without scripts."""

from __future__ import annotations

import os
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from playwright.sync_api import Page, expect

from congdoan.organisation.rights import Role
from congdoan.reporting.models import Report
from tests.browser import OpenPage, look_over
from tests.factories import make_site
from tests.factories_organisation import acting, plant
from tests.factories_reporting import chair, counted, rate, report, sent, sheet

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("REVIEWING_PICTURES", "")
"""A folder for pictures of every page, to look at."""


@pytest.fixture
def world(db: None) -> dict[str, Any]:
    """A district with one report accepted, two waiting, and one quarter that was not sent."""
    with transaction.atomic():
        make_site()
    units = plant()
    rate("study.rate", "study.joined", "study.eligible")
    form = sheet(units["LC"])
    middle = acting(Role.MIDDLE, units["LC-SP"])
    one, two = chair(units["LC-SP-001"]), chair(units["LC-SP-002"])
    counted(
        sent(
            units["LC-SP-001"],
            2019,
            2,
            form,
            one,
            law__sessions="5",
            staff="100",
            study__joined="9",
            study__eligible="10",
        ),
        middle,
    )
    found = sent(units["LC-SP-001"], 2019, 3, form, one, law__sessions="7", staff="110")
    sent(units["LC-SP-002"], 2019, 3, form, two, law__sessions="2")
    report(units["LC-SP-002"], 2019, 2, form)
    return {"middle": middle, "report": found}


def signed(browser_page: OpenPage, live_server: Any, capacity: Any, **how: Any) -> Page:
    """Open a page as somebody."""
    client = Client()
    client.force_login(capacity.user)
    page = browser_page(**how)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    return page


@pytest.mark.parametrize(("width", "theme"), [(360, "dark"), (1280, "light")])
def test_every_page_fits_and_is_accessible(browser_page, live_server, world, width, theme):
    page = signed(browser_page, live_server, world["middle"], width=width, theme=theme)
    asked = "chi-tieu=law.sessions&don-vi=LC-SP&tu-ngay=01/04/2019&den-ngay=30/09/2019"
    pages = {
        "inbox": "duyet-bao-cao/",
        "review": f"duyet-bao-cao/{world['report'].pk}/",
        "missing": "bao-cao-con-thieu/",
        "dashboard": "so-lieu/",
        "explorer": f"so-lieu/tra-cuu/?{asked}&theo=quarter&cap-duoi=on",
        "explorer-whole": f"so-lieu/tra-cuu/?{asked}&theo=ca-khoang&cap-duoi=on",
        "sources": f"so-lieu/nguon/?{asked}",
        "summary": "tong-hop/",
    }
    for name, path in pages.items():
        page.goto(f"/lam-viec/{path}")
        expect(page.locator("h1")).to_be_visible()
        look_over(page, f"{name}-{theme}", pictures=PICTURES)


@pytest.mark.parametrize("javascript", [True, False])
def test_all_on_the_page_are_accepted_at_once(browser_page, live_server, world, javascript):
    page = signed(browser_page, live_server, world["middle"], javascript=javascript)
    page.goto("/lam-viec/duyet-bao-cao/")
    if javascript:
        page.locator("[data-choose-all]").check()
    else:
        page.get_by_role("link", name="Chọn tất cả trên trang này").click()
    page.get_by_role("button", name="Duyệt các báo cáo đã chọn").click()
    expect(page.get_by_text("Đã duyệt 2 báo cáo.")).to_be_visible()
    assert Report.objects.filter(status="accepted").count() == 3


def test_a_report_goes_back_from_a_phone_with_a_comment_on_a_cell(browser_page, live_server, world):
    page = signed(browser_page, live_server, world["middle"], width=360)
    page.goto(f"/lam-viec/duyet-bao-cao/{world['report'].pk}/")
    page.get_by_text("Ý kiến về ô này: Số lao động").first.click()
    page.get_by_label("Ý kiến về Số lao động").fill("Ghi số đến 30/9")
    page.get_by_label("Lý do trả lại").fill("Số cũ")
    page.get_by_role("button", name="Trả lại báo cáo").click()
    expect(page.get_by_text("Đã trả lại báo cáo của")).to_be_visible()
    expect(page.get_by_text("Số lao động: Ghi số đến 30/9")).to_be_visible()
