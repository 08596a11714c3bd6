"""From the bytes of a file to a parsed page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from congdoan import vntext
from congdoan.portal.importing.html import looks_like_html, parse_html
from congdoan.portal.importing.parsed import ParsedPage
from congdoan.portal.importing.plain import parse_text
from congdoan.vntext.encodings import decode_markup
from congdoan.vntext.errors import EncodingError, gettext_noop

PICTURE_LIMIT = 20 * 1024 * 1024
_PICTURE_NAMES = {".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"}


def parse(data: bytes, filename: str = "", beside: Callable[[str], bytes | None] | None = None) -> ParsedPage:
    """Read a saved page of a portal, text or HTML, in whichever encoding it is.

    ``beside`` gives the files in the folder that a browser saves with a page; nothing is ever fetched.
    Raises ``vntext.EncodingError`` for a file that is no text, and ``PageError`` for one without an article.
    """
    decoded = decode_markup(data)
    page = (
        parse_html(decoded.text, beside or _nothing)
        if looks_like_html(decoded.text)
        else parse_text(decoded.text)
    )
    return replace(page, filename=filename, encoding=decoded.encoding)


def parse_file(path: Path) -> ParsedPage:
    """Read a saved page with the pictures beside it. Raises as ``parse`` does, and ``OSError`` for a missing file."""
    refuse_too_large(path.stat().st_size)
    return parse(path.read_bytes(), path.name, _folder_of(path))


def refuse_too_large(size: int) -> None:
    """Raise ``EncodingError`` for a file of so many bytes that it need not be read at all."""
    if size > vntext.MAX_BYTES:
        raise EncodingError(
            f"{size} bytes, at most {vntext.MAX_BYTES}",
            reason="too_large",
            sentence=gettext_noop(
                "Tệp nặng %(size)s MB, vượt giới hạn %(limit)s MB. Hãy tách thành nhiều tệp nhỏ hơn."
            ),
            size=f"{-(-size * 10 // (1024 * 1024)) / 10:.1f}".replace(".", ",").removesuffix(",0"),
            limit=vntext.MAX_BYTES // (1024 * 1024),
        )


def _nothing(_name: str) -> bytes | None:
    return None


def _folder_of(page: Path) -> Callable[[str], bytes | None]:
    """Give pictures from the folder of ``page``, and from nowhere else, whatever the page names."""
    folder = page.resolve().parent

    def read(name: str) -> bytes | None:
        try:
            path = (folder / name).resolve()
            inside = path.is_relative_to(folder) and path.is_file() and path.suffix.lower() in _PICTURE_NAMES
            return path.read_bytes() if inside and path.stat().st_size <= PICTURE_LIMIT else None
        except (OSError, ValueError):
            return None

    return read
