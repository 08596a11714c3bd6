"""Units as the API lists them: a constant number of queries, however many rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, cast

from django.db.models import Q, QuerySet
from django.utils import timezone

from congdoan.api.asked import UnitsAsked, UnitsChosen
from congdoan.api.errors import NoSuchUnitError
from congdoan.organisation.models import Ancestry, Placement, Unit, UnitEvent, UnitName, UnitTerritory
from congdoan.organisation.models.units import during
from congdoan.organisation.queries import units as units_queries
from congdoan.organisation.queries.words import names_with

_ORDERS = {
    "code": "code",
    "name": "names__sort_key",
    "founded_on": "founded_on",
}
_CHUNK = 2_000
Row = dict[str, Any]


def units_page(asked: UnitsAsked) -> tuple[int, list[Row]]:
    """Return how many units are meant, and the rows of one part."""
    day = asked.on or timezone.localdate()
    chosen = _chosen(asked, day)
    ids = list(
        _ordered(chosen, asked.sort, day).values_list("pk", flat=True)[
            asked.offset : asked.offset + asked.limit
        ]
    )
    return chosen.count(), list(_rows(ids, day))


def count_units(asked: UnitsChosen) -> int:
    """Return how many units are meant."""
    return _chosen(asked, asked.on or timezone.localdate()).count()


def all_units(asked: UnitsChosen) -> Iterator[Row]:
    """Yield every unit that is meant, in bounded memory."""
    day = asked.on or timezone.localdate()
    ids = iter(list(_ordered(_chosen(asked, day), asked.sort, day).values_list("pk", flat=True)))
    while some := list(islice(ids, _CHUNK)):
        yield from _rows(some, day)


def _chosen(asked: UnitsChosen, day: date) -> QuerySet[Unit]:
    units = Unit.objects.filter(units_queries.alive(day))
    if asked.kind:
        units = units.filter(kind__code=asked.kind)
    if asked.parent:
        parent = _unit("parent", asked.parent)
        units = units.filter(pk__in=units_queries.placed(day, parent=parent).values("unit"))
    if asked.within:
        within = _unit("within", asked.within)
        below = Ancestry.objects.filter(during(day), ancestor=within, end_version=None)
        units = units.filter(pk__in=below.values("unit"))
    if asked.q:
        names = names_with(asked.q)
        if names is None:
            return units.none()
        units = units.filter(pk__in=UnitName.objects.filter(during(day), pk__in=names).values("unit"))
    return units


def _unit(field: str, code: str) -> Unit:
    unit = Unit.objects.filter(units_queries.coded(code)).only("pk").first()
    if unit is None:
        raise NoSuchUnitError(field, code)
    return unit


def _ordered(units: QuerySet[Unit], sort: str, day: date) -> QuerySet[Unit]:
    name = sort.removeprefix("-")
    if name == "name":
        # A living unit has exactly one name on a day, so the join adds no rows.
        units = units.filter(during(day, "names__"))
    minus = "-" if sort.startswith("-") else ""
    return units.order_by(f"{minus}{_ORDERS[name]}", f"{minus}pk")


def _rows(ids: Sequence[int], day: date) -> Iterator[Row]:
    """Yield the units of ``ids`` in that order: three queries."""
    units = (
        units_queries.named(Unit.objects.filter(pk__in=ids), day)
        .annotate(
            vietnamese_name=units_queries.name_on(day),
            shown_name_en=units_queries.name_on(day, column="name_en"),
        )
        .in_bulk()
    )
    parents = dict(units_queries.placed(day, unit__in=ids).values_list("unit_id", "parent__code"))
    places = _territories(ids, day)
    for pk in ids:
        if pk in units:  # not when it went between two queries
            yield _row(units[pk], parents.get(pk), places[pk])


def _territories(ids: Iterable[int], day: date) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    links = UnitTerritory.objects.filter(during(day), unit__in=ids).select_related("territory")
    for link in links.order_by("territory__name", "pk"):
        territory = link.territory
        found[link.unit_id].append({"code": territory.code, "name": territory.name, "kind": territory.kind})
    return found


def _row(unit: Unit, parent: str | None, territories: list[Row]) -> Row:
    named = cast("Any", unit)  # annotated by ``_rows``
    return {
        "code": unit.code,
        "kind": unit.kind.code,
        "name": named.vietnamese_name,
        "short_name": named.shown_short_name or None,
        "name_en": named.shown_name_en or None,
        "parent": parent,
        "founded_on": unit.founded_on,
        "ended_on": unit.ended_on,
        "sector": unit.sector or None,
        "ownership_type": unit.ownership_type or None,
        "territories": territories,
        "level": unit.kind.level,
        "address": unit.address or None,
        "phone": unit.phone or None,
        "email": unit.email or None,
    }


def unit_history(code: str, day: date | None) -> Row:
    """Return one unit, ended ones too, with its names, parents, events and heirs. Raises ``Unit.DoesNotExist``."""
    day = day or timezone.localdate()
    unit = Unit.objects.only("pk").get(units_queries.coded(code))
    (row,) = _rows([unit.pk], day)
    row["names"] = [
        {
            "name": name.name,
            "short_name": name.short_name or None,
            "name_en": name.name_en or None,
            "valid_from": name.valid_from,
            "valid_to": name.valid_to,
        }
        for name in UnitName.objects.filter(unit=unit).order_by("valid_from")
    ]
    row["placements"] = [
        {"parent": parent, "valid_from": start, "valid_to": end}
        for parent, start, end in Placement.objects.filter(unit=unit)
        .order_by("valid_from")
        .values_list("parent__code", "valid_from", "valid_to")
    ]
    row["events"] = [
        {
            "kind": event.kind,
            "happened_on": event.happened_on,
            "decision_symbol": event.decision_symbol or None,
            "decision_on": event.decision_on,
            "decision_issuer": event.decision_issuer or None,
        }
        for event in UnitEvent.objects.filter(
            Q(unit=unit) | Q(successions__predecessor=unit) | Q(successions__successor=unit)
        )
        .distinct()
        .order_by("happened_on", "version", "sequence")
    ]
    row["heirs"] = [
        {"code": heir.unit.code, "name": cast("Any", heir.unit).shown_name, "share": heir.share}
        for heir in units_queries.heirs(unit, day)
    ]
    return row


def ancestors(code: str, day: date | None) -> list[Row]:
    """Return the units above one on a day, the root first. Raises ``Unit.DoesNotExist``."""
    unit = Unit.objects.only("pk").get(units_queries.coded(code))
    return [
        {
            "code": above.code,
            "kind": above.kind.code,
            "name": cast("Any", above).shown_name,
            "level": above.kind.level,
        }
        for above in units_queries.path(unit, day or timezone.localdate())
    ]
