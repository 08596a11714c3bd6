"""QR codes of the addresses of figures."""

from __future__ import annotations

import io
from functools import lru_cache

import segno
from PIL import Image

QUIET = 2
"""Modules of quiet edge. The standard wants four; the white cell around the picture gives the rest."""

DOTS = 6
"""Dots for each module."""


@lru_cache(maxsize=512)
def _code(address: str) -> segno.QRCode:
    return segno.make_qr(address, error="m")


def as_svg(address: str) -> str:
    """Return the code as SVG without a size of its own."""
    stream = io.BytesIO()
    _code(address).save(stream, kind="svg", border=QUIET, xmldecl=False, omitsize=True, light="white")
    return stream.getvalue().decode()


def as_png(address: str) -> bytes:
    """Return the code as PNG, black and white, of about 400 dots an inch at 14 mm."""
    code = _code(address)
    side = int(code.symbol_size(border=QUIET)[0])
    image = Image.new("1", (side, side), 1)
    image.putdata([0 if dark else 1 for row in code.matrix_iter(border=QUIET) for dark in row])
    stream = io.BytesIO()
    image.resize((side * DOTS, side * DOTS), Image.Resampling.NEAREST).save(stream, "PNG")
    return stream.getvalue()
