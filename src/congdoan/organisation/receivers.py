"""What follows when somebody signs in, when mandates change, and when units end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from congdoan.accounts.models import User
from congdoan.organisation.actions import editorial, mandates
from congdoan.organisation.signals import mandates_changed, tree_changed


@receiver(mandates_changed)
def newsroom_follows_mandates(sender: Any, users: Sequence[int], **kwargs: Any) -> None:
    """Let editors in, or no longer, in the transaction that gives or ends their mandate."""
    for user in User.objects.filter(pk__in=users):
        editorial.sync(user)


@receiver(user_logged_in)
def newsroom_follows_the_calendar(sender: Any, user: User, **kwargs: Any) -> None:
    """Let in whoever's mandate has begun since."""
    editorial.sync(user)


@receiver(tree_changed)
def posts_end_with_their_units(sender: Any, ended: Mapping[int, date], **kwargs: Any) -> None:
    """End posts that would begin in a unit that is no longer there."""
    mandates.end_unbegun(ended)
