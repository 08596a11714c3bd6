"""Report pages as files: DOCX, PDF and HTML, kept until the page or one of its figures changes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache

from congdoan.figures.exports.documents import document_of
from congdoan.figures.models import Erratum, PageFigure
from congdoan.figures.queries.printing import Printable, printable
from congdoan.printing import Document, write_docx, write_html, write_pdf

KEPT = 7 * 24 * 3600
"""Seconds."""

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
}
"""Media type by the ending of a file's name."""


def _html(document: Document) -> bytes:
    return write_html(document).encode()


_WRITERS: dict[str, Callable[[Document], bytes]] = {"pdf": write_pdf, "docx": write_docx, "html": _html}


def write(page: Printable, ending: str) -> bytes:
    """Return the page as a file. Raises ``KeyError`` for an ending that is none of ``TYPES``."""
    return _WRITERS[ending](document_of(page))


def published(page: Any, ending: str) -> bytes:
    """Return a published page as a file: made once for each state of its text and figures, however often it is asked for."""
    key = f"figures:print:{ending}:{_state(page)}"
    content: bytes | None = cache.get(key)
    if content is None:
        content = write(printable(page), ending)
        cache.set(key, content, KEPT)
    return content


def _state(page: Any) -> str:
    """Return a name for what the file says: the page as it was saved last, and which figures it shows."""
    figures = PageFigure.objects.filter(page=page.pk).order_by("pk").values_list("pk", "figure", "is_shown")
    errata = Erratum.objects.filter(page=page.pk).count()
    state = (page.pk, page.live_revision_id, page.last_published_at, settings.BASE_URL, list(figures), errata)
    return hashlib.sha256(repr(state).encode()).hexdigest()
