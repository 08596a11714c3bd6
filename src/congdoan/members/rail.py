"""What the register puts on the desk: its entry on the rail, transfers that wait, the number of members at a glance."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congdoan.members import switch
from congdoan.members.models import COUNTED, Membership, active_on
from congdoan.members.queries import exports, subtree
from congdoan.members.queries import transfers as queries
from congdoan.members.queries.unplaced import unplaced
from congdoan.notices import glance, waiting
from congdoan.notices.kinds import Kind
from congdoan.organisation.rights import Right
from congdoan.ui import rail

MOST_WAITING = 8


def register() -> None:
    """Fill the registries of the desk."""
    rail.register(
        rail.Entry(
            key="members",
            order=130,
            icon="card",
            title=gettext_lazy("Đoàn viên"),
            url=_first_screen,
            visible=_sees_members,
            match=("/lam-viec/doan-vien/",),
        )
    )
    waiting.register("transfers", _waiting, title=gettext_lazy("chuyển sinh hoạt"))
    glance.register("members", _glance, order=50)


def _capacity(request: HttpRequest) -> Any:
    return getattr(request, "capacity", None) if switch.is_on() else None


def _sees_members(request: HttpRequest) -> bool:
    capacity = _capacity(request)
    return bool(
        capacity is not None and (capacity.may(Right.SEE_MEMBERS) or capacity.may(Right.COUNT_MEMBERS))
    )


def _first_screen(request: HttpRequest) -> str:
    """Who may not see people begins with the counts."""
    capacity = _capacity(request)
    sees = capacity is not None and capacity.may(Right.SEE_MEMBERS)
    return reverse("members:register" if sees else "members:movement")


def _waiting(request: HttpRequest) -> Iterator[waiting.Waiting]:
    capacity = _capacity(request)
    if capacity is None or not capacity.may(Right.ADMIT_MEMBERS):
        return
    for transfer in queries.waiting(capacity)[:MOST_WAITING]:
        yield waiting.Waiting(
            # No name: the start page is no page of the register, and its reading is not in the log.
            title=_("Chuyển sinh hoạt từ ngày %(day)s") % {"day": f"{transfer.effective_on:%d/%m/%Y}"},
            kind=Kind.TO_ANSWER,
            label=_("Chờ đơn vị bạn trả lời"),
            since=transfer.requested_at,
            url=reverse("members:transfer", args=[transfer.pk]),
            action=_("Xem và trả lời"),
        )
    for export in exports.waiting(capacity)[:MOST_WAITING] if capacity.may(Right.EXPORT_MEMBERS) else ():
        yield waiting.Waiting(
            title=_("Xuất danh sách %(count)d đoàn viên của %(unit)s")
            % {"count": export.row_count, "unit": export.unit.code},
            kind=Kind.TO_ANSWER,
            label=_("Chờ người thứ hai"),
            since=export.requested_at,
            url=reverse("members:export", args=[export.pk]),
            action=_("Xem và trả lời"),
        )
    first = unplaced(capacity).select_related("unit").first()
    if first is not None:
        yield waiting.Waiting(
            title=_("Đoàn viên của đơn vị đã kết thúc chờ được phân về đơn vị mới"),
            kind=Kind.TO_ANSWER,
            label=_("Chờ phân về đơn vị"),
            since=timezone.make_aware(datetime.combine(first.unit.ended_on or capacity.on, time.min)),
            url=reverse("members:unplaced"),
            action=_("Xem và phân về đơn vị"),
        )


def _glance(request: HttpRequest) -> Iterator[glance.Glance]:
    capacity = _capacity(request)
    if capacity is None or capacity.unit is None or not capacity.may(Right.COUNT_MEMBERS):
        return
    here = (
        Membership.objects.filter(COUNTED)
        .filter(active_on(capacity.on))
        .filter(subtree.below(capacity.unit, capacity.on))
    )
    yield glance.Glance(label=_("Đoàn viên"), value=here.count(), url=reverse("members:movement"))
