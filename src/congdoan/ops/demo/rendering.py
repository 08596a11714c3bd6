"""Drawings as files. Imports nothing of Django: it runs in processes that only draw."""

from __future__ import annotations

import io

from congdoan.ops.demo.drawings import draw

Drawing = tuple[str, int]
"""A subject and its variant."""

SIZE = (1600, 1067)


def jpeg(drawing: Drawing, size: tuple[int, int] = SIZE) -> bytes:
    """Return the drawing as a JPEG file of ``size`` pixels."""
    buffer = io.BytesIO()
    draw(*drawing, size).save(buffer, "JPEG", quality=82, optimize=True)
    return buffer.getvalue()
