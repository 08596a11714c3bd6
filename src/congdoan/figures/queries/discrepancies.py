"""Differences between what was published and what the data say now, of pages that somebody may publish."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from wagtail.permissions import page_permission_policy

from congdoan.figures.models import Discrepancy, Erratum, PublishedFigure


def seen_by(user: Any) -> QuerySet[Discrepancy]:
    """Return the differences on pages that ``user`` may publish, the newest first."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "publish")
    return Discrepancy.objects.filter(shown__page__in=pages.values("pk")).select_related(
        "shown__page", "shown__figure__indicator", "shown__figure__version", "shown__figure__unit"
    )


def open_count(user: Any) -> int:
    """Return how many of them wait for a decision."""
    return seen_by(user).filter(state=Discrepancy.State.OPEN).count()


def figures_then(found: Collection[Discrepancy]) -> dict[int, PublishedFigure]:
    """Return, by the key of each difference, the figure that stood on the page when it was noticed: a later erratum replaces it."""
    figures = {one.pk: one.shown.figure for one in found}
    errata = Erratum.objects.filter(
        page__in={one.shown.page_id for one in found}, key__in={one.shown.key for one in found}
    ).select_related("old__indicator", "old__version", "old__unit")
    for erratum in errata.order_by("-at", "-pk"):  # the first one after it says what stood there
        for one in found:
            said = (one.shown.page_id, one.shown.key) == (erratum.page_id, erratum.key)
            if said and erratum.at >= one.noticed_at:
                figures[one.pk] = erratum.old
    return figures
