"""The desk."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from congdoan.accounts.models import User
from congdoan.desk import actions
from congdoan.desk.lines import line
from congdoan.desk.queries import newsroom, tour
from congdoan.notices import glance, recent, waiting

TOUR_SEEN = "desk_tour_seen"

SHOWN = 12
"""So many lines stand open; the rest opens on demand."""


@require_safe
@login_required
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """What waits for me, what I did last, my unit at a glance."""
    user = cast("User", request.user)
    today = timezone.localdate()
    waitlist = waiting.waiting_for(request)
    lines = [line(item, today) for item in waitlist.items]
    return render(
        request,
        "desk/start.html",
        {
            "today": today,
            "lines": lines[:SHOWN],
            "more_lines": lines[SHOWN:],
            "missing": waitlist.missing,
            "recent": recent.done_last(request, user),
            "scheduled": newsroom.scheduled_for(user),
            "facts": glance.glances_for(request),
            "tour": _tour() if _needs_tour(request) else [],
        },
    )


@require_POST
@login_required
def tour_seen(request: HttpRequest) -> HttpResponse:
    """Remember that the tour was seen or skipped."""
    actions.note_tour_seen(cast("User", request.user))
    return redirect("desk:start")


def _needs_tour(request: HttpRequest) -> bool:
    # Asked once for a session: whoever has seen it has seen it.
    if request.session.get(TOUR_SEEN):
        return False
    needs = tour.needs_tour(cast("User", request.user))
    if not needs:
        request.session[TOUR_SEEN] = True
    return needs


def _tour() -> list[dict[str, str]]:
    return [
        {
            "title": _("Việc đang chờ bạn"),
            "text": _(
                "Việc đến hạn, bị trả lại, chờ duyệt hay chờ trả lời nằm ở đây, việc gấp nhất ở trên. Mỗi dòng có một nút để làm ngay."
            ),
            "target": "#cho",
        },
        {
            "title": _("Thông báo và nhắc hạn"),
            "text": _(
                "Chuông cho biết có gì mới. Bạn được nhắc trước hạn 7 ngày và 1 ngày, và chọn được giờ nhận thư."
            ),
            "target": ".rail__link[href$='/thong-bao/']",
        },
        {
            "title": _("Đơn vị của bạn"),
            "text": _(
                "Tên, cấp trên, số đơn vị trực thuộc và hạn gần nhất của đơn vị mà bạn đang làm việc với tư cách cán bộ."
            ),
            "target": "#don-vi",
        },
    ]
