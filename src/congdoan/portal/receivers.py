"""What follows when an editor changes something in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import ModelLogEntry, PageLogEntry

from congdoan.audit import actions as audit


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
