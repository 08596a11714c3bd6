"""The bell on the rail."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from congdoan.accounts.models import User
from congdoan.notices import queries
from congdoan.ui import rail


def register() -> None:
    """Put the bell on the rail, with the number of what is not read."""
    rail.register(
        rail.Entry(
            key="notices",
            order=10,
            icon="bell",
            title=_("Thông báo"),
            url="notices:list",
            count=_unread,
            match=("/lam-viec/thong-bao/",),
        )
    )


def _unread(request: HttpRequest) -> int:
    return queries.unread_count(cast("User", request.user))
