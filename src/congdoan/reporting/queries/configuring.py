"""What whoever sets up reporting may see and change: sheets of units in reach, indicators of theirs and common ones, targets."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from congdoan import vntext
from congdoan.audit.models import Entry as Trail
from congdoan.organisation.models import Ancestry
from congdoan.organisation.models.units import during
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.scope import within
from congdoan.organisation.queries.units import name_on
from congdoan.organisation.rights import Right
from congdoan.reporting.models import (
    Breakdown,
    Calendar,
    Category,
    Indicator,
    IndicatorVersion,
    Line,
    Obligation,
    OutsideFigure,
    Period,
    Report,
    Rule,
    Section,
    Series,
    Sheet,
    SheetVersion,
    Target,
)

REPORTED = (Indicator.Kind.FLOW, Indicator.Kind.STOCK, Indicator.Kind.DISTINCT)
"""Kinds that a unit types into a sheet; the others are computed or come from elsewhere."""


def reaches_all(capacity: Capacity) -> bool:
    """Say whether the capacity sets up reporting for the whole federation."""
    return bool(
        capacity.may(Right.CONFIGURE_REPORTS) and capacity.mandate and capacity.mandate.unit.kind.is_root
    )


def indicators(capacity: Capacity) -> QuerySet[Indicator]:
    """Return the indicators that the capacity may put on sheets: common ones, its own, those of units above and below."""
    if not capacity.may(Right.CONFIGURE_REPORTS):
        return Indicator.objects.none()
    above = Ancestry.objects.filter(during(capacity.on), unit=capacity.unit, end_version=None).values(
        "ancestor"
    )
    return Indicator.objects.filter(
        Q(owner=None) | within(capacity, Right.CONFIGURE_REPORTS, "owner") | Q(owner__in=above),
        ~Exists(Sheet.objects.filter(coverage__indicator=OuterRef("pk"))),
    )


def definable(capacity: Capacity) -> QuerySet[Indicator]:
    """Return the indicators whose meaning the capacity may set: its own, and common ones that only its own sheets use."""
    mine = Sheet.objects.filter(within(capacity, Right.CONFIGURE_REPORTS, "owner"))
    if reaches_all(capacity):
        return indicators(capacity)
    uses = Line.objects.filter(series__indicator=OuterRef("pk"))
    foreign = uses.exclude(section__version__sheet__in=mine)
    return indicators(capacity).filter(
        within(capacity, Right.CONFIGURE_REPORTS, "owner") | (Q(owner=None) & Exists(uses) & ~Exists(foreign))
    )


def _newest(column: str) -> Any:
    versions = IndicatorVersion.objects.filter(indicator=OuterRef("pk")).order_by("-number")
    if get_language() == "en":
        return Subquery(
            versions.annotate(words=Coalesce(NullIf(F(f"{column}_en"), Value("")), F(column))).values(
                "words"
            )[:1]
        )
    return Subquery(versions.values(column)[:1])


def with_names(found: QuerySet[Indicator]) -> QuerySet[Any]:
    """Add ``shown_name`` and ``shown_unit`` of the newest version."""
    return found.annotate(
        shown_name=Coalesce(_newest("name"), F("code")),
        shown_unit=Coalesce(_newest("measure_unit"), Value("")),
        sheet_count=Coalesce(
            Subquery(
                Line.objects.filter(series__indicator=OuterRef("pk"))
                .order_by()
                .values("series__indicator")
                .annotate(count=Count("section__version__sheet", distinct=True))
                .values("count")[:1]
            ),
            Value(0),
        ),
    )


def matching(found: Iterable[Any], text: str) -> list[Any]:
    """Return the indicators whose name or code has every word of ``text``, with diacritics or without."""
    words = vntext.fold(text).split()
    return [
        one
        for one in found
        if all(word in vntext.fold(f"{one.shown_name} {one.code} {one.topic}") for word in words)
    ]


def topics(capacity: Capacity) -> list[str]:
    """Return the topics in use, in alphabetical order of Vietnamese."""
    found = set(indicators(capacity).exclude(topic="").values_list("topic", flat=True))
    return sorted(found, key=vntext.sort_key)


def series_to_add(capacity: Capacity, text: str) -> list[Series]:
    """Return the series that fit on a sheet and match ``text``, each with ``shown_name`` of its indicator and words of its cell."""
    names = {
        one.pk: one for one in matching(with_names(indicators(capacity).filter(kind__in=REPORTED)), text)
    }
    found = (
        Series.objects.filter(indicator__in=list(names), part=Series.Part.VALUE)
        .select_related("indicator")
        .prefetch_related("categories__breakdown")
        .order_by("indicator__sort_order", "indicator__code", "pk")
    )
    for one in found:
        one.shown_name = names[one.indicator_id].shown_name  # type: ignore[attr-defined]  # as the docstring says
        one.shown_unit = names[one.indicator_id].shown_unit  # type: ignore[attr-defined]  # beside it
        one.cell_words = ", ".join(str(part) for part in one.categories.all())  # type: ignore[attr-defined]  # beside it
    return list(found)


def sheets(capacity: Capacity) -> QuerySet[Sheet]:
    """Return the sheets of units in reach."""
    return Sheet.objects.filter(within(capacity, Right.CONFIGURE_REPORTS, "owner"))


def sheet_rows(capacity: Capacity, today: date) -> QuerySet[Any]:
    """Return the sheets as a list shows them: their owner's name, number of lines in force, and what is being drafted."""
    versions = SheetVersion.objects.filter(sheet=OuterRef("pk"))
    in_force = versions.filter(published_at__isnull=False, valid_from__lte=today).order_by(
        "-valid_from", "-number"
    )
    lines = (
        Line.objects.filter(section__version=OuterRef("in_force"))
        .order_by()
        .values("section__version")
        .annotate(count=Count("pk"))
        .values("count")[:1]
    )
    return (
        sheets(capacity)
        .select_related("calendar", "owner")
        .annotate(
            owner_name=name_on(today, "owner"),
            in_force=Subquery(in_force.values("pk")[:1]),
            in_force_number=Subquery(in_force.values("number")[:1]),
            draft=Subquery(versions.filter(published_at=None).values("pk")[:1]),
        )
        .annotate(line_count=Subquery(lines))
        .order_by("name", "pk")
    )


def versions(capacity: Capacity) -> QuerySet[SheetVersion]:
    """Return the versions of sheets in reach."""
    return SheetVersion.objects.filter(
        within(capacity, Right.CONFIGURE_REPORTS, "sheet__owner")
    ).select_related("sheet__calendar", "sheet__owner", "sheet__coverage")


def obligations(capacity: Capacity) -> QuerySet[Obligation]:
    """Return the obligations of sheets in reach."""
    return Obligation.objects.filter(
        within(capacity, Right.CONFIGURE_REPORTS, "sheet__owner")
    ).select_related("sheet__calendar", "kind", "top")


def targets(capacity: Capacity) -> QuerySet[Target]:
    """Return the targets of units in reach."""
    return Target.objects.filter(within(capacity, Right.CONFIGURE_REPORTS)).select_related(
        "series__indicator", "unit"
    )


def outside_figures(capacity: Capacity) -> QuerySet[OutsideFigure]:
    """Return the outside figures of units in reach."""
    return OutsideFigure.objects.filter(within(capacity, Right.CONFIGURE_REPORTS)).select_related(
        "indicator", "unit"
    )


def extendable(capacity: Capacity) -> QuerySet[Breakdown]:
    """Return the breakdowns that one may add parts to: no indicator of somebody else is cut by them."""
    if reaches_all(capacity):
        return Breakdown.objects.all()
    foreign = Series.objects.filter(categories__breakdown=OuterRef("pk")).exclude(
        indicator__in=definable(capacity)
    )
    return Breakdown.objects.filter(~Exists(foreign))


def breakdowns() -> QuerySet[Any]:
    """Return all breakdowns with their parts, and how many indicators each cuts."""
    return (
        Breakdown.objects.prefetch_related("categories")
        .annotate(
            indicator_count=Coalesce(
                Subquery(
                    Series.objects.filter(categories__breakdown=OuterRef("pk"))
                    .order_by()
                    .values("categories__breakdown")
                    .annotate(count=Count("indicator", distinct=True))
                    .values("count")[:1]
                ),
                Value(0),
            )
        )
        .order_by("pk")
    )


def cell_of(parts: Iterable[Category]) -> str:
    """Return the cell of some parts: "sector=…&sex=female", sorted."""
    return "&".join(sorted(f"{part.breakdown.code}={part.code}" for part in parts))


def rates_parts(capacity: Capacity) -> QuerySet[Series]:
    """Return the series that a rate may be made of."""
    return (
        Series.objects.filter(
            part=Series.Part.VALUE, indicator__in=indicators(capacity).filter(kind__in=REPORTED)
        )
        .select_related("indicator")
        .order_by("key")
    )


def rates(capacity: Capacity) -> QuerySet[Indicator]:
    """Return the rates that a gap may compare with their targets."""
    return indicators(capacity).filter(kind=Indicator.Kind.RATE)


def trail(kind: str, pk: int, limit: int = 30) -> list[Trail]:
    """Return what happened to a row, the newest first. ``kind``: "sheet", "indicator" …"""
    return list(
        Trail.objects.filter(object_type=f"reporting.{kind}", object_id=str(pk)).order_by("-pk")[:limit]
    )


def publishable(sheet: Sheet, today: date) -> list[Period]:
    """Return the periods from which a new version may be used: nothing of them or after them was sent, and no newer version
    already waits for later ones. Those of the past three periods, the one under way, and what is laid out ahead."""
    periods = Period.objects.filter(calendar=sheet.calendar_id, type=sheet.period_type)
    sent = (
        Report.objects.filter(sheet=sheet)
        .exclude(current=None, first_submitted_at=None, status=Report.Status.OPEN)
        .order_by("-period__start")
        .values_list("period__start", flat=True)
        .first()
    )
    waiting = (
        SheetVersion.objects.filter(sheet=sheet, published_at__isnull=False)
        .order_by("-valid_from")
        .values_list("valid_from", flat=True)
        .first()
    )
    if sent is not None:
        periods = periods.filter(start__gt=sent)
    if waiting is not None:
        periods = periods.filter(start__gte=waiting)
    past = [one.pk for one in periods.filter(start__lte=today).order_by("-start")[:4]]
    return list(periods.filter(Q(pk__in=past) | Q(start__gt=today)).order_by("start")[:16])


def collected(indicator: Indicator) -> list[Series]:
    """Return the series of an indicator that people type, each with ``cell_words``."""
    found = list(
        Series.objects.filter(indicator=indicator, part=Series.Part.VALUE)
        .prefetch_related("categories__breakdown")
        .order_by("pk")
    )
    for one in found:
        one.cell_words = ", ".join(f"{part.breakdown}: {part}" for part in one.categories.all())  # type: ignore[attr-defined]  # as the docstring says
    return found


def sheets_with(capacity: Capacity, indicator: Indicator) -> list[Sheet]:
    """Return the sheets in reach that have a line of an indicator, in any version."""
    return list(
        sheets(capacity)
        .filter(versions__sections__lines__series__indicator=indicator)
        .distinct()
        .order_by("name", "pk")
    )


def versions_of(sheet: Sheet) -> list[SheetVersion]:
    """Return the versions of a sheet, the newest first."""
    return list(sheet.versions.order_by("-number"))


def owed(capacity: Capacity, sheet: Sheet) -> QuerySet[Any]:
    """Return who owes a sheet, with ``top_name`` of the unit above them."""
    return (
        obligations(capacity)
        .filter(sheet=sheet)
        .annotate(top_name=name_on(capacity.on, "top"))
        .order_by("-valid_from", "pk")
    )


def calendars() -> QuerySet[Calendar]:
    """Return all calendars."""
    return Calendar.objects.order_by("pk")


GONE = (Line.DoesNotExist, Section.DoesNotExist, Rule.DoesNotExist)
"""What is raised for a part of a draft that somebody took out."""


def rule_ids(version: SheetVersion) -> dict[str, int]:
    """Return the ids of a version's rules by code."""
    return dict(version.rules.values_list("code", "pk"))


def section(version: SheetVersion, pk: int) -> Section | None:
    """Return a section of a version."""
    return version.sections.filter(pk=pk).first()


def series_of(version: SheetVersion) -> list[int]:
    """Return the series that stand on a version."""
    return list(Line.objects.filter(section__version=version).values_list("series", flat=True))


def _indicator_name(path: str) -> Any:
    versions = IndicatorVersion.objects.filter(indicator=OuterRef(path)).order_by("-number")
    if get_language() == "en":
        return Subquery(
            versions.annotate(words=Coalesce(NullIf(F("name_en"), Value("")), F("name"))).values("words")[:1]
        )
    return Subquery(versions.values("name")[:1])


def named_targets(capacity: Capacity, text: str = "", pk: int | None = None) -> list[Any]:
    """Return targets in reach with ``indicator_name`` and ``unit_name``; those whose names have every word of ``text``."""
    found = targets(capacity) if pk is None else targets(capacity).filter(pk=pk)
    rows = found.annotate(
        indicator_name=Coalesce(_indicator_name("series__indicator"), F("series__indicator__code")),
        unit_name=name_on(capacity.on, "unit"),
    ).order_by("indicator_name", "unit_name", "-start", "pk")
    words = vntext.fold(text).split()
    return [
        one
        for one in rows
        if all(
            word in vntext.fold(f"{one.indicator_name} {one.series.key} {one.unit_name} {one.unit.code}")
            for word in words
        )
    ]


def named_outside_figures(capacity: Capacity) -> QuerySet[Any]:
    """Return outside figures in reach with ``indicator_name`` and ``unit_name``."""
    return (
        outside_figures(capacity)
        .annotate(
            indicator_name=Coalesce(_indicator_name("indicator"), F("indicator__code")),
            unit_name=name_on(capacity.on, "unit"),
        )
        .order_by("indicator_name", "-end", "pk")
    )
