"""Every page of units in a real browser: at 360 and 1280 pixels, light and dark, by axe; the tree and a whole merger."""

from __future__ import annotations

import os
from datetime import date
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.test import Client
from playwright.sync_api import Page, Route, expect

from congdoan.organisation.actions import reorganisations as actions
from congdoan.organisation.actions.planting import plant as plant_operations
from congdoan.organisation.actions.unit_imports import keep
from congdoan.organisation.engine.operations import Decision, Found, Merge, Move, NewUnit, Part, Rename, Split
from congdoan.organisation.models import Department, Unit
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Role
from tests.browser import OpenPage, look_over
from tests.factories import make_site
from tests.factories_organisation import MandateFactory, OfficerFactory, PositionFactory, acting, plant
from tests.organisation.test_exchange import MIXED, _rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
DESK = "/lam-viec/to-chuc/"
PICTURES = os.environ.get("UNITS_PICTURES", "")
"""A folder for pictures of every page, to look at."""


@pytest.fixture
def organiser() -> Capacity:
    """A province with a history, and somebody who may reorganise it."""
    with transaction.atomic():
        make_site()
        tree = plant()
        many = [
            Found(unit=NewUnit(f"LC-SP-{n}", "grassroots_union", f"Công đoàn cơ sở Công ty trách nhiệm hữu hạn Khai thác và Chế biến khoáng sản số {n}", "LC-SP"))
            for n in range(100, 170)
        ]  # fmt: skip
        plant_operations(
            [
                *many,
                Rename(unit="LC-SP", name="Liên đoàn Lao động thị xã Sa Pa", short_name="LĐLĐ Sa Pa", on=date(2020, 1, 1), decision=Decision("767/NQ-UBTVQH14", date(2019, 9, 11))),
                Move(unit="LC-SP-001", parent="LC-BX", on=date(2021, 1, 1), reason="Theo ngành"),
                Split(source="LC-SP-002", on=date(2022, 1, 1), parts=(Part(share=625_000, into="LC-SP-001"), Part(share=375_000, into="LC-BX-001"))),
            ],
            on=date(2016, 1, 1),
            note="đã qua",
        )  # fmt: skip
        for number, name in enumerate(("Văn phòng", "Ban Tuyên giáo – Nữ công", "Ban Tổ chức – Kiểm tra")):
            Department.objects.create(
                unit=tree["LC"],
                code=f"b{number}",
                name=name,
                valid_from=date(2014, 1, 1),
                phone="0214 3840 555",
            )
        chair = PositionFactory(code="federation_chair", name="Chủ tịch", role="leader", is_leadership=True)
        MandateFactory(
            unit=tree["LC"], position=chair, officer=OfficerFactory(last_name="Sùng Seo", first_name="Lử")
        )
        Unit.objects.filter(code__in=("LC", "LC-SP")).update(
            address="Đường Hoàng Liên, phường Kim Tân", phone="0214 3840 123", email="lienhe@example.vn"
        )
        return acting(Role.ORGANISER, tree["LC"])


def _sign_in(page: Page, capacity: Capacity, live_server: Any) -> None:
    client = Client()
    client.force_login(capacity.user)  # type: ignore[arg-type]  # acting makes a user
    name = django_settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])


def _pages(organiser: Capacity) -> list[str]:
    with transaction.atomic():
        batch = actions.draft(
            title="Sắp xếp công đoàn cấp trên cơ sở tháng 7/2027", scope=organiser.unit, effective_on=date(2027, 7, 1),  # type: ignore[arg-type]  # it has one
            by=organiser, decision=Decision("214/QĐ-LĐLĐ", date(2027, 6, 20), "Liên đoàn Lao động tỉnh Lào Cai"),
        )  # fmt: skip
        operations = [
            Found(unit=NewUnit("LC-P1", "commune_union", "Công đoàn phường Sa Pa", "LC")),
            Merge(sources=("LC-SP", "LC-BX"), into="LC-P1"),
            Rename(unit="LC-SP-100", name="Công đoàn cơ sở Khoáng sản Thượng Uyển"),
        ]
        actions.set_operations(batch.pk, operations, by=organiser)
        actions.check(batch.pk, by=organiser)
        bad = actions.draft(
            title="Đợt còn lỗi", scope=organiser.unit, effective_on=date(2027, 7, 1), by=organiser
        )  # type: ignore[arg-type]  # it has one
        actions.set_operations(bad.pk, [Merge(sources=("KHONG-CO",), into="LC-SP")], by=organiser)
        kept = keep(_rows(*MIXED), name="don-vi.xlsx", on=date(2026, 1, 1), by=organiser)
    one = f"{DESK}sap-xep/{batch.pk}/"
    return [
        "/don-vi/", "/don-vi/?q=cong+ty", "/don-vi/?mo=LC-SP", "/don-vi/LC/", "/don-vi/LC-SP/", "/don-vi/LC-SP-002/",
        "/don-vi/LC-SP-001/?ngay=2019-10-17",
        DESK, f"{DESK}?loai=grassroots_union", f"{DESK}don-vi/LC-SP/", f"{DESK}don-vi/LC-SP/lien-he/",
        f"{DESK}sap-xep/", f"{DESK}sap-xep/moi/", one, f"{one}sua/", f"{one}thao-tac/merger/", f"{one}thao-tac/split/",
        f"{one}bang-anh-xa/", f"{one}kiem-tra/", f"{one}thuc-hien/", f"{one}huy/", f"{DESK}sap-xep/{bad.pk}/kiem-tra/",
        f"{DESK}nhap-xuat/", f"{DESK}nhap-xuat/{kept.pk}/",
    ]  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_of_units_is_accessible_and_fits(
    browser_page: OpenPage, live_server: Any, organiser: Capacity, width: int, theme: str
) -> None:
    page = browser_page(width=width, theme=theme)
    _sign_in(page, organiser, live_server)

    for number, address in enumerate(_pages(organiser)):
        page.goto(address)
        look_over(page, f"{number:02}-{theme}", pictures=PICTURES)


def test_a_branch_opens_in_place_and_more_of_it_follows(browser_page: OpenPage, organiser: Capacity) -> None:
    page = browser_page(width=360)
    page.goto("/don-vi/")

    page.get_by_role("button", name="Đơn vị trực thuộc Liên đoàn Lao động thị xã Sa Pa").click()
    expect(page.get_by_role("link", name="khoáng sản số 100")).to_be_visible()
    expect(page.get_by_role("link", name="khoáng sản số 169")).to_have_count(0)
    page.get_by_role("link", name="Xem thêm").click()
    expect(page.get_by_role("link", name="khoáng sản số 169")).to_be_visible()


def test_what_was_typed_before_the_script_came_has_its_suggestions(
    browser_page: OpenPage, live_server: Any, organiser: Capacity
) -> None:
    page = browser_page(width=360)
    _sign_in(page, organiser, live_server)
    with transaction.atomic():
        batch = actions.draft(
            title="Sáp nhập", scope=organiser.unit, effective_on=date(2027, 7, 1), by=organiser
        )  # type: ignore[arg-type]  # it has one
    late: list[Route] = []
    page.route("**/htmx*.js", lambda route: late.append(route))
    page.goto(f"{DESK}sap-xep/{batch.pk}/thao-tac/merger/", wait_until="commit")
    page.get_by_label("Sáp nhập vào đơn vị đang có").press_sequentially("sa pa")
    expect(page.locator("datalist#goi-y-into option")).to_have_count(0)
    late[0].continue_()
    expect(page.locator("datalist#goi-y-into option").first).to_have_attribute("value", "LC-SP")


@pytest.mark.parametrize("javascript", [True, False])
def test_an_officer_prepares_and_carries_out_a_merger(
    browser_page: OpenPage, live_server: Any, organiser: Capacity, javascript: bool
) -> None:
    page = browser_page(width=360, javascript=javascript)
    _sign_in(page, organiser, live_server)
    page.goto(f"{DESK}don-vi/LC-SP/")
    page.get_by_role("link", name="Chuẩn bị sắp xếp").click()
    page.get_by_label("Tên đợt").fill("Sáp nhập hai huyện")
    page.get_by_label("Phạm vi").fill("LC")
    page.get_by_label("Ngày có hiệu lực").fill("01/07/2027")
    page.get_by_label("Số quyết định").fill("214/QĐ-LĐLĐ")
    page.get_by_label("Ngày quyết định").fill("20/06/2027")
    page.get_by_role("button", name="Lập đợt").click()

    page.get_by_role("link", name="Sáp nhập", exact=True).click()
    page.get_by_label("Đơn vị được sáp nhập").fill("LC-BX")
    into = page.get_by_label("Sáp nhập vào đơn vị đang có")
    into.press_sequentially("sa pa")
    if javascript:
        expect(page.locator("datalist#goi-y-into option").first).to_have_attribute("value", "LC-SP")
    into.fill("LC-SP")
    page.get_by_role("button", name="Lưu thao tác").click()
    page.get_by_role("link", name="Kiểm tra").first.click()
    page.get_by_role("button", name="Xác nhận đã kiểm tra").click()
    page.get_by_role("link", name="Đến bước thực hiện").click()
    page.get_by_label("Gõ lại số quyết định").fill("214/QĐ-LĐLĐ")
    page.get_by_role("button", name="Ký và thực hiện").click()

    expect(page.get_by_text("Cây tổ chức có phiên bản số")).to_be_visible()
    page.goto("/don-vi/LC-BX/?ngay=01/07/2027")
    expect(page.get_by_text("ngày cuối cùng là 30/06/2027")).to_be_visible()
