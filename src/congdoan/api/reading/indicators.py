"""The catalogue of indicators: those open to the public, and for whoever configures or reviews all others too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from congdoan import vntext
from congdoan.api.asked_reporting import IndicatorsAsked, IndicatorsChosen
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Right
from congdoan.reporting.models import Category, Indicator, IndicatorVersion, Series

Row = dict[str, Any]


def sees_all(capacity: Capacity) -> bool:
    """Say whether the capacity sees indicators that are not public."""
    return capacity.may(Right.CONFIGURE_REPORTS) or capacity.may(Right.REVIEW_REPORTS)


def is_open(indicator: Indicator) -> bool:
    """Say whether anybody may see the indicator and its figures."""
    return indicator.is_open


def page(asked: IndicatorsAsked, capacity: Capacity) -> tuple[int, list[Row]]:
    """Return how many indicators are meant, and the rows of one part: four queries."""
    found = _chosen(asked, capacity)
    return len(found), _rows(found[asked.offset : asked.offset + asked.limit])


def every(asked: IndicatorsChosen, capacity: Capacity) -> list[Row]:
    """Return every indicator that is meant. The catalogue is short: hundreds, not thousands."""
    return _rows(_chosen(asked, capacity))


def one(code: str, capacity: Capacity) -> Row:
    """Return one indicator. Raises ``Indicator.DoesNotExist``, also for one that the capacity may not see."""
    indicator = Indicator.objects.prefetch_related(_VERSIONS).get(code=code)
    if not is_open(indicator) and not sees_all(capacity):
        raise Indicator.DoesNotExist
    return _rows([indicator])[0]


_VERSIONS = Prefetch(
    "versions", IndicatorVersion.objects.select_related("numerator", "denominator").order_by("number")
)


def _chosen(asked: IndicatorsChosen, capacity: Capacity) -> list[Indicator]:
    rows = Indicator.objects.select_related("rate").prefetch_related(_VERSIONS).order_by("sort_order", "code")
    if not sees_all(capacity):
        rows = rows.filter(is_public=True, is_sensitive=False)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    found = list(rows)
    if asked.topic:
        topic = vntext.fold(asked.topic)
        found = [one for one in found if topic in (vntext.fold(one.topic), vntext.fold(one.topic_en))]
    if asked.q:
        words = vntext.fold(asked.q).split()
        found = [one for one in found if all(word in _text(one) for word in words)] if words else []
    if asked.sort in ("code", "-code"):
        found.sort(key=lambda one: one.code, reverse=asked.sort == "-code")
    elif asked.sort in ("name", "-name"):
        found.sort(key=lambda one: (vntext.sort_key(_name(one)), one.code), reverse=asked.sort == "-name")
    return found


def _today(indicator: Indicator) -> IndicatorVersion | None:
    """Return what the indicator means today; before its first day, what it is going to mean."""
    versions = list(indicator.versions.all())
    today = timezone.localdate()
    return next(
        (one for one in reversed(versions) if one.valid_from <= today), versions[0] if versions else None
    )


def _name(indicator: Indicator) -> str:
    version = _today(indicator)
    return version.name if version else indicator.code


def _text(indicator: Indicator) -> str:
    version = _today(indicator)
    names = [version.name, version.name_en] if version else []
    return vntext.fold(" ".join([indicator.code, *names]))


def _rows(found: Sequence[Indicator]) -> list[Row]:
    cells: dict[int, list[Series]] = defaultdict(list)
    series = Series.objects.filter(indicator__in=[one.pk for one in found], part=Series.Part.VALUE)
    for one in series.order_by("pk"):
        cells[one.indicator_id].append(one)
    parts = {part for known in cells.values() for one in known for part in _parts(one.cell)}
    categories = [
        category
        for category in Category.objects.filter(breakdown__code__in={name for name, _code in parts})
        .select_related("breakdown")
        .order_by("breakdown", "sort_order", "pk")
        if (category.breakdown.code, category.code) in parts
    ]
    return [_row(one, cells[one.pk], categories) for one in found]


def _parts(cell: str) -> set[tuple[str, str]]:
    """ "sex=female&sector=x" → {("sex", "female"), ("sector", "x")}"""
    pairs = (part.partition("=") for part in cell.split("&") if part)
    return {(name, code) for name, _equals, code in pairs}


def _row(indicator: Indicator, cells: Sequence[Series], categories: Sequence[Category]) -> Row:
    versions = [_version(one, indicator) for one in indicator.versions.all()]
    now = _today(indicator)
    shown = _version(now, indicator) if now else dict.fromkeys(_MEANING) | {"name": indicator.code}
    return {name: shown[name] for name in _MEANING} | {
        "code": indicator.code,
        "kind": indicator.kind,
        "topic": indicator.topic or None,
        "topic_en": indicator.topic_en or None,
        "decimals": indicator.decimals,
        "is_money": indicator.is_money,
        "is_public": indicator.is_public,
        "is_sensitive": indicator.is_sensitive,
        "totals_public": indicator.totals_public,
        "rate": indicator.rate.code if indicator.rate else None,
        "cells": [{"key": one.key, "cell": one.cell} for one in cells],
        "breakdowns": _breakdowns(cells, categories),
        "versions": versions,
    }


_MEANING = (
    "name", "name_en", "definition", "definition_en", "measure_unit", "measure_unit_en", "source", "numerator",
    "denominator",
)  # fmt: skip


def _version(version: IndicatorVersion, indicator: Indicator) -> Row:
    is_rate = indicator.kind == Indicator.Kind.RATE
    return {
        "number": version.number,
        "valid_from": version.valid_from,
        "name": version.name,
        "name_en": version.name_en or None,
        "definition": version.definition or None,
        "definition_en": version.definition_en or None,
        "measure_unit": version.measure_unit or None,
        "measure_unit_en": version.measure_unit_en or None,
        "source": version.source or None,
        "numerator": version.numerator.key if version.numerator else None,
        "denominator": version.denominator.key if version.denominator else None,
        "denominator_kind": version.denominator_kind if is_rate else None,
        "stale_days": version.stale_days if indicator.kind == Indicator.Kind.STOCK else None,
    }


def _breakdowns(cells: Iterable[Series], categories: Iterable[Category]) -> list[Row]:
    own = {part for one in cells for part in _parts(one.cell)}
    found: dict[str, Row] = {}
    for category in categories:
        breakdown = category.breakdown
        if (breakdown.code, category.code) not in own:
            continue
        row = found.setdefault(
            breakdown.code,
            {
                "code": breakdown.code,
                "name": breakdown.name,
                "name_en": breakdown.name_en,
                "is_complete": breakdown.is_complete,
                "categories": [],
            },
        )
        row["categories"].append({"code": category.code, "name": category.name, "name_en": category.name_en})
    return list(found.values())
