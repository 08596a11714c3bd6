"""What follows when somebody signs in, when mandates change, and when units change or end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_save
from django.dispatch import receiver

from congdoan.accounts.models import User
from congdoan.organisation.actions import editorial, mandates
from congdoan.organisation.models import TreeVersion, Unit
from congdoan.organisation.queries.history import units_of_version
from congdoan.organisation.search_sources import KIND
from congdoan.organisation.signals import mandates_changed, tree_changed
from congdoan.search.actions import note_changed, note_many


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


@receiver(tree_changed)
def search_follows_the_tree(
    sender: Any, version: TreeVersion, ended: Mapping[int, date], **kwargs: Any
) -> None:
    """Let the units of a batch be found as they are now: new, renamed, moved, ended, or with others of those above."""
    note_many(KIND, units_of_version(version) | set(ended))


@receiver(post_save, sender=Unit)
def search_follows_contacts(instance: Unit, created: bool, **kwargs: Any) -> None:
    """Let a unit be found by what it says of itself now; new ones come with their batch."""
    if not created:
        note_changed(KIND, instance.pk)
