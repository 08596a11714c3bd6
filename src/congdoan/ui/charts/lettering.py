"""Text inside pictures: how wide it is, and where it breaks. SVG breaks no lines by itself."""

from __future__ import annotations

import unicodedata
from functools import cache

from congdoan.ui.charts.widths import LETTERS

_ELLIPSIS = "…"


@cache
def _table(weight: int) -> tuple[dict[str, int], int]:
    table = {letter: width for width, letters in LETTERS[weight] for letter in letters}
    return table, max(table.values())


def width(text: str, size: float, weight: int = 400) -> float:
    """Return the room that ``text`` takes at most; a letter that the font lacks counts as the widest."""
    table, widest = _table(weight)
    plain = (char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return sum(table.get(char, widest) for char in plain) * size / 1000


def wrap(text: str, room: float, size: float, weight: int = 400, most: int = 4) -> list[str]:
    """Break ``text`` into at most ``most`` lines that fit into ``room``; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        if lines and width(f"{lines[-1]} {word}", size, weight) <= room:
            lines[-1] += f" {word}"
            continue
        while (
            len(word) > 1 and width(word, size, weight) > room
        ):  # an address, a code: broken where it must be
            cut = next((n for n in range(len(word) - 1, 1, -1) if width(word[:n], size, weight) <= room), 1)
            lines.append(word[:cut])
            word = word[cut:]
        lines.append(word)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and width(last + _ELLIPSIS, size, weight) > room:
        last = last[:-1]
    return [*lines[: most - 1], last.rstrip() + _ELLIPSIS]
