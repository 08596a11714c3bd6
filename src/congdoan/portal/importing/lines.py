"""The lines of a page, each with its place in the text and what is known of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from congdoan.portal.importing.parsed import Part
from congdoan.vntext import UNSEEN, fold

BLANKS = " \t\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000\ufeff\x1c\x1d\x1e\x1f\x85\u2028\u2029\x00"
"""What may stand at both ends of a line without being part of it."""

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_BULLET = re.compile(r"[•●▪■►‣◦·*✓✔➢][" + re.escape(BLANKS) + "]*")
_DASH = re.compile(r"[-–—+][" + re.escape(BLANKS) + "]+")


@dataclass(slots=True)
class Line:
    """One line (plain text) or one block (HTML) without the blanks around it.

    ``start`` to ``end`` is the text without a bullet; ``raw_start`` to ``raw_end`` has the blanks too. ``hint`` is what
    HTML already knows: heading, caption, item, quote, table, image, lead, byline. Plain text knows nothing.
    """

    start: int
    end: int
    raw_start: int
    raw_end: int
    text: str
    bullet: str = ""
    after_gap: bool = False
    hint: str = ""
    html: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    has_head: bool = False
    ordered: bool = False
    group: int = 0
    src: str = ""
    alt: str = ""
    set_apart: bool = False
    role: str = ""
    zone: str = ""
    widget: str = ""
    key: str = ""
    value: str = ""
    folded: str = field(init=False)

    def __post_init__(self) -> None:
        self.folded = " ".join(fold(self.text).replace(UNSEEN, "").split())

    def mark(self, role: str, zone: str, widget: str = "", key: str = "", value: str = "") -> None:
        """Say what the line is."""
        self.role, self.zone, self.widget, self.key, self.value = role, zone, widget, key, value

    def part(self, text: str, start: int | None = None, end: int | None = None, role: str = "") -> Part:
        """The part that the line is, or a piece of it between two offsets of ``text``."""
        piece = start is not None
        first = self.start if start is None else start
        last = self.end if end is None else end
        return Part(
            role=role or self.role,
            start=first,
            end=last,
            raw_start=first if piece or self.bullet else self.raw_start,
            raw_end=last if piece else self.raw_end,
            text=text[first:last],
            zone=self.zone,
            widget=self.widget,
            key=self.key,
            value=self.value,
        )


def split_lines(text: str) -> list[Line]:
    """The lines of ``text`` that are not blank."""
    lines: list[Line] = []
    gap = True
    for match in _LINE.finditer(text):
        if not match[1].strip(BLANKS):
            gap = True
            continue
        lines.append(line_at(text, match.start(1), match.end(1), after_gap=gap))
        gap = False
    return lines


def line_at(text: str, raw_start: int, raw_end: int, *, after_gap: bool = False) -> Line:
    """The line that stands between two offsets of ``text``."""
    raw = text[raw_start:raw_end]
    start = raw_start + len(raw) - len(raw.lstrip(BLANKS))
    end = raw_start + len(raw.rstrip(BLANKS))
    bullet = ""
    if (found := _BULLET.match(text, start, end) or _DASH.match(text, start, end)) and found.end() < end:
        bullet, start = found[0][0], found.end()
    return Line(
        start, max(start, end), raw_start, raw_end, text[start:end], bullet=bullet, after_gap=after_gap
    )
