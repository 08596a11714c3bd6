"""The rows that reporting starts with: calendars and breakdowns everywhere; indicators and sheets where a federation takes them.

What is there stays as it is, with what an officer changed; only what is missing is added.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from congdoan.audit import actions as audit
from congdoan.organisation.models import Unit
from congdoan.reporting.models import (
    Breakdown,
    Calendar,
    Category,
    Indicator,
    IndicatorVersion,
    Line,
    Rule,
    Section,
    Series,
    Sheet,
    SheetVersion,
)

CONTENT = Path(__file__).resolve().parent.parent / "content"
COVERAGE = "reports."
"""Indicators that count the reports of a sheet have this before the sheet's code."""


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8"))


@transaction.atomic
def load_calendars() -> int:
    """Add the calendars and breakdowns that are not there yet; return how many rows are new."""
    entries = _read("calendars")
    added = 0
    for entry in entries["calendar"]:
        code = entry["code"]
        added += Calendar.objects.get_or_create(code=code, defaults=entry)[1]
    for entry in entries["breakdown"]:
        breakdown, is_new = Breakdown.objects.get_or_create(
            code=entry["code"],
            defaults={key: entry[key] for key in entry if key not in ("code", "categories")},
        )
        added += is_new
        for place, part in enumerate(entry["categories"], 1):
            added += Category.objects.get_or_create(
                breakdown=breakdown, code=part["code"], defaults={**part, "sort_order": 10 * place}
            )[1]
    return added


@transaction.atomic
def load_indicators() -> int:
    """Add the indicators that are not there yet, each with its first version and its series; return how many."""
    load_calendars()
    entries = _read("indicators")
    known = set(Indicator.objects.values_list("code", flat=True))
    categories = {
        f"{category.breakdown.code}={category.code}": category
        for category in Category.objects.select_related("breakdown")
    }
    added = 0
    for place, entry in enumerate(entries["indicator"], 1):
        if entry["code"] in known:
            continue
        topic, topic_en = entries["topics"][entry["topic"]]
        indicator = Indicator.objects.create(
            code=entry["code"],
            kind=entry["kind"],
            decimals=2 if entry["kind"] == Indicator.Kind.GAP else 0,
            rate=Indicator.objects.get(code=entry["rate"]) if "rate" in entry else None,
            is_money=entry.get("money", False),
            is_sensitive=entry.get("sensitive", False),
            is_public=not entry.get("sensitive", False),
            totals_public=entry.get("totals_public", False),
            sort_order=10 * place,
            topic=topic,
            topic_en=topic_en,
        )
        _add_series(indicator, entry, categories)
        _add_version(indicator, entry, source=entries["sources"][entry["source"]])
        audit.record("indicator.created", indicator, actor=None, after={"code": indicator.code})
        added += 1
    return added


def _add_series(indicator: Indicator, entry: Mapping[str, Any], categories: Mapping[str, Category]) -> None:
    if indicator.kind in (Indicator.Kind.TREE, Indicator.Kind.OUTSIDE, Indicator.Kind.GAP):
        return
    if indicator.kind == Indicator.Kind.RATE:
        for part in (Series.Part.NUMERATOR, Series.Part.DENOMINATOR):
            key = Series.key_of(indicator.code, part=part.value)
            Series.objects.create(indicator=indicator, part=part, key=key)
        return
    cells = [*([""] if entry.get("whole", True) else []), *entry.get("cells", [])]
    for cell in cells:
        series = Series.objects.create(
            indicator=indicator, cell=cell, key=Series.key_of(indicator.code, cell)
        )
        if cell:
            series.categories.set(categories[part] for part in cell.split("&"))


def _add_version(indicator: Indicator, entry: Mapping[str, Any], *, source: str) -> None:
    parts = {
        part: Series.objects.get(key=entry[part]) for part in ("numerator", "denominator") if part in entry
    }
    IndicatorVersion.objects.create(
        indicator=indicator,
        valid_from=_read("sheets")["valid_from"],
        name=entry["name"],
        name_en=entry["name_en"],
        definition=entry["definition"],
        definition_en=entry["definition_en"],
        measure_unit=entry["unit"],
        measure_unit_en=entry["unit_en"],
        source=source,
        **parts,
    )


@transaction.atomic
def load_sheets(owner: Unit) -> int:
    """Add the sheets that are not there yet, as sheets of ``owner``, each with a published first version; return how many."""
    load_indicators()
    entries = _read("sheets")
    known = set(Sheet.objects.values_list("code", flat=True))
    added = 0
    for entry in entries["sheet"]:
        if entry["code"] in known:
            continue
        sheet = Sheet.objects.create(
            code=entry["code"],
            name=entry["name"],
            name_en=entry["name_en"],
            calendar=Calendar.objects.get(code=entry["calendar"]),
            period_type=entry["period_type"],
            owner=owner,
            coverage=coverage_of(entry["code"], entry["name"], entry["name_en"]),
        )
        version = SheetVersion.objects.create(
            sheet=sheet,
            number=1,
            valid_from=entries["valid_from"],
            published_at=timezone.now(),
            guidance=entry["guidance"],
        )
        _add_sections(version, entry["section"])
        Rule.objects.bulk_create(Rule(version=version, **rule) for rule in entry["rule"])
        audit.record("sheet.created", sheet, actor=None, after={"code": sheet.code})
        added += 1
    return added


def coverage_of(code: str, name: str, name_en: str = "") -> Series:
    """Return the series that counts the reports of a sheet; made with its indicator where there is none yet."""
    indicator, is_new = Indicator.objects.get_or_create(
        code=f"{COVERAGE}{code}",
        defaults={"kind": Indicator.Kind.FLOW, "is_public": False, "sort_order": 100_000},
    )
    if is_new:
        IndicatorVersion.objects.create(
            indicator=indicator, valid_from=_read("sheets")["valid_from"], name=name, name_en=name_en
        )
    return Series.objects.get_or_create(indicator=indicator, cell="", defaults={"key": indicator.code})[0]


def _add_sections(version: SheetVersion, entries: Iterable[Mapping[str, Any]]) -> None:
    series = {one.key: one for one in Series.objects.prefetch_related("categories")}
    names = {one.indicator_id: (one.name, one.name_en) for one in IndicatorVersion.objects.order_by("number")}
    for order, entry in enumerate(entries, 1):
        section = Section.objects.create(
            version=version, order=order, title=entry["title"], title_en=entry["title_en"]
        )
        lines = []
        for place, line in enumerate(entry["lines"], 1):
            one = series[line["key"]]
            part = next(iter(one.categories.all()), None)
            name, name_en = (part.name, part.name_en) if part else names[one.indicator_id]
            lines.append(
                Line(
                    section=section,
                    order=place,
                    series=one,
                    label=line.get("label", name),
                    label_en=line.get("label_en", name_en),
                    is_required=line.get("required", False),
                    is_part=line.get("part", False),
                    prefill=line.get("prefill", ""),
                )
            )
        Line.objects.bulk_create(lines)
