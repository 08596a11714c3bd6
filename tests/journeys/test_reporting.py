"""A month's report from a phone to the totals: filled, sent, returned, mended, accepted, seen; in short steps by three people."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import settled, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]

VALUES = {
    1: ["180", "95", "", "2"],
    2: ["3", "240", "1", "60"],
    3: ["0", "2", "5", "2500000"],
}
"""What the chair types, section by section, in the order of the fields; "" leaves what stands there."""
MOST_SECONDS = 120


def _fill(page: Page) -> None:
    for number, values in VALUES.items():
        fields = page.locator(".cell__box input")
        if number > 1:
            page.wait_for_url(re.compile(rf"[?&]phan={number}(&|$)"))
        expect(fields).to_have_count(len(values))
        for field, text in zip(fields.all(), values, strict=True):
            if text:
                field.fill(text)
        last = number == len(VALUES)
        page.get_by_role("button", name="Lưu và kiểm tra" if last else "Lưu và sang phần tiếp").click()


def test_a_month_goes_from_a_phone_to_the_totals(visit: Any, site: Any):
    chair = sign_in(visit(width=360), site, "chair", to="/lam-viec/")
    chair.goto("/lam-viec/bao-cao/")
    settled(chair)
    begun = time.monotonic()
    chair.get_by_role(
        "link", name=re.compile("(Nhập số liệu|Nhập tiếp): Báo cáo nhanh hằng tháng")
    ).first.click()
    take = chair.get_by_role("button", name="Lấy các số này")
    expect(take).to_be_visible()  # the register of members knows how many there are
    take.click()
    chair.get_by_role("link", name="Nhập tiếp").click()
    _fill(chair)
    expect(chair.get_by_text("Báo cáo gửi được")).to_be_visible()
    chair.get_by_role("button", name="Gửi báo cáo").click()
    expect(chair.get_by_role("heading", name="Đã gửi báo cáo")).to_be_visible()
    assert time.monotonic() - begun < MOST_SECONDS
    settled(chair)
    number = re.search(r"/bao-cao/(\d+)/", chair.url)[1]  # type: ignore[index]  # every page of a report has it

    district = sign_in(visit(), site, "middle", to="/lam-viec/")
    district.goto(f"/lam-viec/duyet-bao-cao/{number}/")
    settled(district)
    district.get_by_label("Lý do").first.fill("Ghi lại số buổi tuyên truyền")
    district.get_by_role("button", name="Trả lại báo cáo").click()
    expect(district.get_by_text("Đã trả lại báo cáo")).to_be_visible()

    chair.goto("/lam-viec/bao-cao/")
    chair.get_by_role("link", name=re.compile("Sửa và gửi lại")).first.click()
    expect(chair.get_by_text("Ghi lại số buổi tuyên truyền")).to_be_visible()
    settled(chair)
    chair.goto(f"/lam-viec/bao-cao/{number}/?phan=2")
    chair.locator(".cell__box input").first.fill("4")
    chair.get_by_role("button", name="Lưu và sang phần tiếp").click()
    chair.get_by_role("button", name="Lưu và kiểm tra").click()
    changed = chair.locator(".changes li")
    expect(changed).to_have_count(1)
    expect(changed).to_contain_text("4")
    settled(chair)
    chair.get_by_role("button", name="Gửi báo cáo").click()
    expect(chair.get_by_role("heading", name="Đã gửi báo cáo")).to_be_visible()

    district.goto(f"/lam-viec/duyet-bao-cao/{number}/")
    expect(district.get_by_text("khác lần gửi trước")).to_have_count(1)
    district.get_by_role("button", name="Duyệt báo cáo").click()
    expect(district.get_by_text("Đã duyệt báo cáo")).to_be_visible()

    chair.goto(f"/lam-viec/bao-cao/{number}/xem/")
    expect(chair.get_by_text("đã duyệt").first).to_be_visible()
    expect(chair.get_by_role("heading", name="Gửi lần 2")).to_be_visible()
    settled(chair)
    district.goto("/lam-viec/so-lieu/")
    settled(district)
