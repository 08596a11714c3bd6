"""The desk."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from congdoan.accounts.models import User
from congdoan.desk import queries


@require_safe
@login_required
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """What waits for me, what is planned, what I published last."""
    user = cast("User", request.user)
    may_edit = user.has_perm("wagtailadmin.access_admin")
    waiting = queries.waiting_for(user)
    return render(
        request,
        "desk/start.html",
        {
            "waiting": waiting,
            "scheduled": queries.scheduled_for(user) if may_edit else [],
            "published": queries.recently_published(user) if may_edit else [],
            "desk_menu": _menu(may_edit=may_edit, waiting=len(waiting)),
        },
    )


def _menu(*, may_edit: bool, waiting: int) -> list[dict[str, Any]]:
    menu = [
        {
            "title": _("Việc của tôi"),
            "url": reverse("desk:start"),
            "icon": "inbox",
            "is_current": True,
            "count": waiting,
        }
    ]
    if may_edit:
        menu.append(
            {"title": _("Quản trị"), "url": reverse("wagtailadmin_home"), "icon": "edit", "is_current": False}
        )
    menu.append({"title": _("Trang công khai"), "url": "/", "icon": "globe", "is_current": False})
    return menu
