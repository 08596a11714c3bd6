"""What the desk itself puts on the rail: what waits, the editors' admin, the way out to the public page."""

from __future__ import annotations

from typing import cast
from weakref import WeakKeyDictionary

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from congdoan.accounts.models import User
from congdoan.desk import queries
from congdoan.ui import rail

_waiting: WeakKeyDictionary[HttpRequest, list[queries.Waiting]] = WeakKeyDictionary()


def waiting_of(request: HttpRequest) -> list[queries.Waiting]:
    """Return what waits for the reader. Asked once for a request: the start page and the rail both want it."""
    if request not in _waiting:
        _waiting[request] = queries.waiting_for(cast("User", request.user))
    return _waiting[request]


def _may_edit(request: HttpRequest) -> bool:
    return cast("User", request.user).has_perm("wagtailadmin.access_admin")


def register() -> None:
    """Fill the rail with the desk's own entries."""
    rail.register(
        rail.Entry(
            key="start",
            order=0,
            icon="inbox",
            title=_("Việc của tôi"),
            url="desk:start",
            count=lambda request: len(waiting_of(request)),
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
