"""Rows of a unit and all below it on a day, as one fixed set: what has ended counts where its heirs stand."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from congdoan.organisation.models import Ancestry, Heir, Unit
from congdoan.organisation.models.units import during


def unit_ids(unit: Unit, day: date) -> QuerySet[Ancestry, int]:
    """Return the ids of the unit and of everything below it on a day, as a subquery."""
    return Ancestry.objects.filter(during(day), ancestor=unit, end_version=None).values_list(
        "unit_id", flat=True
    )


def below(unit: Unit, day: date, field: str = "unit") -> Q:
    """Return the condition for rows whose ``field`` stands within ``unit`` on a day, ended units by their heirs."""
    ids = unit_ids(unit, day)
    ended = Heir.objects.filter(during(day), heir__in=ids, end_version=None).values("unit_id")
    return Q(**{f"{field}__in": ids}) | Q(**{f"{field}__in": ended})
