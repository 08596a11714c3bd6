"""What figures put on the rail of the desk, and what waits there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from congdoan.figures.queries import discrepancies
from congdoan.notices import recent, waiting
from congdoan.notices.kinds import Kind
from congdoan.organisation.rights import Right
from congdoan.ui import rail


def register() -> None:
    """Fill the rail and the start page."""
    rail.register(
        rail.Entry(
            key="discrepancies",
            order=104,
            icon="warning",
            title=gettext_lazy("Số liệu sai khác"),
            url="figures:discrepancies",
            visible=_publishes,
            count=_open,
            match=("/lam-viec/so-lieu-sai-khac/",),
        )
    )
    rail.register(
        rail.Entry(
            key="readings",
            order=105,
            icon="search",
            title=gettext_lazy("Đọc số liệu"),
            url="figures:readings",
            visible=_reads,
            match=("/lam-viec/doc-so-lieu/", "/lam-viec/so-lieu-giay/"),
        )
    )
    waiting.register("figures", _waiting, title=gettext_lazy("số liệu công bố"))
    recent.say(
        {
            "discrepancy.kept": gettext_lazy("Giữ số đã công bố"),
            "erratum.published": gettext_lazy("Đính chính số liệu"),
        }
    )


def _reads(request: HttpRequest) -> bool:
    capacity: Any = getattr(request, "capacity", None)
    rights = (Right.ENTER_REPORTS, Right.EDIT_NEWS, Right.CONFIGURE_REPORTS)
    return capacity is not None and any(capacity.may(right) for right in rights)


def _publishes(request: HttpRequest) -> bool:
    capacity: Any = getattr(request, "capacity", None)
    return capacity is not None and bool(capacity.may(Right.PUBLISH_NEWS))


def _open(request: HttpRequest) -> int:
    return discrepancies.open_count(request.user)


def _waiting(request: HttpRequest) -> Iterator[waiting.Waiting]:
    if not _publishes(request):
        return
    count = _open(request)
    if count:
        words = ngettext(
            "%(count)d số liệu đã công bố nay khác số báo cáo",
            "%(count)d số liệu đã công bố nay khác số báo cáo",
            count,
        )
        yield waiting.Waiting(
            title=words % {"count": count},
            kind=Kind.TO_ANSWER,
            url=reverse("figures:discrepancies"),
            action=_("Quyết định"),
        )
