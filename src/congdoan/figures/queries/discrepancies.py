"""Differences between what was published and what the data say now, of pages that somebody may publish."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from wagtail.permissions import page_permission_policy

from congdoan.figures.models import Discrepancy


def seen_by(user: Any) -> QuerySet[Discrepancy]:
    """Return the differences on pages that ``user`` may publish, the newest first."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "publish")
    return Discrepancy.objects.filter(shown__page__in=pages.values("pk")).select_related(
        "shown__page", "shown__figure__indicator", "shown__figure__version", "shown__figure__unit"
    )


def open_count(user: Any) -> int:
    """Return how many of them wait for a decision."""
    return seen_by(user).filter(state=Discrepancy.State.OPEN).count()
