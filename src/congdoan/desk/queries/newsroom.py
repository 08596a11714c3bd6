"""What waits for an editor: articles to approve, drafts, and what will be published by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, IntegerField, OuterRef, Subquery
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import GroupApprovalTask, Page, Revision, TaskState, WorkflowState
from wagtail.permissions import page_permission_policy

from congdoan.accounts.models import User
from congdoan.notices.kinds import Kind
from congdoan.notices.waiting import Waiting

SHOWN = 8


def may_edit(user: User) -> bool:
    """Say whether ``user`` works in the newsroom."""
    return user.has_perm("wagtailadmin.access_admin")


def waiting(request: HttpRequest) -> list[Waiting]:
    """Return articles to approve and own articles unfinished; nothing for who does not work in the newsroom."""
    user = cast("User", request.user)
    return [*_to_approve(user), *_unfinished(user)] if may_edit(user) else []


def _to_approve(user: User) -> list[Waiting]:
    # All our approvals are by groups. Wagtail's own ``reviewable_by`` asks for each kind of task and each task by itself.
    states = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task__active=True)
    if not user.is_superuser:
        mine = GroupApprovalTask.objects.filter(groups__user=user).values("pk")
        states = states.filter(task__in=mine)
    states = states.select_related("revision").order_by("started_at")[:SHOWN]
    return [
        Waiting(
            title=state.revision.object_str,
            kind=Kind.TO_REVIEW,
            since=state.started_at,
            url=_edit_url(state.revision.object_id),
            action=_("Xem và duyệt"),
            urgency=2,
        )
        for state in states
    ]


def _unfinished(user: User) -> list[Waiting]:
    # Wagtail keeps the number of the page as text here, which PostgreSQL does not compare with a number by itself.
    in_review = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=Cast(OuterRef("pk"), CharField()),
        status=WorkflowState.STATUS_IN_PROGRESS,
    )
    drafts = (
        Page.objects.filter(~Exists(in_review), owner=user, has_unpublished_changes=True)
        .exclude(latest_revision__approved_go_live_at__isnull=False)  # scheduled: nothing is left to do
        .order_by("latest_revision_created_at")[:SHOWN]
    )
    return [
        Waiting(
            title=page.draft_title or page.title,
            kind=Kind.DRAFT,
            label=_("Bản nháp của bạn"),
            since=page.latest_revision_created_at,
            url=_edit_url(page.pk),
            action=_("Viết tiếp"),
        )
        for page in drafts
    ]


@dataclass(frozen=True, slots=True)
class Scheduled:
    """An article that will be published by itself."""

    title: str
    at: datetime
    url: str


def scheduled_for(user: User) -> list[Scheduled]:
    """Return what will be published later among the pages that ``user`` may edit, the next first."""
    if not may_edit(user):
        return []
    due = Revision.page_revisions.filter(approved_go_live_at__isnull=False).annotate(
        page_pk=Cast("object_id", IntegerField())
    )
    pages = (
        page_permission_policy.instances_user_has_permission_for(user, "change")
        .filter(pk__in=due.values("page_pk"))
        .annotate(at=Subquery(due.filter(page_pk=OuterRef("pk")).values("approved_go_live_at")[:1]))
        .order_by("at")[:SHOWN]
    )
    return [Scheduled(page.draft_title or page.title, page.at, _edit_url(page.pk)) for page in pages]


def page_links(request: HttpRequest, ids: Iterable[str]) -> Mapping[str, str]:
    """Return where the pages with these ids are edited; a page that is gone, and a reader without the newsroom, get none."""
    if not may_edit(cast("User", request.user)):
        return {}
    numbers = [int(pk) for pk in ids if pk.isdecimal()]
    known = Page.objects.filter(pk__in=numbers).values_list("pk", flat=True)
    return {str(pk): _edit_url(pk) for pk in known}


def _edit_url(pk: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[pk])
