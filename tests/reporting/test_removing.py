"""What was set up by mistake can be taken back; what anybody uses stays, with the reason."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from congdoan.audit.models import Entry as Trail
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Role
from congdoan.reporting.actions.configuring import removing, sheets
from congdoan.reporting.errors import ConfigurationError
from congdoan.reporting.models import (
    Calendar,
    Indicator,
    IndicatorVersion,
    Line,
    OutsideFigure,
    Series,
    Sheet,
    SheetVersion,
    Target,
)
from tests.factories_organisation import acting, plant
from tests.factories_reporting import sheet
from tests.reporting.test_managing import new_indicator, with_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def units() -> dict[str, Any]:
    return plant()


@pytest.fixture
def officer(units: dict[str, Any]) -> Capacity:
    return acting(Role.STATISTICS, units["LC"])


def signed_in(capacity: Capacity) -> Client:
    browser = Client()
    browser.force_login(capacity.user)
    return browser


def test_an_indicator_made_by_mistake_goes_after_one_question_and_the_audit_keeps_it(
    officer: Capacity,
) -> None:
    made = new_indicator(officer)
    browser, address = signed_in(officer), reverse("reporting:remove_indicator", args=[made.pk])
    assert address in browser.get(reverse("reporting:managed_indicator", args=[made.pk])).content.decode()

    assert "sẽ mất hẳn" in browser.get(address).content.decode()
    assert Indicator.objects.filter(pk=made.pk).exists()
    assert browser.post(address).status_code == 302

    assert not Indicator.objects.filter(pk=made.pk).exists()
    assert not IndicatorVersion.objects.filter(indicator=made.pk).exists()
    assert not Series.objects.filter(key=made.code).exists()
    kept = Trail.objects.get(verb="indicator.removed")
    assert kept.object_id == str(made.pk)


@pytest.mark.parametrize("use", ["draft", "target", "outside", "rate", "gap"])
def test_an_indicator_that_is_used_stays_and_says_where(
    use: str, units: dict[str, Any], officer: Capacity
) -> None:
    made = new_indicator(officer, kind="outside" if use == "outside" else "flow")
    series, today = made.series.first(), timezone.localdate()
    if use == "draft":
        with_line(sheet(units["LC"]), series, officer)
        reason = "có trong biểu mẫu"
    elif use == "target":
        Target.objects.create(
            unit=units["LC"], series=series, start=today, end=today + timedelta(days=9), value=1
        )
        reason = "giao mục tiêu"
    elif use == "outside":
        OutsideFigure.objects.create(
            unit=units["LC"], indicator=made, end=today, captured_on=today, source="Trang", value=1
        )
        reason = "số liệu ngoài"
    elif use == "rate":
        other = new_indicator(officer, "Mẫu số")
        rated = Indicator.objects.create(code="ty.le", kind="rate", owner=units["LC"])
        IndicatorVersion.objects.create(
            indicator=rated,
            valid_from=today,
            name="Tỷ lệ",
            numerator=series,
            denominator=other.series.first(),
        )
        reason = "“Tỷ lệ” được tính từ"
    else:
        Indicator.objects.filter(pk=made.pk).update(kind="rate")
        gap = Indicator.objects.create(code="vuot", kind="gap", decimals=2, rate=made)
        IndicatorVersion.objects.create(indicator=gap, valid_from=today, name="Vượt")
        reason = "“Vượt” được tính từ"

    answer = signed_in(officer).post(reverse("reporting:remove_indicator", args=[made.pk]))

    assert answer.status_code == 302
    assert reason in " ".join(map(str, get_messages(answer.wsgi_request)))
    assert Indicator.objects.filter(pk=made.pk).exists()
    assert not Trail.objects.filter(verb="indicator.removed").exists()


def test_a_common_indicator_is_not_deleted_by_a_province(units: dict[str, Any], officer: Capacity) -> None:
    common = new_indicator(acting(Role.STATISTICS, units["VN"]))
    with pytest.raises(ConfigurationError, match="dùng chung"):
        removing.remove_indicator(common.pk, by=officer)
    with pytest.raises(Indicator.DoesNotExist):
        removing.remove_indicator(new_indicator(officer, "Riêng").pk, by=acting(Role.STATISTICS, units["YB"]))
    removing.remove_indicator(common.pk, by=acting(Role.STATISTICS, units["VN"]))
    assert not Indicator.objects.filter(pk=common.pk).exists()


def test_a_sheet_that_was_never_published_goes_with_its_draft_and_its_counting(
    units: dict[str, Any], officer: Capacity
) -> None:
    calendar = Calendar.objects.create(code="c", name="Lịch", name_en="Calendar")
    made = sheets.add_sheet(
        name="Nhầm", name_en="", calendar=calendar, period_type="month", owner=units["LC"], by=officer
    )
    draft = made.versions.get()
    section = sheets.save_section(draft.pk, None, title="Phần", title_en="", by=officer, seen=draft.revision)
    draft.refresh_from_db()
    line = new_indicator(officer).series.first()
    sheets.add_lines(draft.pk, section.pk, [line.pk], by=officer, seen=draft.revision)

    answer = signed_in(officer).post(reverse("reporting:remove_sheet", args=[made.pk]))

    assert answer.status_code == 302
    assert not Sheet.objects.filter(pk=made.pk).exists()
    assert not SheetVersion.objects.filter(sheet=made.pk).exists()
    assert not Line.objects.exists()
    assert not Indicator.objects.filter(code=f"reports.{made.code}").exists()
    assert Series.objects.filter(pk=line.pk).exists()
    assert Trail.objects.filter(verb="sheet.removed").exists()


def test_a_published_sheet_stays_also_with_another_draft(units: dict[str, Any], officer: Capacity) -> None:
    made = sheet(units["LC"])
    sheets.begin_draft(made.pk, by=officer)
    page = signed_in(officer).get(reverse("reporting:managed_sheet", args=[made.pk])).content.decode()
    assert reverse("reporting:remove_sheet", args=[made.pk]) not in page
    with pytest.raises(ConfigurationError, match="đã ban hành"):
        removing.remove_sheet(made.pk, by=officer)
    with pytest.raises(Sheet.DoesNotExist):
        removing.remove_sheet(made.pk, by=acting(Role.STATISTICS, units["YB"]))
    assert made.versions.count() == 2
