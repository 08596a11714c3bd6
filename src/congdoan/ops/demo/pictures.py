"""The drawings of the demonstration as pictures of the library."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from wagtail.models import Collection

from congdoan.media.models import Picture
from congdoan.ops.demo.rendering import Drawing, jpeg

FEW = 6
"""So few drawings are made sooner than processes start."""


class Album:
    """Hands out a new variant of a subject each time, and draws what was asked for on all processors at once."""

    def __init__(self) -> None:
        self._next: dict[str, int] = {}
        self._drawn: dict[Drawing, bytes] = {}
        self._pictures: dict[Drawing, Picture] = {}

    def choose(self, subject: str) -> Drawing:
        """Return the next variant of ``subject``."""
        variant = self._next.get(subject, 0)
        self._next[subject] = variant + 1
        return subject, variant

    def draw(self, drawings: Iterable[Drawing]) -> None:
        """Draw ahead."""
        wanted = sorted(set(drawings) - set(self._drawn))
        if len(wanted) <= FEW:
            self._drawn |= {drawing: jpeg(drawing) for drawing in wanted}
            return
        # New processes, not copies of this one: a copy would share the open database.
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(min(4, os.cpu_count() or 1), mp_context=context) as pool:
            self._drawn |= dict(zip(wanted, pool.map(jpeg, wanted, chunksize=4), strict=True))

    def picture(self, drawing: Drawing, *, title: str, alt: str, collection: Collection) -> Picture:
        """Return the drawing as a picture of the library; the same drawing is the same picture."""
        if drawing not in self._pictures:
            if drawing not in self._drawn:
                self.draw([drawing])
            subject, variant = drawing
            name = f"{subject}-{variant}.jpg"
            picture = Picture(
                title=title[:255],
                description=alt[:255],
                collection=collection,
                credit="Congdoan",
                rights=_("Tranh minh hoạ của bản trình diễn, vẽ bằng chương trình; dùng tự do."),
                file=ContentFile(self._drawn.pop(drawing), name=name),
            )
            picture.save()
            self._pictures[drawing] = picture
        return self._pictures[drawing]

    def file_names(self) -> list[str]:
        """Return the files that were stored, for clearing away when the rest fails."""
        return [picture.file.name for picture in self._pictures.values()]
