"""The fixed words of an administrative document, and how given words are made fit for paper."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right

from congdoan.printing.document import Document, Recipients, Signature
from congdoan.printing.letters import RANGES
from congdoan.vntext.dates import format_administrative

NATION = "Cộng hòa xã hội chủ nghĩa Việt Nam".upper()
MOTTO = "Độc lập - Tự do - Hạnh phúc"
ADDRESSED = "Kính gửi:"
RECIPIENTS = "Nơi nhận:"
FIGURE_COLUMNS = ("TT", "Số liệu", "Giá trị", "Đã báo cáo", "Kỳ", "Nguồn")
FIGURE_FIELDS = ("name", "definition", "value", "coverage", "window", "source")
CODE_COLUMN = "Mã QR"
LACKING = "\N{WHITE SQUARE}"
"""Stands for a letter that the font for paper does not have."""

LONGEST_WORD = 24
"""Letters after which an unbroken word may be broken: addresses, codes, names without a space."""

_STARTS = [first for first, _ in RANGES]
# Marks that turn the direction of what follows would let words say one thing and show another.
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def clean(text: str) -> str:
    """Return ``text`` composed (NFC), on one line, without control characters, which no file format may hold."""
    kept = (
        " " if char in "\t\n\v\f\r\x85\u2028\u2029" else char
        for char in unicodedata.normalize("NFC", text)
        if char not in _TURNING
    )
    return "".join(char for char in kept if unicodedata.category(char) not in ("Cc", "Cs", "Cn", "Co"))


def printable(text: str) -> str:
    """Return clean text in letters that the font has; longest words may break."""
    text = clean(text)
    if not text.isascii():
        text = "".join(char if _has(ord(char)) else LACKING for char in text)
    if len(text) <= LONGEST_WORD:
        return text
    return " ".join(_breakable(word) if len(word) > LONGEST_WORD else word for word in text.split(" "))


def _has(code: int) -> bool:
    at = bisect_right(_STARTS, code) - 1
    return at >= 0 and code <= RANGES[at][1]


def _breakable(word: str) -> str:
    size = LONGEST_WORD // 2
    return "\N{ZERO WIDTH SPACE}".join(word[at : at + size] for at in range(0, len(word), size))


def capitals(text: str) -> str:
    """Return clean text in capitals."""
    return clean(text).upper()


def number_line(document: Document) -> str:
    """Return "Số: 05/BC-LĐLĐ"; room to write where the document has no number yet."""
    return f"Số: {clean(document.letterhead.symbol) or '        /'}"


def place_line(document: Document) -> str:
    """Return "Lào Cai, ngày 05 tháng 01 năm 2020"."""
    head = document.letterhead
    return f"{clean(head.place)}, {format_administrative(head.day)}"


def about_line(document: Document) -> str:
    """Return "V/v …", the summary of a letter."""
    return f"V/v {clean(document.summary)}"


def ground_lines(document: Document) -> list[str]:
    """Return the "Căn cứ" lines with their signs: ";" between, "." after the last."""
    lines = [clean(line).rstrip(" .;,") for line in document.grounds]
    return [f"{line}{';' if at < len(lines) else '.'}" for at, line in enumerate(lines, 1)]


def recipient_lines(recipients: Recipients) -> list[str]:
    """Return "- Như trên;" and so on, the last "- Lưu: VT."."""
    lines = [f"- {clean(name).strip(' .;,-')};" for name in recipients.names]
    return [*lines, f"- Lưu: {clean(recipients.kept).strip(' .;,')}."]


def signature_lines(signature: Signature) -> list[str]:
    """Return the lines above the name, in capitals; "TM." and its like keep their dot."""
    return [capitals(line) for line in (*signature.capacity, signature.title) if line.strip()]


def annex_number(number: int, count: int) -> str:
    """Return "Phụ lục", or "Phụ lục II" where there are several."""
    return "Phụ lục" if count == 1 else f"Phụ lục {roman(number)}"


def annex_reference(document: Document) -> str:
    """Return the line that says to which document an annex belongs."""
    head = document.letterhead
    symbol = clean(head.symbol) or "......"
    kind = clean(document.kind) or "Công văn"
    return f"(Kèm theo {kind} số {symbol} {format_administrative(head.day)} của {clean(head.issuer)})"


def roman(number: int) -> str:
    """Return 4 as "IV"."""
    found = ""
    for value, sign in (
        *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
        *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
    ):
        count, number = divmod(number, value)
        found += sign * count
    return found


def code_alt(number: int) -> str:
    """Return what the QR code of a figure is, for those who do not see it."""
    return f"Mã QR dẫn đến số liệu {number}"
