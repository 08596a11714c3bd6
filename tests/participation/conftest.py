"""Polls to test with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from congdoan.participation import actions, views
from congdoan.participation.engine import AddressLimit
from congdoan.participation.models import Call

QUESTION = "Bạn quan tâm nhất đến chính sách nào?"
OPTIONS = ["Nhà ở cho công nhân", "Tiền lương", "Giờ làm việc"]


@pytest.fixture
def make_poll(db: None) -> Callable[..., Call]:
    """Return a function that makes a poll; it opened an hour ago unless said otherwise."""

    def make(question: str = QUESTION, **fields: Any) -> Call:
        fields.setdefault("opens_at", timezone.now() - timedelta(hours=1))
        return actions.create_site_poll(
            question=question, options=fields.pop("options", OPTIONS), by=None, **fields
        )

    return make


@pytest.fixture
def poll(make_poll: Callable[..., Call]) -> Call:
    """An open poll."""
    return make_poll(slug="chinh-sach")


def token() -> str:
    """Draw a token as a browser does."""
    return str(uuid4())


def vote(call: Call, number: int = 0, **tokens: str) -> actions.Cast:
    """Vote for the option at ``number``, as a new voter with a new form unless said otherwise."""
    option = call.options.order_by("sort_order")[number]
    return actions.cast_ballot(
        call.slug, option.pk, voter_token=tokens.get("voter", token()), form_token=tokens.get("form", token())
    )


def votes_of(call: Call) -> list[int]:
    """Votes in the order of the options, read from the rows themselves."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT option_id FROM participation_ballot WHERE call_id = %s", [call.pk])
        chosen = [row[0] for row in cursor.fetchall()]
    return [chosen.count(option.pk) for option in call.options.order_by("sort_order")]


@pytest.fixture(autouse=True)
def _a_limit_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "address_limit", AddressLimit())
