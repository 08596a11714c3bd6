"""Figures for everybody: what is public and nothing else, found without diacritics, with how much of it is known."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from congdoan.organisation.rights import Role
from congdoan.reporting.models import Indicator, IndicatorVersion, Series, Sheet
from tests.factories_organisation import acting, plant
from tests.factories_reporting import chair, counted, sent, sheet

pytestmark = pytest.mark.django_db

URL = "/so-lieu/"


@pytest.fixture
def form() -> Sheet:
    """A sheet with two accepted reports of 2019, of one union in three."""
    units = plant()
    made = sheet(units["LC"])
    by, district = chair(units["LC-SP-001"]), acting(Role.MIDDLE, units["LC-SP"])
    for number, sessions in ((2, "1500"), (3, "1289")):
        counted(
            sent(units["LC-SP-001"], 2019, number, made, by, law__sessions=sessions, staff="40"), district
        )
    return made


def test_a_visitor_finds_the_newest_figure_of_the_province_with_its_days_and_coverage(
    client: Client, form: Sheet
) -> None:
    page = client.get(URL, {"q": "buoi tuyen truyen"}).content.decode()

    assert "1.289" in page
    assert "từ 01/07/2019 đến 30/09/2019" in page
    assert "1/3 báo cáo" in page
    assert "Số lao động" not in page
    assert "Không tìm thấy chỉ tiêu nào" in client.get(URL, {"q": "khong co gi"}).content.decode()


def test_one_indicator_shows_its_periods_and_where_to_take_them(client: Client, form: Sheet) -> None:
    page = client.get(f"{URL}chi-tieu/law.sessions/")

    words = page.content.decode()
    assert page.status_code == 200
    assert words.index("Quý II/2019") < words.rindex("Quý III/2019")
    assert "1.500" in words
    assert (
        "/api/v1/figures.csv?indicator=law.sessions&amp;unit=LC&amp;from=2019-04-01&amp;to=2019-09-30"
        in words
    )
    file = client.get(
        "/api/v1/figures.csv",
        {
            "indicator": "law.sessions",
            "unit": "LC",
            "from": "2019-04-01",
            "to": "2019-09-30",
            "by": "quarter",
        },
    )
    assert b",1500," in b"".join(file)


@pytest.mark.parametrize("hidden", [{"is_public": False}, {"is_sensitive": True}])
def test_what_is_not_public_is_neither_listed_nor_found(
    client: Client, form: Sheet, hidden: dict[str, bool]
) -> None:
    assert "1.289" in client.get(URL).content.decode()
    Indicator.objects.filter(code="law.sessions").update(**hidden)

    page = client.get(URL).content.decode()

    assert "1.289" not in page
    assert "law.sessions" not in page
    assert client.get(f"{URL}chi-tieu/law.sessions/").status_code == 404
    assert client.get(f"{URL}chi-tieu/khong-co/").status_code == 404


def test_before_the_first_report_the_page_says_so(client: Client, db: None) -> None:
    assert "Chưa có số liệu nào" in client.get(URL).content.decode()


def test_the_number_of_queries_does_not_grow_with_the_indicators(client: Client, form: Sheet) -> None:
    client.get(URL)
    with CaptureQueriesContext(connection) as few:
        client.get(URL)
    before = len(few)
    for number in range(5):
        made = Indicator.objects.create(code=f"more.{number}", kind="flow")
        IndicatorVersion.objects.create(indicator=made, valid_from=date(2013, 10, 1), name=f"Thêm {number}")
        Series.objects.create(indicator=made, key=made.code)
    with CaptureQueriesContext(connection) as many:
        client.get(URL)
    assert len(many) == before
