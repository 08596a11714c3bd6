"""What follows when an editor changes something in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import ModelLogEntry, PageLogEntry
from wagtail.signals import page_published, page_unpublished, post_page_move

from congdoan.audit import actions as audit
from congdoan.portal.models import ArticlePage, CategoryPage
from congdoan.portal.search_sources import KINDS
from congdoan.search import actions as search


@receiver(post_save, sender=PageLogEntry)
@receiver(post_save, sender=ModelLogEntry)
def copy_to_the_trail(sender: Any, instance: Any, created: bool, **kwargs: Any) -> None:
    """Copy what Wagtail logs to the audit trail, in the same transaction.

    Wagtail deletes its own log together with some objects; the trail stays.
    """
    if created:
        audit.record_entry(
            instance.action,
            object_type=f"{instance.content_type.app_label}.{instance.content_type.model}"
            if instance.content_type
            else "",
            object_id=str(instance.object_id),
            object_text=instance.label,
            actor=instance.user,
            after=instance.data or None,
        )


@receiver(page_published)
@receiver(page_unpublished)
@receiver(post_page_move)
@receiver(post_delete)
def index_anew(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Note that readers may find something else now."""
    kind = KINDS.get(type(instance))
    if kind:
        search.note_changed(kind, instance.pk)
    if isinstance(instance, CategoryPage):
        # Its articles appear and disappear with it.
        for pk in ArticlePage.objects.descendant_of(instance).values_list("pk", flat=True):
            search.note_changed("article", pk)
