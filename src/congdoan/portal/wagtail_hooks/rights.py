"""Where Wagtail's admin shows or does more than a department may see or do (see also ``views.gates``)."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail import hooks

from congdoan.accounts.models import User
from congdoan.portal import queries


@hooks.register("before_move_page")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def move_what_one_may_move(request: HttpRequest, page: Any, destination: Any) -> None:
    """Wagtail asks only when the move is carried out; its question before it already tells the title."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied


@hooks.register("construct_page_chooser_queryset")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def choose_what_one_may_see(pages: Any, request: HttpRequest) -> Any:
    """What readers see may be linked to by everyone; a draft, by those who see it in the tree."""
    return queries.choosable_pages(pages, cast("User", request.user))


@hooks.register("construct_reports_menu")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def reports_for_administrators(request: HttpRequest, items: list[Any]) -> None:
    """Leave out what ``views.gates`` refuses."""
    if not cast("User", request.user).is_superuser:
        items[:] = [item for item in items if item.name != "page-types-usage"]
