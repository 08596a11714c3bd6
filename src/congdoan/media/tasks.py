"""Work of the background: sizes of a picture."""

from __future__ import annotations

from django_tasks import task

from congdoan.media.models import Picture
from congdoan.ui import pictures


@task()
def make_renditions(picture_id: int) -> int:
    """Make every size of a picture that pages use, before the first reader needs one; return how many there are.

    A picture that has been deleted meanwhile needs none.
    """
    picture = Picture.objects.filter(pk=picture_id).first()
    return len(picture.get_renditions(*pictures.specs(*pictures.PRESETS), pictures.LARGE)) if picture else 0
