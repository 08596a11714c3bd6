"""Calendars, indicators, sheets and reports for tests, made as the product makes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from congdoan.organisation.models import Unit, UnitKind
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Role
from congdoan.reporting.actions.filling import save_cells
from congdoan.reporting.actions.opening import lay_calendars, open_reports
from congdoan.reporting.actions.refreshing import refresh_all
from congdoan.reporting.actions.reviewing import accept, submit
from congdoan.reporting.models import (
    Calendar,
    Indicator,
    IndicatorVersion,
    Line,
    Obligation,
    Period,
    Report,
    Rule,
    Section,
    Series,
    Sheet,
    SheetVersion,
)
from tests.factories_organisation import acting

START = date(2013, 10, 1)

CODES = {
    "law.sessions": ("flow", "", "Buổi tuyên truyền pháp luật"),
    "law.attendances": ("flow", "", "Lượt người dự"),
    "staff": ("stock", "", "Số lao động"),
    "staff|sex=female": ("stock", "sex=female", "Trong đó nữ"),
    "study.eligible": ("flow", "", "Số người phải học"),
    "study.joined": ("flow", "", "Số người tham gia học"),
}


def series(key: str, kind: str = "flow", name: str = "") -> Series:
    """Return (or make) a series with its indicator."""
    code, _, cell = key.partition("|")
    indicator, made = Indicator.objects.get_or_create(code=code, defaults={"kind": kind})
    if made:
        IndicatorVersion.objects.create(indicator=indicator, valid_from=START, name=name or code)
    return Series.objects.get_or_create(indicator=indicator, cell=cell, defaults={"key": key})[0]


def rate(code: str, numerator: str, denominator: str) -> Indicator:
    """Make a matched rate with its pair of series."""
    indicator = Indicator.objects.create(code=code, kind="rate")
    IndicatorVersion.objects.create(
        indicator=indicator,
        valid_from=START,
        name=code,
        numerator=series(numerator),
        denominator=series(denominator),
    )
    for part in ("num", "den"):
        Series.objects.create(indicator=indicator, part=part, key=f"{code}#{part}")
    return indicator


def sheet(
    owner: Unit,
    keys: Mapping[str, tuple[str, str, str]] | None = None,
    *,
    code: str = "quarterly",
    period_type: str = "quarter",
    years: range = range(2013, 2020),
    until: date | None = date(2019, 10, 1),
    required: tuple[str, ...] = (),
    rules: tuple[dict[str, Any], ...] = (),
    prefill: Mapping[str, str] | None = None,
) -> Sheet:
    """Make a published sheet that every grassroots union below ``owner`` owes from October 2013.

    ``rules`` are added to its own; ``prefill`` names the source of a line by its key.
    """
    calendar = Calendar.objects.get_or_create(
        code="civil", defaults={"name": "Dương lịch", "name_en": "Civil"}
    )[0]
    lay_calendars(years)
    cover = Indicator.objects.create(code=f"reports.{code}", kind="flow", is_public=False)
    made = Sheet.objects.create(
        code=code,
        name="Báo cáo quý",
        calendar=calendar,
        period_type=period_type,
        owner=owner,
        coverage=Series.objects.create(indicator=cover, key=cover.code),
    )
    version = SheetVersion.objects.create(sheet=made, number=1, valid_from=START, published_at=timezone.now())
    section = Section.objects.create(version=version, order=1, title="Hoạt động")
    for order, (key, (kind, _cell, name)) in enumerate((keys or CODES).items(), 1):
        Line.objects.create(
            section=section,
            order=order,
            series=series(key, kind, name),
            label=name,
            is_required=key in required,
            prefill=(prefill or {}).get(key, ""),
        )
    for rule in rules:
        Rule.objects.create(version=version, **rule)
    if keys is None:
        Rule.objects.create(
            version=version, code="women", kind="at_most", left=["staff|sex=female"], right=["staff"]
        )
    Obligation.objects.create(
        sheet=made,
        top=owner,
        kind=UnitKind.objects.get(code="grassroots_union"),
        valid_from=START,
        valid_to=until,
    )
    return made


def report(unit: Unit, year: int, number: int, sheet: Sheet) -> Report:
    """Return a unit's report of one period; opened if need be."""
    period = Period.objects.get(calendar=sheet.calendar, type=sheet.period_type, year=year, number=number)
    open_reports(min(period.end, date(2030, 1, 1)))
    return Report.objects.get(unit=unit, period=period, sheet=sheet)


def chair(unit: Unit) -> Capacity:
    """Return a new chair of a unit."""
    return acting(Role.CHAIR, unit)


def sent(unit: Unit, year: int, number: int, sheet: Sheet, by: Capacity, **values: str) -> Report:
    """Fill and send a report; ``values`` by key with "." and "|" written as "__" and "___"."""
    found = report(unit, year, number, sheet)
    typed = {key.replace("___", "|").replace("__", "."): text for key, text in values.items()}
    save_cells(found.pk, typed, by=by)
    submit(found.pk, by=by)
    found.refresh_from_db()
    return found


def counted(found: Report, by: Capacity) -> Report:
    """Accept a sent report and let the worker count it."""
    accept(found.pk, by=by)
    refresh_all()
    found.refresh_from_db()
    return found
