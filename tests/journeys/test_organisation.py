"""The organisation as officers use it: a chair with a second factor on a phone, a merger prepared and carried out."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import assert_accessible
from tests.journeys.conftest import settled, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_chair_signs_in_on_a_phone_with_a_second_factor(visit: Any, site: Any):
    page = sign_in(visit(width=360), site, "chair", to="/lam-viec/")

    settled(page)
    expect(page.get_by_role("heading", name="Việc của tôi", level=1)).to_be_visible()
    page.goto("/lam-viec/doan-vien/")
    settled(page)
    expect(page.get_by_text(re.compile(r"120 người"))).to_be_visible()


def test_a_visitor_finds_a_unit_without_diacritics_and_reads_its_story(visit: Any):
    page = visit("/don-vi/", width=360)
    settled(page)
    page.get_by_label("Tìm đơn vị").fill("khach san may ngan")
    page.get_by_role("button", name="Tìm", exact=True).last.click()
    page.get_by_role("link", name=re.compile("Khách sạn Mây Ngàn")).first.click()
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Khách sạn Mây Ngàn")
    expect(page.get_by_text("LC-SP-090").first).to_be_visible()


def test_an_officer_prepares_a_merger_checks_it_and_carries_it_out(visit: Any, site: Any):
    page = sign_in(visit(), site, "admin", to="/lam-viec/")
    page.goto("/lam-viec/to-chuc/sap-xep/")
    settled(page)
    page.get_by_role("link", name="Lập đợt").first.click()
    settled(page)
    page.get_by_label("Tên đợt").fill("Sáp nhập hai công đoàn cơ sở")
    page.get_by_label("Phạm vi").fill("LC-SP")
    page.get_by_label("Ngày có hiệu lực").first.fill("01/06/2020")
    page.get_by_label("Số quyết định").first.fill("45/QĐ-LĐLĐ")
    page.get_by_label("Ngày quyết định").first.fill("20/05/2020")
    page.get_by_role("button", name="Lập đợt").click()
    settled(page)

    page.get_by_role("link", name="Sáp nhập").first.click()
    settled(page)
    page.get_by_label("Đơn vị được sáp nhập").fill("LC-SP-002")
    page.get_by_label("Sáp nhập vào đơn vị đang có").fill("LC-SP-001")
    page.get_by_role("button", name="Lưu thao tác").click()
    page.wait_for_load_state("networkidle")
    assert_accessible(page)

    page.get_by_role("link", name="Kiểm tra").first.click()
    settled(page)
    page.get_by_role("button", name="Xác nhận đã kiểm tra").click()
    page.wait_for_load_state("networkidle")
    if page.get_by_role("link", name="Đến bước thực hiện").count():
        page.get_by_role("link", name="Đến bước thực hiện").click()
    settled(page)
    page.get_by_label("Gõ lại số quyết định để xác nhận").fill("45/QĐ-LĐLĐ")
    page.get_by_role("button", name="Thực hiện").click()
    expect(page.get_by_text("Đã thực hiện.")).to_be_visible()
    settled(page)

    page.goto("/don-vi/LC-SP-002/")
    settled(page)
    expect(page.get_by_text("Đơn vị này đã kết thúc hoạt động")).to_be_visible()
    page.goto("/don-vi/LC-SP-002/?ngay=2019-09-30")
    expect(page.get_by_text("Đơn vị này đã kết thúc hoạt động")).to_have_count(0)
