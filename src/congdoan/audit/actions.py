"""Writing the trail: the only place that does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models, transaction
from django.utils import timezone

from congdoan.audit.models import Entry

SYSTEM = "Hệ thống"


def record(
    verb: str,
    subject: models.Model,
    *,
    actor: AbstractBaseUser | AnonymousUser | None,
    capacity: tuple[str, str] = ("", ""),
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> Entry:
    """Write that ``actor`` (``None``: the system itself) did ``verb`` to ``subject``.

    ``verb`` is "noun.past" ("article.published"); ``capacity`` the id and words of the mandate in whose name it
    was done; ``before`` and ``after`` the changed fields, as JSON can hold them. Raises ``RuntimeError`` outside a
    transaction: the entry must stand or fall with the change that it tells of.
    """
    return record_entry(
        verb,
        object_type=subject._meta.label_lower,  # noqa: SLF001  # Django documents _meta as public
        object_id=str(subject.pk),
        object_text=str(subject),
        actor=actor,
        capacity=capacity,
        before=before,
        after=after,
        reason=reason,
    )


def record_entry(
    verb: str,
    *,
    object_type: str,
    object_id: str,
    object_text: str,
    actor: AbstractBaseUser | AnonymousUser | None,
    capacity: tuple[str, str] = ("", ""),
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> Entry:
    """Write an entry about an object that may be gone; else as ``record``."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("audit entries are written in the transaction of the change")
    known = actor is not None and actor.is_authenticated
    return Entry.objects.create(
        at=timezone.now(),
        actor_id=str(actor.pk) if actor is not None and known else "",
        actor_text=(str(actor) if known else SYSTEM)[:200],
        capacity_id=capacity[0],
        capacity_text=capacity[1],
        verb=verb,
        object_type=object_type,
        object_id=object_id,
        object_text=object_text[:300],
        before=dict(before) if before is not None else None,
        after=dict(after) if after is not None else None,
        reason=reason,
        request_id=str(structlog.contextvars.get_contextvars().get("request_id", "")),
    )
