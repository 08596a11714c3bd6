"""The desk's screens of figures in a browser: accessible, nothing sticks out, and every figure decided by keyboard alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import expect

from congdoan.figures import tasks
from congdoan.figures.models import Discrepancy, ReadFigure, Reading
from congdoan.organisation.models import Unit
from congdoan.organisation.rights import Role
from tests.browser import OpenPage, look_over
from tests.factories_organisation import acting
from tests.figures.test_freezing import article, correct_report, union  # noqa: F401  # fixtures
from tests.figures.test_reading_screens import TEXT
from tests.reporting.test_reviewing_browser import signed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def officer(article: Any, union: Any) -> Any:  # noqa: F811  # fixtures
    correct_report(union, 11000)
    tasks.notice()
    with transaction.atomic():
        capacity = acting(Role.ADMIN, Unit.objects.get(code="P1"))
        capacity.user.is_superuser = True
        capacity.user.save()
    return capacity


@pytest.mark.parametrize(("width", "theme"), [(360, "dark"), (1280, "light")])
def test_every_page_fits_and_is_accessible(
    browser_page: OpenPage, live_server: Any, officer: Any, width: int, theme: str
) -> None:
    page = signed(browser_page, live_server, officer, width=width, theme=theme)
    base = f"{live_server.url}/lam-viec"
    page.goto(f"{base}/doc-so-lieu/")
    look_over(page)
    page.get_by_label("Dán văn bản").fill(TEXT)
    page.get_by_role("button", name="Đọc số liệu").click()
    expect(page.get_by_role("heading", name="Văn bản")).to_be_visible()
    reading = Reading.objects.get()
    for path in (
        f"doc-so-lieu/{reading.pk}/",
        f"doc-so-lieu/{reading.pk}/xoa/",
        "so-lieu-giay/",
        "so-lieu-giay/them/",
        "so-lieu-sai-khac/",
        f"so-lieu-sai-khac/{Discrepancy.objects.get().pk}/",
    ):
        page.goto(f"{base}/{path}")
        look_over(page)


def test_figures_are_decided_by_keyboard_alone(
    browser_page: OpenPage, live_server: Any, officer: Any
) -> None:
    page = signed(browser_page, live_server, officer, width=1280)
    page.goto(f"{live_server.url}/lam-viec/doc-so-lieu/")
    page.get_by_label("Dán văn bản").fill(TEXT)
    page.get_by_role("button", name="Đọc số liệu").click()
    cards = page.locator("[data-reading] form")
    expect(cards.first).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("b")
    expect(cards.first.get_by_role("button", name="Xem lại số này")).to_be_visible()
    second = cards.nth(1)
    expect(second).to_be_focused()
    second.get_by_label("Chỉ tiêu").fill("f")
    page.keyboard.press("Enter")
    expect(second.get_by_role("button", name="Xem lại số này")).to_be_visible()
    states = list(ReadFigure.objects.order_by("number_start").values_list("state", flat=True))
    assert states[:2] == ["dismissed", "confirmed"]
