"""A quick way through the XML that spreadsheet programs write, where it holds nothing but plain rows or texts.

A big sheet is millions of cells, and nearly all are written in one and the same way. Here they are taken by a
pattern that must cover every character: whatever it does not know (a formula, rich text, a comment, another order of
attributes) is left to the real parser, from that very place on. A test compares the two.
"""

import re
from collections.abc import Iterator

from congdoan.spreadsheets.errors import DamagedError

# As the schema orders the attributes, which all programs keep to.
_CELL = re.compile(
    r"(<c r=\"([A-Z]{1,3})([0-9]{1,7})\"(?: s=\"([0-9]{1,6})\")?(?: t=\"(n|s|str|b|e|inlineStr)\")?"
    r"(?:/>|>(?:<v>([^<]*)</v>|<is><t(?: xml:space=\"preserve\")?>([^<]*)</t></is>)?</c>))"
)
_ROW = re.compile(rb"<row r=\"([1-9][0-9]{0,6})\"(?: [A-Za-z][A-Za-z0-9:]*=\"[^\"<>&]*\")*(/?)>")
_STRING = re.compile(rb"(<si>(?:<t/>|<t(?: xml:space=\"preserve\")?>([^<]*)</t>)</si>)")
_ENTITY = re.compile(r"&(#x[0-9A-Fa-f]{1,6}|#[0-9]{1,7}|amp|lt|gt|quot|apos);")
_UTF8 = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*encoding=[\"'](?i:utf-8)[\"'][^>]*\?>|<\?xml(?:(?!encoding)[^>])*\?>|<[^?])"
)

_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_ROW_BEGINS = b"<row "
_ROW_END = b"</row>"
_STRING_END = b"</si>"

STRING_BEGINS = b"<si>"
LONGEST = 2**20
"""Bytes of one row or text; what is longer goes to the parser."""

PlainCell = tuple[str, str, str, str, str, str, str]
"""All of it, letters, row, style, kind, text of ``v``, text of ``is``."""


def is_utf8(head: bytes) -> bool:
    """Whether the document says that it is UTF-8, or says nothing, which means the same."""
    return _UTF8.match(head) is not None


def is_done_with_rows(data: bytes) -> bool:
    """Whether what follows is no plain row, however much more of it is read."""
    return not _ROW_BEGINS.startswith(data[: len(_ROW_BEGINS)]) or _ROW_END in data or len(data) > LONGEST


def is_done_with_strings(data: bytes) -> bool:
    """Whether what follows is no run of plain texts, however much more of it is read."""
    return not data.startswith(STRING_BEGINS[: len(data)]) or _STRING_END in data or len(data) > LONGEST


def take_rows(data: bytes) -> Iterator[tuple[int, str, list[PlainCell]]]:
    """Yield, for each plain row that ``data`` begins with, where it ends, its number and its cells."""
    at = 0
    while (start := _ROW.match(data, at)) is not None:
        if start[2]:
            at = start.end()
            yield at, start[1].decode(), []
            continue
        end = data.find(_ROW_END, start.end())
        if end < 0:
            return
        body = _decoded(data[start.end() : end])
        cells = _CELL.findall(body)
        # Equal lengths mean that the cells follow each other without a gap.
        if sum([len(cell[0]) for cell in cells]) != len(body):
            return
        at = end + len(_ROW_END)
        yield at, start[1].decode(), cells


def take_strings(data: bytes) -> tuple[int, list[str]]:
    """The plain shared strings that ``data`` begins with, and where the last of them ends."""
    end = data.rfind(_STRING_END)
    if end < 0:
        return 0, []
    end += len(_STRING_END)
    found = _STRING.findall(data[:end])
    if sum([len(whole) for whole, _ in found]) != end:
        return 0, []
    return end, [plain_text(_decoded(text)) for _, text in found]


def plain_text(text: str) -> str:
    """Text of an element as the parser would give it."""
    if "&" not in text:
        return text
    plain, count = _ENTITY.subn(_entity, text)
    if count != text.count("&"):
        raise DamagedError("XML: an undefined entity")
    return plain


def _entity(found: re.Match[str]) -> str:
    name = found[1]
    if not name.startswith("#"):
        return _NAMED[name]
    code = int(f"0{name[1:]}", 16) if name.startswith("#x") else int(name[1:])
    if not 0 < code < 0x110000 or 0xD800 <= code < 0xE000:
        raise DamagedError("XML: no such character")
    return chr(code)


def _decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise DamagedError(f"XML: {error}") from error
