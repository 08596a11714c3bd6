"""Screens of Wagtail's admin that show titles of pages without asking who may see them (Wagtail 8.0.1).

Each checks, then hands over to Wagtail's own view. A department must not learn from them what another prepares.
"""

from __future__ import annotations

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.views.bulk_action.dispatcher import index as wagtail_bulk
from wagtail.admin.views.chooser import ChosenMultipleView
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.models import Page

from congdoan.accounts.models import User
from congdoan.portal import queries


@require_safe
def page_types_usage(request: HttpRequest, *, results_only: bool = False) -> HttpResponse:
    """How many pages of each kind there are, and the last one edited, wherever it stands: for administrators."""
    if not cast("User", request.user).is_superuser:
        raise PermissionDenied
    response: HttpResponse = PageTypesUsageReportView.as_view(results_only=results_only)(request)
    return response


@require_safe
def chosen_pages(request: HttpRequest) -> HttpResponse:
    """The titles of pages chosen in a chooser, by number: only of those that the chooser shows."""
    _refuse_unseen(request)
    response: HttpResponse = ChosenMultipleView.as_view()(request)
    return response


@require_http_methods(["GET", "POST"])
def bulk_pages(request: HttpRequest, action: str) -> HttpResponse:
    """Something done to many pages at once; the question before it names also those that one may not touch."""
    _refuse_unseen(request)
    response: HttpResponse = wagtail_bulk(request, "wagtailcore", "page", action)
    return response


def _refuse_unseen(request: HttpRequest) -> None:
    """Raise ``Http404`` when the address names a page that its reader sees neither in public nor in the tree."""
    user = cast("User", request.user)
    asked = set(request.GET.getlist("id"))
    if "all" in asked:
        asked.remove("all")
        _refuse_foreign_list(user, request.GET.get("childOf", ""))
    numbers = {number for number in asked if number.isdecimal()}
    seen = queries.choosable_pages(Page.objects.filter(pk__in=numbers), user)
    if numbers != asked or seen.count() != len(numbers):
        raise Http404


def _refuse_foreign_list(user: User, parent: str) -> None:
    """Raise ``Http404`` for "all pages of this list" where the list holds what ``user`` may not see."""
    page = Page.objects.filter(pk=parent).first() if parent.isdecimal() else None
    if not user.is_superuser and (page is None or not page.permissions_for_user(user).can_edit()):
        raise Http404
