"""QR codes of the addresses of figures."""

from __future__ import annotations

import io
from functools import lru_cache

import segno

QUIET = 2
"""Modules of quiet edge. The standard wants four; the white cell around the picture gives the rest."""


@lru_cache(maxsize=512)
def as_svg(address: str) -> str:
    """Return the code as SVG without a size of its own."""
    stream = io.BytesIO()
    segno.make(address, micro=False, error="m").save(
        stream, kind="svg", border=QUIET, xmldecl=False, omitsize=True, light="white"
    )
    return stream.getvalue().decode()


@lru_cache(maxsize=512)
def as_png(address: str) -> bytes:
    """Return the code as PNG of about 300 dots an inch at 14 mm."""
    stream = io.BytesIO()
    segno.make(address, micro=False, error="m").save(stream, kind="png", border=QUIET, scale=6)
    return stream.getvalue()
