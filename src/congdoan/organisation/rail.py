"""What the people of the organisation put on the desk's rail."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from congdoan.organisation.rights import Right
from congdoan.ui import rail


def register_people() -> None:
    """Put the officers on the rail of whoever may see some."""
    rail.register(
        rail.Entry(
            key="officers",
            order=120,
            icon="users",
            title=_("Cán bộ"),
            url="organisation:officers",
            visible=_sees_officers,
            match=("/lam-viec/can-bo/",),
        )
    )


def register_tokens() -> None:
    """Lead those to the keys of their mandate who have no list of officers to find them on: editors, members."""
    rail.register(
        rail.Entry(
            key="tokens",
            order=860,
            icon="key",
            title=_("Mã truy cập API"),
            url="organisation:tokens",
            visible=_has_a_mandate_only,
            match=("/lam-viec/can-bo/ma-truy-cap/",),
        )
    )


def register_units() -> None:
    """Put the organisation on the rail of whoever may see units."""
    rail.register(
        rail.Entry(
            key="units",
            order=110,
            icon="tree",
            title=_("Tổ chức"),
            url="organisation:tree",
            visible=_sees_units,
            match=("/lam-viec/to-chuc/",),
        )
    )


def _has_a_mandate_only(request: HttpRequest) -> bool:
    capacity = getattr(request, "capacity", None)
    return bool(capacity is not None and capacity.mandate and not capacity.may(Right.SEE_OFFICERS))


def _sees_units(request: HttpRequest) -> bool:
    capacity = getattr(request, "capacity", None)
    return bool(capacity is not None and capacity.may(Right.SEE_UNITS))


def _sees_officers(request: HttpRequest) -> bool:
    capacity = getattr(request, "capacity", None)
    return bool(capacity is not None and capacity.may(Right.SEE_OFFICERS))
