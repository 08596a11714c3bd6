"""Finding published figures: by indicator, unit, year or the number itself."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet

from congdoan import vntext
from congdoan.figures.models import Erratum, PublishedFigure
from congdoan.figures.queries import openness
from congdoan.organisation.models import Unit
from congdoan.organisation.queries.units import named, search
from congdoan.reporting.models import Indicator, IndicatorVersion

_YEAR = re.compile(r"(?:19|20|21)\d\d", re.ASCII)
MOST_UNITS = 200


def open_figures() -> QuerySet[PublishedFigure]:
    """Return the published figures that everybody may read, without those that a correction replaced, the newest first."""
    replaced = Erratum.objects.filter(old=OuterRef("pk"))
    return (
        PublishedFigure.objects.filter(~Exists(replaced), openness.for_everybody())
        .select_related("indicator", "version", "unit__kind")
        .order_by("-pk")
    )


def search_figures(text: str, today: date) -> QuerySet[PublishedFigure]:
    """Return the open figures that fit some words: names of indicators or units without diacritics, a year, a number as it is
    printed ("12.076", "66,11%") or typed ("12076"). Every word must fit something of the figure. All of them without words."""
    found = open_figures()
    words = vntext.nfc(text).split()
    numbers = {word: value for word in words if (value := _value(word)) is not None}
    names = [word for word in words if word not in numbers]
    for word, value in numbers.items():
        fits = Q(pk__in=_with_value(value))
        if _YEAR.fullmatch(word):
            year = int(word)
            fits |= Q(start__lte=date(year, 12, 31), end__gte=date(year, 1, 1))
        found = found.filter(fits)
    if names:
        found = found.filter(_named(names, today))
    return found


def newest_of(indicators: Collection[int]) -> dict[int, PublishedFigure]:
    """Return, for each indicator, the open figure of the whole that was published last."""
    found: dict[int, PublishedFigure] = {}
    last = open_figures().filter(indicator=OuterRef("pk"), cell="").values("pk")[:1]
    rows = (
        Indicator.objects.filter(pk__in=indicators).order_by().annotate(last=last).values_list("pk", "last")
    )
    wanted = {pk: figure for pk, figure in rows if figure}
    figures = open_figures().in_bulk(wanted.values())
    for pk, figure in wanted.items():
        found[pk] = figures[figure]
    return found


def names_of(figures: Collection[PublishedFigure]) -> dict[tuple[int, date], str]:
    """Return the name of each figure's unit as of its last day, by (unit, day): a query for each day there is."""
    days: dict[date, set[int]] = {}
    for one in figures:
        days.setdefault(one.end, set()).add(one.unit_id)
    return {
        (pk, day): name
        for day, units in days.items()
        for pk, name in named(Unit.objects.filter(pk__in=units), day).values_list(
            "pk",
            "shown_name",  # type: ignore[misc]  # named
        )
    }


def _value(word: str) -> Decimal | None:
    """Read a word as a number; a dot before three digits groups thousands."""
    try:
        return vntext.parse_number(word)
    except vntext.NumberError:
        return None


def _with_value(value: Decimal) -> QuerySet[PublishedFigure, int]:
    fits = Q(pk__in=())
    for decimals in range(5):
        scaled = value.scaleb(decimals)
        if scaled == scaled.to_integral_value() and abs(scaled) < 2**63:
            fits |= Q(value=int(scaled), decimals=decimals)
    return PublishedFigure.objects.filter(fits).values_list("pk", flat=True)


def _named(words: list[str], today: date) -> Q:
    """Condition of figures that some words name: each word is one of the indicator's or all that it does not say name a unit."""
    folded = [vntext.fold(word) for word in words]
    groups: dict[tuple[str, ...], list[int]] = {}
    for pk, said in _said_by_indicator().items():
        left = tuple(word for word, key in zip(words, folded, strict=True) if f" {key}" not in said)
        groups.setdefault(left, []).append(pk)
    fits = Q(pk__in=())
    for left, indicators in groups.items():
        if not left:
            fits |= Q(indicator__in=indicators)
            continue
        units = _units(left, today)
        if units:
            fits |= Q(indicator__in=indicators, unit__in=units)
    return fits


def _units(words: tuple[str, ...], today: date) -> list[int]:
    shown = PublishedFigure.objects.order_by().values("unit").distinct()
    found = search(" ".join(words), today, units=Unit.objects.filter(pk__in=shown), status="all")
    return [one.pk for one in found[:MOST_UNITS]]


def _said_by_indicator() -> dict[int, str]:
    """Return all that the names of each indicator with published figures say, folded, with its topic and code, after a space."""
    used = PublishedFigure.objects.filter(openness.for_everybody()).order_by().values("indicator").distinct()
    found: dict[int, list[str]] = {
        one.pk: [one.code, one.topic, one.topic_en] for one in Indicator.objects.filter(pk__in=used)
    }
    for indicator, *names in IndicatorVersion.objects.filter(indicator__in=list(found)).values_list(
        "indicator", "name", "name_en", "measure_unit"
    ):
        found[indicator] += names
    return {pk: " " + vntext.fold(" ".join(parts)) for pk, parts in found.items()}
