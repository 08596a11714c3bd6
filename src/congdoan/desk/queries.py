"""What waits for an officer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState, WorkflowState
from wagtail.permissions import page_permission_policy

from congdoan.accounts.models import User

RECENT = 8


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits, with the one action that deals with it."""

    title: str
    kind: str
    since: datetime | None
    url: str
    action: str


def waiting_for(user: User) -> list[Waiting]:
    """Return what waits for ``user``: articles to approve, own articles returned or unfinished, oldest first."""
    if not user.has_perm("wagtailadmin.access_admin"):
        return []
    return sorted(
        [*_to_approve(user), *_unfinished(user)],
        key=lambda item: item.since.timestamp() if item.since else 0.0,
    )


def _to_approve(user: User) -> list[Waiting]:
    states = (
        TaskState.objects.reviewable_by(user)
        .filter(status=TaskState.STATUS_IN_PROGRESS)
        .select_related("revision", "workflow_state")
        .order_by("started_at")[:RECENT]
    )
    return [
        Waiting(
            title=state.revision.object_str,
            kind=_("Chờ bạn duyệt"),
            since=state.started_at,
            url=_edit_url(state.revision.object_id),
            action=_("Xem và duyệt"),
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
        .order_by("latest_revision_created_at")[:RECENT]
    )
    return [
        Waiting(
            title=page.draft_title or page.title,
            kind=_("Bản nháp của bạn"),
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
    revisions = list(
        Revision.page_revisions.filter(approved_go_live_at__isnull=False).order_by("approved_go_live_at")[:50]
    )
    editable = page_permission_policy.instances_user_has_permission_for(user, "change")
    known = set(
        editable.filter(pk__in=[int(revision.object_id) for revision in revisions]).values_list(
            "pk", flat=True
        )
    )
    return [
        Scheduled(revision.object_str, revision.approved_go_live_at, _edit_url(revision.object_id))
        for revision in revisions
        if int(revision.object_id) in known
    ][:RECENT]


def recently_published(user: User) -> list[Any]:
    """Return the pages that ``user`` wrote and that readers see, the newest first."""
    return list(Page.objects.live().filter(owner=user).order_by("-last_published_at").specific()[:RECENT])


def _edit_url(pk: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[pk])
