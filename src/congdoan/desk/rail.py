"""What the desk itself puts on the rail: what waits, the editors' admin, the way out to the public page."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from congdoan.accounts.models import User
from congdoan.desk.queries import newsroom
from congdoan.notices import waiting
from congdoan.ui import rail


def _may_edit(request: HttpRequest) -> bool:
    return newsroom.may_edit(cast("User", request.user))


def register() -> None:
    """Fill the rail with the desk's own entries."""
    rail.register(
        rail.Entry(
            key="start",
            order=0,
            icon="inbox",
            title=_("Việc của tôi"),
            url="desk:start",
            count=lambda request: len(waiting.waiting_for(request)),
            match=("/lam-viec/",),
        )
    )
    rail.register(
        rail.Entry(
            key="admin",
            order=900,
            icon="edit",
            title=_("Quản trị"),
            url="wagtailadmin_home",
            visible=_may_edit,
        )
    )
    rail.register(
        rail.Entry(
            key="public", order=990, icon="globe", title=_("Trang công khai"), url=lambda _request: "/"
        )
    )
