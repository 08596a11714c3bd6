"""What happens to a picture when it comes in."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver

from congdoan.media.engine import without_location
from congdoan.media.models import Picture
from congdoan.media.tasks import make_renditions


@receiver(pre_save, sender=Picture)
def strip_location(sender: Any, instance: Picture, **kwargs: Any) -> None:
    """Take the place out of a picture before it is stored, whoever uploads it and by whatever way."""
    file = instance.file
    if not file or file._committed:  # noqa: SLF001  # the one sign that Django has of a new upload
        return
    file.seek(0)
    data = file.read()
    stripped = without_location(data)
    if stripped == data:
        file.seek(0)
        return
    content = ContentFile(stripped, name=file.name)
    instance.file = content
    instance.file_size = len(stripped)
    instance.file_hash = ""


@receiver(post_save, sender=Picture)
def prepare_sizes(sender: Any, instance: Picture, created: bool, **kwargs: Any) -> None:
    """Let the worker make the sizes of what somebody uploads, in the transaction of the upload."""
    if created and instance.uploaded_by_user_id is not None:
        make_renditions.enqueue(instance.pk)
