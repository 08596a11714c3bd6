"""What people's requests put on the desk: one's own record on the rail, what waits for me, reminders before due days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congdoan.accounts.models import User
from congdoan.members import switch
from congdoan.members.engine.clocks import LONGEST_EXTENSION
from congdoan.members.queries import requests as queries
from congdoan.notices import reminders, waiting
from congdoan.notices.kinds import Kind
from congdoan.organisation.models import Mandate
from congdoan.organisation.queries.capacities import Capacity, named_mandates, valid_at
from congdoan.organisation.rights import MATRIX, Right
from congdoan.ui import rail

MOST_WAITING = 8


def register() -> None:
    """Fill the registries of the desk."""
    rail.register(
        rail.Entry(
            key="own_record",
            order=850,
            icon="user",
            title=gettext_lazy("Hồ sơ của tôi"),
            url="members:own",
            visible=_has_signed_in,
            match=("/ca-nhan/",),
        )
    )
    waiting.register("data_requests", _waiting, title=gettext_lazy("yêu cầu về dữ liệu cá nhân"))
    reminders.register("data_requests", _due)


def _has_signed_in(request: HttpRequest) -> bool:
    return switch.is_on() and request.user.is_authenticated


def _waiting(request: HttpRequest) -> Iterator[waiting.Waiting]:
    """No names: the start page is no page of the register, and its reading is not in the log."""
    capacity = getattr(request, "capacity", None) if switch.is_on() else None
    if capacity is None:
        return
    if capacity.may(Right.ADMIT_MEMBERS):
        for one in queries.corrections_to_decide(capacity)[:MOST_WAITING]:
            yield waiting.Waiting(
                title=_("Đề nghị đính chính hồ sơ"),
                kind=Kind.TO_ANSWER,
                due_on=one.due_on,
                since=one.requested_at,
                url=reverse("members:correction", args=[one.pk]),
                action=_("Xem và trả lời"),
            )
    if capacity.may(Right.KEEP_RECORDS):
        for asked in queries.data_requests_open(capacity)[:MOST_WAITING]:
            yield waiting.Waiting(
                title=_("Yêu cầu: %(kind)s") % {"kind": asked.get_kind_display()},
                kind=Kind.TO_ANSWER,
                due_on=asked.acknowledge_due_on if asked.status == "open" else asked.due_on,
                since=asked.recorded_at,
                url=reverse("members:data_request", args=[asked.pk]),
                action=_("Xem và trả lời"),
            )


def _due(today: dt.date) -> Iterator[reminders.Due]:
    """Requests of the law remind those who keep the records. Few people hold that post, so each is asked by itself."""
    if not switch.is_on():
        return
    near = today + dt.timedelta(days=LONGEST_EXTENSION)
    roles = [role for role, rights in MATRIX.items() if Right.KEEP_RECORDS in rights]
    mandates = named_mandates(
        Mandate.objects.filter(
            valid_at(timezone.now()), position__role__in=roles, officer__user__isnull=False
        ).select_related("officer__user"),
        today,
    )
    for mandate in mandates.select_related("officer__user"):
        user = mandate.officer.user
        if not isinstance(user, User):
            continue
        for one in queries.data_requests_open(Capacity(user, mandate, today)).filter(due_on__lte=near):
            yield reminders.Due(
                user=user,
                key=f"request-{one.pk}",
                due_on=one.due_on,
                title=_("Yêu cầu về dữ liệu cá nhân: %(kind)s") % {"kind": one.get_kind_display()},
                url=reverse("members:data_request", args=[one.pk]),
            )
