"""The organisation as a picture and as a list: which federation the site is of, who leads, what stands where on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from congdoan.organisation.models import Department, Mandate, Placement, Unit
from congdoan.organisation.models.units import during
from congdoan.organisation.queries.capacities import valid_at
from congdoan.organisation.queries.units import alive, in_order, named, placed, roots, with_counts

FEDERATION = "provincial_federation"
UPPER = 3
"""Level of the immediate upper unions: up to here the picture names each unit, below it only counts."""


def federation(day: date) -> Unit | None:
    """Return the unit whose organisation the public page draws: the newest provincial federation that has units below
    it (of two of one day the one with more), else the head of the tree; ``None`` while there is no tree."""
    provinces = named(Unit.objects.filter(alive(day), kind__code=FEDERATION), day)
    counted: QuerySet[Any] = with_counts(provinces, day)
    newest: Unit | None = (
        counted.filter(child_count__gt=0).order_by("-founded_on", "-child_count", "code").first()
    )
    return newest or roots(day).first()


def kinds_below(unit: Unit, day: date) -> dict[str, int]:
    """Return how many units of each kind stand right below one on a day, by code of the kind."""
    rows = placed(day, parent=unit).order_by().values_list("unit__kind__code").annotate(count=Count("pk"))
    return dict(rows)


def upper_children(unit: Unit, day: date) -> QuerySet[Unit]:
    """Return the units of the upper levels right below one, with name and ``child_count``."""
    below = placed(day, parent=unit).values("unit")
    upper = Unit.objects.filter(pk__in=below, kind__level__lte=UPPER)
    return in_order(with_counts(named(upper, day), day))


def departments(unit: Unit, day: date) -> QuerySet[Department]:
    """Return the departments that a unit has on a day."""
    return Department.objects.filter(during(day), unit=unit).order_by("sort_order", "pk")


def leaders(unit: Unit, day: date) -> QuerySet[Mandate]:
    """Return the leading posts held in a unit on a day, the highest first. Public: names, posts and terms, nothing else."""
    now = timezone.now()
    at = now if day == timezone.localdate(now) else timezone.make_aware(datetime.combine(day, time(12)))
    return (
        Mandate.objects.filter(valid_at(at), unit=unit, position__is_leadership=True)
        .select_related("position", "officer", "department", "term")
        .defer("officer__phone", "officer__email", "officer__staff_code")
        .order_by("position__sort_order", "officer__sort_key", "pk")
    )


def parents(units: Iterable[Unit], day: date) -> dict[int, Unit]:
    """Return the unit right above each of ``units`` on a day, by id, in two queries for all."""
    above: dict[int, int | None] = dict(
        Placement.objects.filter(during(day), unit__in=[unit.pk for unit in units]).values_list(
            "unit_id", "parent_id"
        )
    )
    known = {
        unit.pk: unit for unit in named(Unit.objects.filter(pk__in={pk for pk in above.values() if pk}), day)
    }
    return {child: known[parent] for child, parent in above.items() if parent in known}
