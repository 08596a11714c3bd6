"""What follows when a document changes, whoever changed it: the index learns of it, and so do the apps above."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from congdoan.documents.models import Document, DocumentKind
from congdoan.documents.search_sources import KIND
from congdoan.documents.signals import document_changed
from congdoan.search.actions import note_changed


@receiver(post_save, sender=Document)
@receiver(post_delete, sender=Document)
def tell_of_document(instance: Document, **_kwargs: Any) -> None:
    """Note the change for the index and pass it on."""
    note_changed(KIND, instance.pk)
    document_changed.send(sender=Document, pk=instance.pk)


@receiver(post_save, sender=DocumentKind)
def tell_of_kind(instance: DocumentKind, created: bool, **_kwargs: Any) -> None:
    """A kind with a new name changes all its documents."""
    if created:
        return
    for pk in instance.documents.values_list("pk", flat=True):
        note_changed(KIND, pk)
    document_changed.send(sender=Document, pk=None)
