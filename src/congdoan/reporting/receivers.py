"""What the organisation tells: a batch changed the tree, so reports move with their units."""

from __future__ import annotations

from typing import Any

from congdoan.organisation.models import TreeVersion
from congdoan.organisation.signals import tree_changed
from congdoan.reporting.actions import queueing


def connect() -> None:
    """Listen."""
    tree_changed.connect(_follow, dispatch_uid="reporting follows the tree")


def _follow(sender: Any, version: TreeVersion, **kwargs: Any) -> None:
    queueing.tree_changed(version)
