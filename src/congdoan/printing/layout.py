"""Sizes of an administrative document, as named values within the ranges of decree 30/2020/NĐ-CP, annex I.

Sizes of letters are points, everything else millimetres unless its name says points.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

PAGE_WIDTH = 210.0
PAGE_HEIGHT = 297.0
SIGNATURE_LEFT = 58.0
LINE_OF_FORM = "Times New Roman"
"""The letter that the decree names. Where a file carries its fonts it is Tinos, which takes the same room."""
CARRIED = "Tinos"

_RANGES: dict[str, tuple[float, float]] = {
    "top": (20, 25),
    "bottom": (20, 25),
    "left": (30, 35),
    "right": (15, 20),
    "nation": (12, 13),
    "motto": (13, 14),
    "superior": (12, 13),
    "issuer": (12, 13),
    "symbol": (13, 13),
    "place": (13, 14),
    "kind": (13, 14),
    "summary": (13, 14),
    "about": (12, 13),
    "body": (13, 14),
    "indent": (10, 12.7),
    "paragraph_gap": (6, 18),
    "line_spacing": (1, 1.5),
    "signatory": (13, 14),
    "recipients_title": (12, 12),
    "recipients": (11, 11),
    "annex_number": (14, 14),
    "annex_title": (13, 14),
    "page_number": (13, 14),
    "head_left": (63, 69),
    "short_line": (1 / 3, 1 / 2),
}


@dataclass(frozen=True, slots=True)
class Layout:
    """The settings. Raises ``ValueError`` for a size outside the decree's range, which the message names.

    With the margins given here the letterhead (63 + 102 mm) and the signature (58 + 107 mm) of the decree's own sample
    are exactly as wide as the text.
    """

    top: float = 20
    bottom: float = 20
    left: float = 30
    right: float = 15
    nation: float = 13
    motto: float = 14
    superior: float = 12
    issuer: float = 13
    symbol: float = 13
    place: float = 14
    kind: float = 14
    summary: float = 14
    about: float = 12
    body: float = 14
    indent: float = 12.7
    paragraph_gap: float = 6
    """Points between paragraphs."""
    line_spacing: float = 1.15
    """Lines of the letter's own height."""
    signatory: float = 14
    recipients_title: float = 12
    recipients: float = 11
    annex_number: float = 14
    annex_title: float = 14
    page_number: float = 14
    head_left: float = 63
    short_line: float = 0.4
    """Length of the lines under issuer and summary, as a share of the words above."""
    table: float = 12
    """Letters in tables; the decree says nothing of them."""
    figures: float = 11
    """Letters in the table of figures."""
    code: float = 14
    """Width of a QR code with its quiet edge."""

    def __post_init__(self) -> None:
        for one in fields(self):
            low, high = _RANGES.get(one.name, (0, 1000))
            value = getattr(self, one.name)
            if not low <= value <= high:
                raise ValueError(f"{one.name} is {value:g}, decree 30/2020/NĐ-CP wants {low:g} to {high:g}")

    @property
    def width(self) -> float:
        """Width of the text, mm."""
        return PAGE_WIDTH - self.left - self.right

    def figure_widths(self, *, codes: bool) -> tuple[float, ...]:
        """Widths of the table of figures, mm: number, words, value, coverage, window, source, code."""
        fixed = (9.0, 25.0, 18.0, 23.0, 25.0)
        last = (self.code + 3,) if codes else ()
        words = self.width - sum(fixed) - sum(last)
        return (fixed[0], words, *fixed[1:], *last)


DEFAULT = Layout()
