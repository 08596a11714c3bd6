"""What Wagtail changes in many rows with one statement, which no signal tells of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from congdoan.accounts.models import User
from congdoan.audit import actions as audit


def record_each(verb: str, objects: Iterable[Model], *, by: User, after: dict[str, Any]) -> None:
    """Write an entry for each of ``objects``, in the caller's transaction."""
    for item in objects:
        audit.record(verb, item, actor=by, after=after)
