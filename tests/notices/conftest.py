"""People who are told something."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from congdoan.accounts.models import User
from congdoan.notices import glance, recent, reminders, waiting
from congdoan.notices.actions import notices
from congdoan.notices.kinds import Kind
from congdoan.notices.models import Notice
from tests.factories import UserFactory

Told = Callable[..., Notice]


@pytest.fixture
def officer(db: Any) -> User:
    """Somebody with an address."""
    return UserFactory(email="may@example.vn")


@pytest.fixture
def told() -> Told:
    """Tells a person something, long enough ago that the next digest takes it."""

    def tell(user: User, key: str = "report:1", title: str = "Báo cáo bị trả lại", **more: Any) -> Notice:
        notices.tell([user], more.pop("kind", Kind.RETURNED), key, title, **more)
        Notice.objects.filter(recipient=user, key=key).update(told_at=timezone.now() - dt.timedelta(days=1))
        return Notice.objects.get(recipient=user, key=key)

    return tell


@pytest.fixture(autouse=True)
def _registries_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test registers is gone after it, and what apps registered is not there."""
    for module, names in {
        waiting: ["_sources"],
        glance: ["_sources"],
        reminders: ["_sources"],
        recent: ["_sentences", "_linkers"],
    }.items():
        for name in names:
            monkeypatch.setattr(module, name, {})


def at(hour: int, minute: int = 0, *, days: int = 0) -> dt.datetime:
    """Return a moment of today (or so many days from it) in the time of the installation."""
    day = timezone.localdate() + dt.timedelta(days=days)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))
