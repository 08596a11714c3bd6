"""What follows for members when units end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.dispatch import receiver

from congdoan.members.actions import succession
from congdoan.organisation.signals import tree_changed


@receiver(tree_changed)
def members_follow_their_units(sender: Any, ended: Mapping[int, date], **kwargs: Any) -> None:
    """Let members go on in the heir of their unit, in the transaction of the batch."""
    succession.follow(ended)
