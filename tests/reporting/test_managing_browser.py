"""Setting up reporting in a browser, on a phone 360 pixels wide and on a wide screen, with scripts and without."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from congdoan.organisation.rights import Role
from congdoan.reporting.actions import catalogue
from congdoan.reporting.actions.configuring import indicators, owing, sheets
from congdoan.reporting.actions.opening import lay_calendars
from congdoan.reporting.models import Breakdown, Indicator, Series, Sheet
from tests.browser import OpenPage, look_over
from tests.factories import make_site
from tests.factories_organisation import acting, plant
from tests.factories_reporting import sheet

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Signed = Callable[..., Page]
PICTURES = os.environ.get("MANAGING_PICTURES", "")
"""A folder for pictures of every page, to look at."""


@pytest.fixture
def scene(db: None) -> dict[str, Any]:
    """A province with the sheets of the catalogue, a monthly sheet with a draft, a target and an outside figure."""
    with transaction.atomic():
        make_site()
    units = plant()
    year = timezone.localdate().year
    catalogue.load_sheets(units["LC"])
    lay_calendars(range(year - 1, year + 2))
    by = acting(Role.STATISTICS, units["LC"])
    monthly = sheet(units["LC"], code="thang", period_type="month", years=range(year, year + 2), until=None)
    draft = sheets.begin_draft(monthly.pk, by=by)
    whole = Series.objects.get(key="union.members.total")
    aim = owing.Aim(date(year, 1, 1), date(year + 1, 1, 1), "ge", 52_000, "Nghị quyết 25-NQ/TW")
    target = owing.add_target(units["LC"], whole, aim, by=by)
    outside = indicators.add_indicator(
        indicators.Nature("outside"),
        indicators.Meaning("Lượt theo dõi trang mạng xã hội của công đoàn", measure_unit="lượt"),
        valid_from=date(year, 1, 1),
        by=by,
    )
    seen = owing.Seen(
        end=date(year, 2, 1),
        captured_on=date(year, 2, 1),
        source="Trang của tỉnh",
        low=100,
        high=999,
        words="hàng trăm",
    )
    owing.add_outside_figure(units["LC"], outside, seen, by=by)
    return {"by": by, "units": units, "monthly": monthly, "draft": draft, "target": target}


@pytest.fixture
def signed(browser_page: OpenPage, live_server: Any, scene: dict[str, Any]) -> Signed:
    """Opens a page on which the statistics officer is signed in."""

    def open_page(path: str, **how: Any) -> Page:
        page = browser_page(**how)
        client = Client()
        client.force_login(scene["by"].user)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
        )
        page.goto(path)
        page.wait_for_load_state("networkidle")
        return page

    return open_page


@pytest.mark.parametrize(("width", "theme"), [(360, "dark"), (1280, "light"), (360, "light"), (1280, "dark")])
def test_every_page_of_setting_up_fits_and_is_accessible(
    signed: Signed, scene: dict[str, Any], width: int, theme: str
) -> None:
    root = "/lam-viec/bieu-mau/"
    draft, monthly = scene["draft"], scene["monthly"]
    quarterly = Sheet.objects.get(code="bao-cao-quy")
    section = draft.sections.get()
    member = Indicator.objects.get(code="union.members.total")
    version = f"{root}phien-ban/{draft.pk}/"
    places = {
        "sheets": root,
        "add-sheet": f"{root}them/",
        "sheet": f"{root}{monthly.pk}/",
        "version": version,
        "published": f"{root}phien-ban/{quarterly.versions.get().pk}/",
        "words": f"{version}huong-dan/",
        "section": f"{version}phan/",
        "add-lines": f"{version}phan/{section.pk}/dong/?q=doan+vien",
        "no-lines": f"{version}phan/{section.pk}/dong/?q=khong+co",
        "line": f"{version}dong/{section.lines.first().pk}/",
        "rule-equals": f"{version}quy-tac/equals/",
        "rule-range": f"{version}quy-tac/range/",
        "compare": f"{version}so-sanh/",
        "publish": f"{version}ban-hanh/",
        "discard": f"{version}bo/",
        "preview": f"{version}xem-truoc/",
        "obligation": f"{root}{monthly.pk}/nghia-vu/",
        "indicators": f"{root}chi-tieu/",
        "add-indicator": f"{root}chi-tieu/them/",
        "indicator": f"{root}chi-tieu/{member.pk}/",
        "redefine": f"{root}chi-tieu/{member.pk}/phien-ban/",
        "cells": f"{root}chi-tieu/{member.pk}/phan-to/",
        "breakdowns": f"{root}phan-to/",
        "breakdown": f"{root}phan-to/{Breakdown.objects.get(code='sex').pk}/",
        "calendars": f"{root}lich/",
        "targets": f"{root}muc-tieu/",
        "edit-target": f"{root}muc-tieu/{scene['target'].pk}/",
        "outside": f"{root}so-lieu-ngoai/",
        "add-outside": f"{root}so-lieu-ngoai/them/",
    }
    page = signed(root, width=width, theme=theme)
    for name, place in places.items():
        page.goto(place)
        page.wait_for_load_state("networkidle")
        look_over(page, f"{name}-{theme}", pictures=PICTURES)
    page.goto(f"{version}xem-truoc/")
    page.get_by_label("Số lao động").fill("100")
    page.get_by_label("Trong đó nữ").fill("120")
    page.get_by_role("button", name="Thử quy tắc").click()
    expect(page.get_by_text("nhiều hơn “Số lao động” (100)").first).to_be_visible()
    look_over(page, f"tried-{theme}", pictures=PICTURES)


@pytest.mark.parametrize("javascript", [True, False])
def test_an_officer_goes_from_a_new_indicator_to_a_published_sheet(
    signed: Signed, scene: dict[str, Any], javascript: bool
) -> None:
    page = signed("/lam-viec/bieu-mau/chi-tieu/", width=360, javascript=javascript)
    page.get_by_role("link", name="Thêm chỉ tiêu").click()
    page.get_by_label("Tên chỉ tiêu").fill("Số buổi toạ đàm")
    page.get_by_label("Phát sinh trong kỳ").check()
    page.get_by_label("Định nghĩa", exact=True).fill("Buổi toạ đàm có biên bản.")
    page.get_by_label("Giới tính: Nữ").check()
    page.get_by_role("button", name="Thêm chỉ tiêu").click()
    expect(page.get_by_role("heading", level=1, name="Số buổi toạ đàm")).to_be_visible()
    expect(page.get_by_text("so.buoi.toa.dam|sex=female")).to_be_visible()
    page.goto(f"/lam-viec/bieu-mau/phien-ban/{scene['draft'].pk}/")
    page.get_by_role("link", name="Thêm dòng").click()
    page.get_by_label("Tìm chỉ tiêu").fill("toa dam")
    page.get_by_role("button", name="Tìm", exact=True).click()
    page.get_by_label("Số buổi toạ đàm so.buoi.toa.dam", exact=True).check()
    page.get_by_role("button", name="Thêm các dòng đã chọn").click()
    page.get_by_role("button", name="Lên Số buổi toạ đàm").click()
    page.get_by_role("link", name="Ban hành").click()
    expect(page.get_by_text("Số buổi toạ đàm (phần “Hoạt động”)")).to_be_visible()
    page.get_by_role("button", name="Ban hành").click()
    expect(page.get_by_text("Đã ban hành phiên bản 2")).to_be_visible()
    published = scene["monthly"].versions.get(number=2)
    assert published.valid_from > timezone.localdate() - timedelta(days=1)
