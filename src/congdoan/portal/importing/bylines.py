"""Bylines: "Phương Anh(LĐLĐ tỉnh)", "Tin, ảnh: Lê Minh", "Nguồn: …"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from congdoan.portal.importing.lines import Line
from congdoan.vntext import fold

LIMIT = 120
_LABEL = re.compile(
    r"(?P<label>(?:tin|bai|anh|tin bai|bai viet|tac gia|nguoi viet|thuc hien|viet boi|bien tap|nguon|theo|by)"
    r"(?:(?: ?, ?| ?& ?| va | ?\+ ?| ?- ?)(?:tin|bai|anh|video|clip))*)\s*:\s*"
)
_SOURCE_LABELS = {"nguon", "theo"}
_WORD = r"[^\W\d_][\w.’'\-]*"
_NAME = rf"{_WORD}(?:[ \u00a0]+{_WORD}){{0,5}}"
_ORG = r"[^()]{2,90}"
_WITH_ORG = re.compile(
    rf"(?P<author>{_NAME}(?:\s*[,&–\-]\s*{_NAME})?)\s*(?:\(\s*(?P<org>{_ORG}?)\s*\)|\s[–—-]\s(?P<org2>{_ORG}))\s*[.]?"
)
_ONLY_NAME = re.compile(rf"(?P<author>{_NAME}(?:\s*(?:,|&|-|–|và)\s*{_NAME})?)\s*[.]?")
_BETWEEN_NAMES = re.compile(r"[\s,&–\-]+|\bvà\b")


@dataclass(frozen=True, slots=True)
class Byline:
    """Where author and organisation stand in a line, as offsets of the line's text."""

    author: tuple[int, int] | None
    organisation: tuple[int, int] | None
    is_source: bool = False


def read_byline(line: Line, *, is_last: bool) -> Byline | None:
    """The byline that a line is; a bare name counts only where ``is_last`` says that the article ends there."""
    text = line.text
    if len(text) > LIMIT or line.bullet:
        return None
    labelled = _LABEL.match(fold(text))
    at = labelled.end() if labelled else 0
    if at >= len(text):
        return None
    if labelled and labelled["label"] in _SOURCE_LABELS:
        return Byline(None, (at, len(text)), is_source=True)
    found = _WITH_ORG.fullmatch(text, at)
    if found and (labelled or _is_person(found["author"])):
        group = "org" if found["org"] is not None else "org2"
        return Byline(found.span("author"), found.span(group))
    found = _ONLY_NAME.fullmatch(text, at)
    if found and is_last and not labelled and not _is_person(found["author"]):
        return None
    if found and (labelled or is_last):
        return Byline(found.span("author"), None)
    return Byline((at, len(text)), None) if labelled else None


def _is_person(name: str) -> bool:
    """Two to eight words with a capital each, not all in capitals: "Phương Anh", "Hà Thị Lê – Minh Anh"."""
    words = [word for word in _BETWEEN_NAMES.split(name) if word]
    return (
        2 <= len(words) <= 8
        and all(word[0].isupper() for word in words)
        and not all(word.isupper() and len(word) > 1 for word in words)
    )
