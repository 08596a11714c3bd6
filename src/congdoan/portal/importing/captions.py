"""Which short line of an article is the caption of a photo, and which a heading.

A saved text has lost its photos, so a caption is a paragraph among paragraphs. It is told by several weak signs
together; none of them is enough alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from congdoan.portal.importing.lines import Line
from congdoan.portal.importing.parsed import CAPTION_LIMIT, HEADING_LIMIT

_LONG_PARAGRAPH = 150
_SHORT = 220
_LONGEST = 300
_ENOUGH = 3
_WORDS_OF_HEADING = 9

_SAYS_PHOTO = re.compile(
    r"\b(anh minh hoa|anh tu lieu|chup anh|chup hinh|trong anh|buc anh|toan canh|quang canh|anh chup|\(anh|anh:|anh tren|anh duoi|luu niem)\b|\(anh"
)
_BEGINS_LIKE_CAPTION = re.compile(
    r"(cac dong chi|dong chi|dai bieu|cac dai bieu|lanh dao|dai dien|ong|ba|van nghe|tiet muc|mot tiet muc|mot goc|quang canh|toan canh|"
    r"hinh anh|anh|canh|doan vien|nu doan vien|cong nhan|cac doan vien|can bo|cac can bo|ban to chuc|le |khai mac|be mac|trao|tang|tham|"
    r"hoi nghi|dai hoi|buoi|doi|cac doi|giao luu|chu tich|pho chu tich|bi thu|nguoi lao dong|hoc vien|thi sinh|cac thi sinh)\b"
)
_SHOWN_ACT = re.compile(
    r"\b(phat bieu|trao (qua|tang|bang|co|giai|thuong|hoc bong|nha)|tang (qua|hoa|bang)|chup|tham hoi|bieu dien|bam nut|cat bang|"
    r"tham du|du hoi nghi|tai (hoi nghi|buoi|le|chuong trinh|dai hoi)|chao mung|to chuc ngay|ngay \d{1,2}/\d{1,2})\b"
)
_GOES_ON = re.compile(
    r"(tuy nhien|ngoai ra|ben canh do|sau do|trong do|hien nay|den nay|qua do|do do|vi vay|theo do|dong thoi|cung trong|nhan dip|nham|"
    r"trong (nhung|thoi|khuon|nam|buoi)|tai (buoi|hoi|le)|de |voi |tu nam|truoc|theo|duoc biet|phat bieu tai|mat khac|cu the|"
    r"chieu|sang|toi|ngay|thuc hien|can cu|ket thuc|ket qua|cung|day la|moi|nhu vay)\b"
)
_NUMBERED = re.compile(r"(?:phan (?:thu )?\w+|[ivx]{1,5}|\d{1,2}(?:\.\d{1,2})*|[a-h])\s*[.)/:\-–]\s*\S")
_SENTENCE_END = (".", "!", "?", "…", ":", ";", ",")


@dataclass(frozen=True, slots=True)
class Around:
    """What stands before and after a line: lengths of the neighbours, 0 where there is none."""

    before: int = 0
    after: int = 0
    follows_picture: bool = False


def is_caption(line: Line, around: Around, *, raw_tail: str = "") -> bool:
    """Whether a line of plain text, or a paragraph of HTML, reads as the caption of a photo.

    ``raw_tail`` is what stood after its last letter: editors leave no-break spaces below a photo.
    """
    text, folded = line.text, line.folded
    if line.bullet or not 12 <= len(text) <= min(_LONGEST, CAPTION_LIMIT) or text.endswith((":", ";", ",")):
        return False
    if text[0] in "\"“”'‘«([-–" or _NUMBERED.match(folded) or len(folded.split()) < 4:
        return False
    if text.upper() == text and not around.follows_picture:
        return False
    looks = 0
    looks += 2 if _SAYS_PHOTO.search(folded) else 0
    looks += 1 if _BEGINS_LIKE_CAPTION.match(folded) else 0
    looks += 1 if _SHOWN_ACT.search(folded) else 0
    looks += 1 if "\u00a0" in raw_tail else 0
    looks += 2 if line.set_apart else 0
    looks += 3 if around.follows_picture else 0
    score = looks + (0 if text.endswith(_SENTENCE_END) else 2)
    # A few words that say nothing of a photo are a heading.
    score -= 1 if looks == 0 and len(text.split()) <= _WORDS_OF_HEADING else 0
    longest = max(around.before, around.after)
    if len(text) <= _SHORT and longest >= _LONG_PARAGRAPH and longest >= 3 * len(text):
        score += 1
    score -= 2 if _GOES_ON.match(folded) else 0
    score -= 1 if text.count(". ") else 0
    return score >= _ENOUGH


def is_heading(line: Line) -> bool:
    """Whether a line of plain text reads as a heading inside an article."""
    text = line.text
    if (
        line.bullet
        or len(text) > HEADING_LIMIT
        or len(text) < 3
        or text.endswith((".", ";", ",", "?", "!", "…"))
    ):
        return False
    if not any(char.isalpha() for char in text):
        return False
    if _NUMBERED.match(line.folded) and len(text) <= 120:
        return True
    words = text.split()
    capitals = text.upper() == text and text.lower() != text
    return not text.endswith(":") and ((capitals and len(words) >= 2) or 2 <= len(words) <= _WORDS_OF_HEADING)
