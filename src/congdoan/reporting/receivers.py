"""What the organisation tells: a batch changed the tree, so reports move with their units. And what the catalogue tells the
page cache: pages of public figures show what is public today, under the names of today."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save

from congdoan.organisation.models import TreeVersion, UnitName
from congdoan.organisation.signals import tree_changed
from congdoan.pages.cache import purge
from congdoan.reporting.actions import queueing
from congdoan.reporting.models import Indicator, IndicatorVersion, Obligation, OutsideFigure, Target
from congdoan.reporting.queries.public import TAG

SHOWN = (Indicator, IndicatorVersion, Target, OutsideFigure, Obligation)
"""What pages of public figures are made of, besides totals."""


def connect() -> None:
    """Listen."""
    tree_changed.connect(_follow, dispatch_uid="reporting follows the tree")
    for signal in (post_save, post_delete):
        for model in SHOWN:
            signal.connect(_shown_changed, sender=model, dispatch_uid=f"figures show {model.__name__}")
        signal.connect(_name_changed, sender=UnitName, dispatch_uid="figures show names")


def _follow(sender: Any, version: TreeVersion, **kwargs: Any) -> None:
    queueing.tree_changed(version)
    purge(TAG)


def _shown_changed(sender: Any, **kwargs: Any) -> None:
    purge(TAG)


def _name_changed(sender: Any, instance: UnitName, **kwargs: Any) -> None:
    """Only a unit to which sheets are owed is named on these pages."""
    if Obligation.objects.filter(top=instance.unit_id).exists():
        purge(TAG)
