"""The list of notices and how to be told."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congdoan.accounts.models import User
from congdoan.notices import letters, queries
from congdoan.notices.actions import notices as actions
from congdoan.notices.actions import preferences
from congdoan.notices.forms import PreferenceForm
from congdoan.notices.models import Notice, Preference

PER_PAGE = 20
UNREAD = "chua-doc"


@require_safe
@login_required
@never_cache
def notice_list(request: HttpRequest) -> HttpResponse:
    """List what the reader was told, the newest first; on demand only what they have not read."""
    user = _reader(request)
    unread_only = request.GET.get("xem") == UNREAD
    found = queries.notices_of(user, unread_only=unread_only)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("trang"))
    unread = queries.unread_count(user)
    return render(
        request,
        "notices/list.html",
        {
            "page": page,
            "notices": [_shown(notice) for notice in page],
            "unread": unread,
            "unread_only": unread_only,
            "tabs": [
                {"label": _("Tất cả"), "url": reverse("notices:list"), "is_current": not unread_only},
                {
                    "label": _("Chưa đọc"),
                    "url": f"{reverse('notices:list')}?xem={UNREAD}",
                    "is_current": unread_only,
                    "count": unread,
                },
            ],
        },
    )


@require_safe
@login_required
@never_cache
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to what a notice tells of, and remember that it was read. The links of mails lead here too."""
    user = _reader(request)
    try:
        notice = queries.notices_of(user).get(pk=pk)
    except Notice.DoesNotExist:
        raise Http404 from None
    if request.method == "GET":
        actions.mark_read(user, [notice.pk])
    return redirect(notice.url or "notices:list")


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    count = actions.mark_read(_reader(request))
    if count:
        messages.success(request, _("Đã đánh dấu %(count)d thông báo là đã đọc.") % {"count": count})
    return redirect("notices:list")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def notice_settings(request: HttpRequest) -> HttpResponse:
    """Choose when mails come."""
    user = _reader(request)
    preference = queries.preference_of(user)
    form = PreferenceForm(
        request.POST or None,
        initial={
            "mail": preference.mail,
            "hour": preference.hour,
            "language": preference.language or settings.LANGUAGE_CODE,
        },
    )
    if form.is_valid():
        chosen = form.cleaned_data
        capacity = getattr(request, "capacity", None)
        preferences.choose(
            user,
            mail=Preference.Mail(chosen["mail"]),
            hour=chosen["hour"],
            language=chosen["language"],
            capacity=capacity.audit if capacity is not None else ("", ""),
        )
        messages.success(request, _("Đã lưu cách nhận thông báo."))
        return redirect("notices:settings")
    crumbs = [{"title": _("Thông báo"), "url": reverse("notices:list")}]
    return render(request, "notices/settings.html", {"form": form, "email": user.email, "crumbs": crumbs})


def _reader(request: HttpRequest) -> User:
    return cast("User", request.user)


def _shown(notice: Notice) -> dict[str, Any]:
    due = letters.due_words(notice, timezone.localdate())
    return {
        "title": notice.title,
        "text": " ".join(filter(None, [due, notice.text])),
        "url": reverse("notices:open", args=[notice.pk]),
        "when": notice.told_at,
        "is_read": notice.is_read,
    }
