"""Filling in a real browser: at 360 and 1280 pixels, light and dark, by axe; typing, losing the network, pasting, conflicts."""

from __future__ import annotations

import os
import re
import time
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Role
from congdoan.reporting import prefill
from congdoan.reporting.actions.filling import save_cells
from congdoan.reporting.actions.reviewing import correct, return_report, submit
from congdoan.reporting.models import Entry, IndicatorVersion, Report
from tests.browser import OpenPage, look_over
from tests.factories import make_site
from tests.factories_organisation import acting, plant
from tests.factories_reporting import chair, counted, report, sent, series, sheet

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
PICTURES = os.environ.get("FILLING_PICTURES", "")
"""A folder for pictures of every page, to look at."""
PARTS = {"code": "parts", "kind": "equals", "left": ["staff"], "right": ["study.eligible", "study.joined"]}


class Scene:
    """A chair with an open report, one that was returned, and one that was accepted."""

    def __init__(self) -> None:
        with transaction.atomic():
            make_site()
            units = plant()
            self.unit = units["LC-SP-001"]
            self.sheet = sheet(units["LC"], rules=(PARTS,), prefill={"staff": "test.staff"})
            self.chair: Capacity = chair(self.unit)
            self.district = acting(Role.MIDDLE, units["LC-SP"])
            IndicatorVersion.objects.filter(indicator__code="staff").update(
                measure_unit="người", definition="Số người có hợp đồng lao động vào ngày cuối kỳ."
            )
            self.done = counted(
                sent(self.unit, 2019, 1, self.sheet, self.chair, law__sessions="12", staff="1200"),
                self.district,
            )
            correct(self.done.pk, reason="Đếm thiếu một buổi", by=self.chair)
            save_cells(self.done.pk, {"law.sessions": "13"}, by=self.chair)
            submit(self.done.pk, by=self.chair)
            counted(self.done, self.district)
            self.back = sent(self.unit, 2019, 2, self.sheet, self.chair, law__sessions="9", staff="1100")
            return_report(
                self.back.pk,
                reason="Thiếu số lao động nữ",
                comments={"staff": "Ghi số đến ngày 30/6"},
                by=self.district,
            )
            self.report = report(self.unit, 2019, 3, self.sheet)

    def url(self, name: str, of: Report | None = None) -> str:
        return reverse(f"reporting:{name}", args=[(of or self.report).pk])

    def open(self, page: Page, base: str) -> None:
        client = Client()
        client.force_login(self.chair.user)  # type: ignore[arg-type]  # acting makes a user
        name = django_settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": base}])

    def number(self, key: str) -> int | None:
        entry = Entry.objects.filter(report=self.report, series__key=key).first()
        return entry.number if entry else None


@pytest.fixture
def scene(monkeypatch: Any) -> Scene:
    monkeypatch.setattr(prefill, "_sources", {})
    prefill.register(
        "test.staff",
        "Sổ",
        lambda _unit, _period, keys: dict.fromkeys(keys, (1240, "Sổ lao động, 30/09/2019")),
    )
    return Scene()


def _pages(scene: Scene) -> list[str]:
    with transaction.atomic():
        save_cells(
            scene.report.pk,
            {
                "staff": "100",
                "staff|sex=female": "120",
                "study.eligible": "60",
                "law.sessions": "mười",
                "law.attendances": "x",
            },
            comments={"staff": "Chưa kể lao động thời vụ"},
            by=scene.chair,
        )
    return [
        reverse("reporting:reports"),
        scene.url("fill"),
        f"{scene.url('fill')}?phan=1",
        f"{scene.url('fill')}?phan=1&o={series('staff|sex=female').pk}",
        scene.url("check"),
        f"{scene.url('fill', scene.back)}?phan=1",
        scene.url("check", scene.back),
        scene.url("read", scene.done),
        scene.url("correct", scene.done),
        scene.url("upload"),
        f"{scene.url('paste')}?phan=1",
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_of_filling_is_accessible_and_fits(
    browser_page: OpenPage, live_server: Any, scene: Scene, width: int, theme: str
) -> None:
    page = browser_page(width=width, theme=theme)
    scene.open(page, live_server.url)
    for number, address in enumerate(_pages(scene)):
        page.goto(address)
        look_over(page, f"{number:02}-{theme}", pictures=PICTURES)
    page.goto(f"{scene.url('paste')}?phan=1")
    page.get_by_label("Cột số").fill("12\nhai mươi\n130")
    page.get_by_role("button", name="Xem trước").click()
    look_over(page, f"11-{theme}", pictures=PICTURES)
    page.goto(scene.url("check", scene.back))
    page.get_by_role("button", name="Gửi báo cáo").click()
    expect(page.get_by_role("heading", name="Đã gửi báo cáo")).to_be_visible()
    look_over(page, f"12-{theme}", pictures=PICTURES)
    page.get_by_role("link", name="Rút lại để sửa").click()
    look_over(page, f"13-{theme}", pictures=PICTURES)


def test_a_cell_is_checked_while_typing_and_saved_on_leaving_it(
    browser_page: OpenPage, live_server: Any, scene: Scene
) -> None:
    page = browser_page(width=360)
    scene.open(page, live_server.url)
    page.goto(f"{scene.url('fill')}?phan=1")
    page.get_by_label("Số lao động").fill("100")
    page.get_by_label("Trong đó nữ").fill("120")
    expect(page.get_by_text("“Trong đó nữ” (120) nhiều hơn “Số lao động” (100).")).to_be_visible()
    page.get_by_label("Số lao động").fill("1240")
    expect(page.get_by_text("nhiều hơn")).to_have_count(0)
    page.get_by_label("Số lao động").press("Enter")
    expect(page.get_by_text(re.compile(r"Đã lưu \d\d:\d\d"))).to_be_visible()
    expect(page.get_by_label("Số lao động")).to_have_value("1.240")
    assert scene.number("staff") == 1240
    page.get_by_label("Số người phải học").fill("1000")
    page.get_by_label("Số người tham gia học").fill("240")
    expect(page.get_by_text("Các phần cộng lại: 1.240")).to_be_visible()


def test_what_is_typed_without_a_network_is_kept_and_sent_when_it_is_back(
    browser_page: OpenPage, live_server: Any, scene: Scene
) -> None:
    page = browser_page(width=360)
    scene.open(page, live_server.url)
    page.goto(f"{scene.url('fill')}?phan=1")
    page.context.set_offline(True)
    page.get_by_label("Số lao động").fill("77")
    page.get_by_label("Lượt người dự").fill("5")
    page.get_by_label("Lượt người dự").blur()
    expect(page.get_by_text("Chưa lưu – sẽ gửi khi có mạng")).to_be_visible()
    assert scene.number("staff") is None
    page.context.set_offline(False)
    expect(page.get_by_text(re.compile(r"Đã lưu \d\d:\d\d"))).to_be_visible()
    assert (scene.number("staff"), scene.number("law.attendances")) == (77, 5)


def test_what_was_not_sent_survives_closing_the_page(
    browser_page: OpenPage, live_server: Any, scene: Scene
) -> None:
    page = browser_page(width=360)
    scene.open(page, live_server.url)
    page.goto(f"{scene.url('fill')}?phan=1")
    page.route("**/o/", lambda route: route.abort())
    page.get_by_label("Số lao động").fill("88")
    page.get_by_label("Số lao động").blur()
    expect(page.get_by_text("Chưa lưu – sẽ gửi khi có mạng")).to_be_visible()
    page.close()

    again = page.context.new_page()
    again.goto(scene.url("fill"))
    expect(again.get_by_text("Trên máy này còn số chưa gửi được")).to_be_visible()
    again.goto(f"{scene.url('fill')}?phan=1")
    expect(again.get_by_text(re.compile(r"Đã lưu \d\d:\d\d"))).to_be_visible()
    assert scene.number("staff") == 88


def test_both_values_are_shown_when_somebody_else_was_faster(
    browser_page: OpenPage, live_server: Any, scene: Scene
) -> None:
    page = browser_page(width=360)
    scene.open(page, live_server.url)
    page.goto(f"{scene.url('fill')}?phan=1")
    with transaction.atomic():
        save_cells(scene.report.pk, {"staff": "90", "law.sessions": "3"}, by=acting(Role.DEPUTY, scene.unit))
    page.get_by_label("Số lao động").fill("100")
    page.get_by_label("Số lao động").blur()
    expect(page.get_by_text("Bạn gõ 100; người khác vừa lưu 90.")).to_be_visible()
    look_over(page, "conflict", pictures=PICTURES)
    assert scene.number("staff") == 90
    page.get_by_role("button", name="Giữ số của tôi").click()
    expect(page.get_by_text("người khác vừa lưu")).to_have_count(0)
    assert scene.number("staff") == 100
    page.get_by_label("Buổi tuyên truyền pháp luật").fill("4")
    page.get_by_label("Buổi tuyên truyền pháp luật").blur()
    page.get_by_role("button", name="Lấy số kia").click()
    expect(page.get_by_label("Buổi tuyên truyền pháp luật")).to_have_value("3")
    assert scene.number("law.sessions") == 3


def test_a_column_pasted_into_a_field_spreads_down(
    browser_page: OpenPage, live_server: Any, scene: Scene
) -> None:
    page = browser_page(width=1280)
    scene.open(page, live_server.url)
    page.goto(f"{scene.url('fill')}?phan=1")
    page.get_by_label("Lượt người dự").evaluate(
        """(field) => {
            const data = new DataTransfer();
            data.setData("text/plain", "1.289\\r\\n340\\r\\n120\\r\\n");
            field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )
    expect(page.get_by_text("Đã dán 3 số vào các ô bên dưới.")).to_be_visible()
    assert [scene.number(key) for key in ("law.attendances", "staff", "staff|sex=female")] == [1289, 340, 120]


@pytest.mark.parametrize("javascript", [True, False])
def test_a_chair_fills_and_sends_a_report_on_a_phone(
    browser_page: OpenPage, live_server: Any, scene: Scene, javascript: bool
) -> None:
    page = browser_page(width=360, javascript=javascript)
    scene.open(page, live_server.url)
    begun = time.monotonic()
    page.goto("/lam-viec/bao-cao/")
    page.get_by_role("link", name="Nhập số liệu: Báo cáo quý – Quý III/2019").click()
    page.get_by_role("button", name="Lấy các số này").click()
    page.get_by_role("link", name="Nhập tiếp").click()
    expect(page.get_by_text("Nguồn: Sổ lao động, 30/09/2019")).to_be_visible()
    for label, value in {
        "Buổi tuyên truyền pháp luật": "12",
        "Lượt người dự": "1289",
        "Trong đó nữ": "640",
        "Số người phải học": "1000",
        "Số người tham gia học": "240",
    }.items():
        page.get_by_label(label).fill(value)
    page.locator(f"#o{series('law.sessions').pk}").get_by_role("link", name="Ghi chú").click()
    page.get_by_label("Ghi chú – Buổi tuyên truyền pháp luật").fill("Cả hai buổi phát thanh")
    if not javascript:
        # Without a script the link opens a fresh page: what was typed before it is typed again.
        page.get_by_label("Lượt người dự").fill("1289")
        page.get_by_label("Buổi tuyên truyền pháp luật").first.fill("12")
        page.get_by_label("Trong đó nữ").fill("640")
        page.get_by_label("Số người phải học").fill("1000")
        page.get_by_label("Số người tham gia học").fill("240")
    page.get_by_role("button", name="Lưu và kiểm tra").click()
    expect(page.get_by_text("Báo cáo gửi được")).to_be_visible()
    page.get_by_role("button", name="Gửi báo cáo").click()
    expect(page.get_by_role("heading", name="Đã gửi báo cáo")).to_be_visible()
    assert time.monotonic() - begun < 120
    scene.report.refresh_from_db()
    assert scene.report.current.content["values"]["law.attendances"] == 1289  # type: ignore[union-attr]  # it was sent
    assert scene.report.current.content["comments"] == {"law.sessions": "Cả hai buổi phát thanh"}  # type: ignore[union-attr]
