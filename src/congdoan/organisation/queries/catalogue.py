"""Kinds of unit and places, for tables that name them."""

from __future__ import annotations

from congdoan.organisation.models import Territory, UnitKind


def kind_names() -> dict[str, str]:
    """Return the names of the kinds of unit by code, in their order, in Vietnamese as tables have them."""
    return dict(UnitKind.objects.order_by("sort_order", "pk").values_list("code", "name"))


def territory_codes() -> set[str]:
    """Return the codes of all places."""
    return set(Territory.objects.values_list("code", flat=True))
