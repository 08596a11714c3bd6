"""Publishing and expiring at the hour that an editor chose."""

from __future__ import annotations

import structlog
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

log = structlog.get_logger(__name__)


def publish_due() -> int:
    """Publish revisions whose hour has come and take down pages that have expired. Returns how many changed.

    Each page stands in a transaction of its own: one that cannot be published must not hold back the others.
    """
    now = timezone.now()
    changed = 0
    for pk in list(Revision.page_revisions.filter(approved_go_live_at__lte=now).values_list("pk", flat=True)):
        changed += _publish(pk)
    for pk in list(Page.objects.live().filter(expire_at__lte=now).values_list("pk", flat=True)):
        changed += _expire(pk)
    return changed


def _publish(pk: int) -> bool:
    try:
        with transaction.atomic():
            # Another worker may have been faster: the row is looked for again, under the lock.
            revision = (
                Revision.page_revisions.select_for_update()
                .filter(pk=pk, approved_go_live_at__isnull=False)
                .first()
            )
            if revision is None:
                return False
            revision.publish()
    except Exception:  # one broken page must not hold back the others
        log.exception("a scheduled publication failed", revision=pk)
        return False
    return True


def _expire(pk: int) -> bool:
    try:
        with transaction.atomic():
            page = Page.objects.select_for_update().filter(pk=pk, live=True).first()
            if page is None:
                return False
            page.specific.unpublish(set_expired=True)
    except Exception:  # one broken page must not hold back the others
        log.exception("a scheduled expiry failed", page=pk)
        return False
    return True
