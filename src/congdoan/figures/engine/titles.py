"""Rewording a title for another unit or period: the unit's name and the years are replaced where they stand, nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping

from congdoan.figures.engine.windows import Window

_NUMERALS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_DASH = r"\s*[-–—]\s*"


def reworded(text: str, names: Mapping[str, str], before: Window, after: Window) -> str:
    """Return ``text`` about another unit and period.

    ``names`` maps what the old unit is called (in full, in short) to what the new one is called. Of the period these are replaced:
    "2013 - 2019" and "2019" when they are the old years, and "sáu năm" or "06 năm" when the old window has that length.
    """
    for old in sorted(filter(None, names), key=len, reverse=True):
        # Through "split": a name may hold what "sub" would take for a reference to a group.
        text = names[old].join(re.split(rf"(?<!\w){re.escape(old)}(?!\w)", text, flags=re.IGNORECASE))
    if before == after:
        return text
    return _lengths(_years(text, before, after), before, after)


def _years(text: str, before: Window, after: Window) -> str:
    first, last = before.start.year, before.end.year
    start, end = after.start.year, after.end.year
    if first == last:
        if start == end:
            return re.sub(rf"(?<!\d){first}(?!\d)", str(start), text)
        # "năm 2018" becomes a stretch of years: a bare number elsewhere (a symbol, a resolution) stays.
        return re.sub(rf"(?<!\w)năm {first}(?!\d)", f"giai đoạn {start} - {end}", text)
    stretch = rf"(?<!\d){first}{_DASH}{last}(?!\d)"
    if start != end:
        return re.sub(stretch, f"{start} - {end}", text)
    text = re.sub(rf"(?<!\w)giai đoạn {stretch}", f"năm {start}", text)
    text = re.sub(rf"(?<!\w)Giai đoạn {stretch}", f"Năm {start}", text)
    return re.sub(stretch, str(start), text)


def _lengths(text: str, before: Window, after: Window) -> str:
    old, new = _whole_years(before), _whole_years(after)
    if not old or not new or old == new:
        return text

    def replaced(found: re.Match[str]) -> str:
        written = found[1]
        if written.isdigit():
            return f"{new:0{len(written)}d} năm"
        said = _NUMERALS[new] if new < len(_NUMERALS) else str(new)
        return f"{said.capitalize() if written[0].isupper() else said} năm"

    numeral = rf"|{_NUMERALS[old]}" if old < len(_NUMERALS) else ""
    return re.sub(rf"(?<!\w)(0?{old}{numeral}) năm(?!\w| \d)", replaced, text, flags=re.IGNORECASE)


def _whole_years(window: Window) -> int | None:
    months = window.months
    return months // 12 if months and months % 12 == 0 else None
