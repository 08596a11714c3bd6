"""What reporting puts on the rail of the desk: my unit's reports, what waits for review, the figures."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from congdoan.organisation.rights import Right
from congdoan.reporting.queries import inbox
from congdoan.reporting.queries.scope import SEEING
from congdoan.reporting.sections import FILLING
from congdoan.ui import rail


def register() -> None:
    """Fill the rail. What waits on the start page is in ``duties``."""
    rail.register(
        rail.Entry(
            key="reports",
            order=100,
            icon="document",
            title=_("Báo cáo"),
            url="reporting:reports",
            visible=_fills,
            match=("/lam-viec/bao-cao/",),
        )
    )
    rail.register(
        rail.Entry(
            key="review",
            order=101,
            icon="inbox",
            title=_("Duyệt báo cáo"),
            url="reporting:inbox",
            visible=_reviews,
            count=_to_review,
            match=("/lam-viec/duyet-bao-cao/", "/lam-viec/bao-cao-con-thieu/"),
        )
    )
    rail.register(
        rail.Entry(
            key="figures",
            order=102,
            icon="poll",
            title=_("Số liệu"),
            url="reporting:dashboard",
            visible=_sees,
            match=("/lam-viec/so-lieu/", "/lam-viec/tong-hop/"),
        )
    )
    rail.register(
        rail.Entry(
            key="sheets",
            order=103,
            icon="settings",
            title=_("Biểu mẫu, chỉ tiêu"),
            url="reporting:managed_sheets",
            visible=_sets_up,
            match=("/lam-viec/bieu-mau/",),
        )
    )


def _may(request: HttpRequest, *rights: Right) -> bool:
    capacity: Any = getattr(request, "capacity", None)
    return capacity is not None and any(capacity.may(right) for right in rights)


def _fills(request: HttpRequest) -> bool:
    return _may(request, *FILLING)


def _reviews(request: HttpRequest) -> bool:
    return _may(request, Right.REVIEW_REPORTS)


def _sets_up(request: HttpRequest) -> bool:
    return _may(request, Right.CONFIGURE_REPORTS)


def _sees(request: HttpRequest) -> bool:
    return _may(request, *SEEING)


def _to_review(request: HttpRequest) -> int:
    return inbox.waiting(request.capacity)  # type: ignore[attr-defined]  # the middleware sets it
