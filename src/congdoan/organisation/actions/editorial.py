"""Membership in the groups of the newsroom follows from mandates."""

from __future__ import annotations

from django.db import transaction

from congdoan.accounts.models import User
from congdoan.audit import actions as audit
from congdoan.organisation.queries.editorial import differences, perhaps_different

_CACHES = ("_perm_cache", "_user_perm_cache", "_group_perm_cache")


def sync(user: User) -> bool:
    """Make the user's groups of the newsroom what their valid mandates give. Says whether something changed.

    One query and no write where nothing differs. Superusers and accounts without an officer keep what they have.
    """
    if not list(differences(user)):
        return False
    with transaction.atomic():
        # Two requests of one editor at the same moment follow each other; the second finds nothing left to do.
        User.objects.select_for_update(of=("self",)).get(pk=user.pk)
        wrong = list(differences(user))
        taken = [group for group in wrong if not group.is_given]  # type: ignore[attr-defined]  # annotated
        given = [group for group in wrong if group.is_given]  # type: ignore[attr-defined]  # annotated
        user.groups.remove(*taken)
        user.groups.add(*given)
        if wrong:
            audit.record(
                "user.newsroom_groups_changed",
                user,
                actor=None,
                before={"groups": [group.name for group in taken]},
                after={"groups": [group.name for group in given]},
            )
    for name in _CACHES:
        user.__dict__.pop(name, None)
    return bool(wrong)


def sync_everybody() -> int:
    """Do so for everybody whom it may concern: mandates begin and end by the calendar. Returns how many changed."""
    return sum(sync(user) for user in perhaps_different().order_by("pk").iterator())
