"""Who sent and who reviewed: the people in office on the day, in words as the trail keeps them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from datetime import date
from typing import NamedTuple

from congdoan.organisation.models import Mandate, UnitName
from congdoan.organisation.rights import Role

_SENDING = (Role.CHAIR.value, Role.MIDDLE.value, Role.LEADER.value)


class Signature(NamedTuple):
    """The words of a step: who, the id of their mandate, the mandate in words."""

    actor: str = ""
    mandate_id: str = ""
    mandate: str = ""


class People:
    """The heads of all units by day, read once."""

    def __init__(self) -> None:
        self._names: dict[int, list[tuple[date, str]]] = defaultdict(list)
        for unit, since, name in UnitName.objects.order_by("valid_from").values_list(
            "unit", "valid_from", "name"
        ):
            self._names[unit].append((since, name))
        self._mandates: dict[int, list[tuple[date, date | None, str, int, str]]] = defaultdict(list)
        rows = Mandate.objects.filter(position__role__in=_SENDING).order_by("position__sort_order", "pk")
        for mandate in rows.select_related("officer", "position"):
            self._mandates[mandate.unit_id].append(
                (
                    mandate.valid_from,
                    mandate.valid_to,
                    str(mandate.officer),
                    mandate.pk,
                    mandate.position.name,
                )
            )

    def of(self, unit: int, day: date) -> Signature:
        """Return the head of a unit on a day; only the unit's name where nobody is known."""
        name = self._name(unit, day)
        for since, until, actor, pk, position in self._mandates[unit]:
            if since <= day and (until is None or day < until):
                return Signature(actor[:200], str(pk), f"{position}, {name}"[:200])
        return Signature(mandate=name[:200])

    def _name(self, unit: int, day: date) -> str:
        names = self._names[unit]
        if not names:
            return ""
        return names[max(bisect_right(names, day, key=lambda entry: entry[0]) - 1, 0)][1]
