"""The desk."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from congdoan.accounts.models import User
from congdoan.desk import queries, rail


@require_safe
@login_required
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """What waits for me, what is planned, what I published last."""
    user = cast("User", request.user)
    may_edit = user.has_perm("wagtailadmin.access_admin")
    return render(
        request,
        "desk/start.html",
        {
            "waiting": rail.waiting_of(request),
            "scheduled": queries.scheduled_for(user) if may_edit else [],
            "published": queries.recently_published(user) if may_edit else [],
        },
    )
