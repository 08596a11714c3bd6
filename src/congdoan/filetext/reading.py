"""From a file to its text."""

from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from congdoan import vntext
from congdoan.filetext.docx import read_docx
from congdoan.filetext.errors import FileTextError, Note, empty
from congdoan.filetext.fonts import to_unicode
from congdoan.filetext.html import read_html
from congdoan.filetext.kinds import Kind, kind_of
from congdoan.filetext.pdf import read_pdf
from congdoan.filetext.plain import converted_from, read_markup, read_plain
from congdoan.vntext import format_int
from congdoan.vntext.errors import gettext_noop

MAX_BYTES = 20 * 1024 * 1024
MAX_MARKUP = vntext.MAX_BYTES
"""Of an HTML page, in bytes: a page made of nothing but tags takes about a second for each MB."""


@dataclass(frozen=True, slots=True)
class FileText:
    """The text of a file. Offsets anywhere in the product count the code points of ``text``.

    Paragraphs are lines. A TXT file is exactly as it stands, without its byte order mark. What is in Unicode already is
    never normalised. ``pages`` are the offsets where the pages of a PDF begin; empty for other kinds. ``notes`` are
    sentences for the reader about what was converted or could not be read.
    """

    text: str
    kind: Kind
    pages: tuple[int, ...] = ()
    notes: tuple[Note, ...] = ()


def read_text(path: Path, *, limit: int = MAX_BYTES) -> FileText:
    """Take the text out of a TXT, HTML, DOCX or PDF file of at most ``limit`` bytes.

    Raises ``FileTextError`` for a file that cannot be read, and ``OSError`` for one that is not there. A file over the
    limit is refused before any of it is read.
    """
    _refuse_too_large(path.stat().st_size, limit)
    with path.open("rb") as file:
        # Pipes and devices have no size of their own.
        data = file.read(limit + 1)
    return read_bytes(data, path.name, limit=limit)


def read_bytes(data: bytes, name: str, *, limit: int = MAX_BYTES) -> FileText:
    """The same for an uploaded file called ``name``; without a suffix its content alone tells the kind."""
    _refuse_too_large(len(data), limit)
    if not data.strip():
        raise empty("no bytes")
    kind = kind_of(data, name)
    if kind is Kind.TEXT:
        text, notes = read_plain(data)
        return FileText(text, kind, notes=tuple(notes))
    if kind is Kind.PDF:
        return _from_pdf(data)
    if kind is Kind.HTML:
        _refuse_too_large(len(data), MAX_MARKUP)
        markup, notes = read_markup(data)
        text = read_html(markup)
    else:
        text, notes = read_docx(data), []
    text, met = to_unicode(text)
    return FileText(text, kind, notes=(*notes, *map(converted_from, met)))


def _from_pdf(data: bytes) -> FileText:
    pages, notes = read_pdf(data)
    lines_of_pages = [page.count("\n") + 1 for page in pages]
    text, met = to_unicode("\n".join(pages))
    if met:
        # Letters of an old encoding may become fewer; lines stay as many.
        lines = text.split("\n")
        ends = list(accumulate(lines_of_pages))
        pages = ["\n".join(lines[end - count : end]) for end, count in zip(ends, lines_of_pages, strict=True)]
    starts = tuple(accumulate((len(page) + 1 for page in pages[:-1]), initial=0))
    return FileText(text, Kind.PDF, starts, (*notes, *map(converted_from, met)))


def _refuse_too_large(size: int, limit: int) -> None:
    if size > limit:
        raise FileTextError(
            f"{size} bytes, at most {limit}",
            reason="too_large",
            sentence=gettext_noop(
                "Tệp nặng %(size)s MB, vượt giới hạn %(limit)s MB. Hãy tách thành nhiều tệp nhỏ hơn."
            ),
            size=format_int(-(-size // 2**20)),
            limit=format_int(-(-limit // 2**20)),
        )
