"""Polls in the editors' admin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
)
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from congdoan import vntext
from congdoan.accounts.models import User
from congdoan.participation import actions, exports, queries
from congdoan.participation.errors import HasBallotsError, ParticipationError
from congdoan.participation.forms import CallForm
from congdoan.participation.models import MAX_OPTIONS, MIN_OPTIONS, Call


def _moment(moment: datetime | None) -> str:
    # Wagtail's own column calls every moment to come "just now".
    return vntext.format_datetime(timezone.localtime(moment)) if moment else ""


class ResultsPanel(HelpPanel):  # type: ignore[misc]  # Wagtail is untyped
    """The votes counted so far, and a button that closes the poll now."""

    class BoundPanel(HelpPanel.BoundPanel):  # type: ignore[misc]  # Wagtail is untyped
        """The panel of one poll."""

        def is_shown(self) -> bool:
            """Not while the poll is still being made."""
            return self.instance.pk is not None and bool(super().is_shown())

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            """Add the counted poll."""
            call = Call.objects.with_state().get(pk=self.instance.pk)
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "call": call, "poll": exports.poll_context(queries.poll_of(call))}


class OptionsPanel(InlinePanel):  # type: ignore[misc]  # Wagtail is untyped
    """The options. Their number is checked by ``CallForm``, whose sentence says what to do."""

    def get_form_options(self) -> dict[str, Any]:
        """Draw rows for the least number, but leave out Django's own message about it."""
        options: dict[str, Any] = super().get_form_options()
        options["formsets"]["options"] |= {"validate_min": False, "validate_max": False}
        return options


class CallViewSet(SnippetViewSet):  # type: ignore[misc]  # Wagtail is untyped
    """Polls: question, options, times, results."""

    model = Call
    icon = "list-ul"
    menu_label = gettext_lazy("Bình chọn")
    menu_order = 310
    add_to_admin_menu = True
    copy_view_enabled = False  # a copy would carry the slug and the times of another poll
    list_display = [
        "title",
        Column("state", label=gettext_lazy("Trạng thái"), accessor=lambda call: Call.State(call.state).label),
        Column("closes_at", label=gettext_lazy("Đóng lúc"), accessor=lambda call: _moment(call.closes_at)),
        NumberColumn("votes", label=gettext_lazy("Số phiếu")),
    ]
    search_fields = ["title", "title_en"]
    search_backend_name = None
    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel("title"), FieldPanel("title_en")], heading=gettext_lazy("Câu hỏi")),
            OptionsPanel(
                "options",
                [FieldRowPanel([FieldPanel("text"), FieldPanel("text_en")])],
                heading=gettext_lazy("Các phương án"),
                label=gettext_lazy("phương án"),
                min_num=MIN_OPTIONS,
                max_num=MAX_OPTIONS,
            ),
            FieldPanel("status"),
            FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
            FieldPanel("on_front"),
            ResultsPanel(template="participation/admin/results.html", heading=gettext_lazy("Kết quả")),
            MultiFieldPanel(
                [FieldPanel("note"), FieldPanel("note_en"), FieldPanel("slug"), FieldPanel("cancel_reason")],
                heading=gettext_lazy("Thêm"),
                classname="collapsed",
            ),
        ],
        base_form_class=CallForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Call]:
        """All polls, with where they stand and their votes."""
        polls: QuerySet[Call] = Call.objects.with_state().annotate(votes=Count("ballots"))
        return polls


register_snippet(CallViewSet)


@hooks.register("before_delete_snippet")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def keep_what_was_voted_on(request: HttpRequest, instances: Sequence[Any]) -> HttpResponse | None:
    """Refuse to delete a poll that has ballots, alone or among others, and say what can be done instead."""
    voted = [call for call in instances if isinstance(call, Call) and queries.has_ballots(call)]
    if not voted:
        return None
    for call in voted:
        messages.error(request, f"“{call}”: {HasBallotsError().user_message}")
    return redirect(Call.snippet_viewset.get_url_name("list"))


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def admin_addresses() -> list[URLPattern]:
    """Add the address that closes a poll now."""
    return [path("binh-chon/<int:pk>/dong/", close_now, name="participation_close")]


@require_POST
def close_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an open poll at once, for those who may change polls."""
    if not request.user.has_perm("participation.change_call"):
        raise PermissionDenied
    try:
        actions.close_call(pk, by=cast("User", request.user))
    except ParticipationError as error:
        messages.error(request, error.user_message)
    else:
        messages.success(request, _("Đã đóng bình chọn. Kết quả vẫn hiện trên trang của bình chọn."))
    return redirect(Call.snippet_viewset.get_url_name("edit"), pk)
