"""Who may see which figures of an indicator: one rule for texts, choosers, pages, files and the API.

An open indicator is for everybody down to districts. Of another one nothing is, except that it may say that its totals of
provinces can be published (``Indicator.totals_public``): whole, of a province or above. What is finer stays closed.
"""

from __future__ import annotations

from django.db.models import Q

from congdoan.figures.models import PublishedFigure
from congdoan.reporting.models import Indicator

TOTALS_LEVEL = 2
"""Provinces and what stands above them: their totals point at nobody."""

PUBLIC_LEVEL = 3
"""Everybody sees figures down to this level: province, and district or industry. What one union reported is not shown."""


def is_total(level: int, cell: str) -> bool:
    """Whether this is a total of a province or above: the whole, in no cell of a breakdown."""
    return level <= TOTALS_LEVEL and not cell


def may_publish(indicator: Indicator, level: int, cell: str) -> bool:
    """Whether the figure of a unit of this level may stand in a text for everybody."""
    return indicator.is_open or (indicator.totals_public and is_total(level, cell))


def is_named(indicator: Indicator) -> bool:
    """Whether everybody may know that there is such an indicator: something of it may be published."""
    return indicator.is_open or indicator.totals_public


def named_ones(prefix: str = "") -> Q:
    """Condition of indicators for which ``is_named`` holds, ``prefix`` being the way to them: "indicator__"."""
    return Q(**{f"{prefix}is_public": True, f"{prefix}is_sensitive": False}) | Q(
        **{f"{prefix}totals_public": True}
    )


def for_everybody() -> Q:
    """Condition of published figures that everybody may read: all but the sensitive ones, and of these what may be published."""
    return Q(indicator__is_sensitive=False) | Q(
        indicator__totals_public=True, unit__kind__level__lte=TOTALS_LEVEL, cell=""
    )


def is_for_everybody(figure: PublishedFigure) -> bool:
    """Whether ``for_everybody`` holds for a figure."""
    indicator = figure.indicator
    return not indicator.is_sensitive or may_publish(indicator, figure.unit.kind.level, figure.cell)
