"""What Wagtail changes in many rows with one statement, which no signal tells of."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Model

from congdoan.accounts.models import User
from congdoan.audit import actions as audit


def record_each(verb: str, objects: Iterable[Model], *, by: User, after: dict[str, Any]) -> None:
    """Write an entry for each of ``objects``, in the caller's transaction."""
    for item in objects:
        audit.record(verb, item, actor=by, after=after)


def record_rights(group: Group, *, before: Collection[str], after: Collection[str], by: User) -> None:
    """Write which rights on pages and collections ``group`` lost and got; nothing when they are the same."""
    lost, got = sorted(set(before) - set(after)), sorted(set(after) - set(before))
    if lost or got:
        audit.record("group.rights_changed", group, actor=by, before={"rights": lost}, after={"rights": got})
