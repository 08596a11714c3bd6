"""What happens to a picture when it comes in."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile
from django.db.models.signals import pre_save
from django.dispatch import receiver

from congdoan.media.engine import without_location
from congdoan.media.models import Picture


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
