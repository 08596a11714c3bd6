"""Write the widths of Be Vietnam Pro's letters for pictures that the server draws: ``src/congdoan/ui/charts/widths.py``.

Run after ``tools/build_fonts.py``: ``.venv/bin/python tools/build_widths.py``. The table holds plain letters only, each as
wide as the widest of its forms with marks; ``tests/ui/test_org_chart.py`` compares it with the fonts.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

from fontTools.ttLib import TTFont

PROJECT = Path(__file__).resolve().parent.parent
FONTS = PROJECT / "src" / "congdoan" / "ui" / "static" / "ui" / "fonts"
TARGET = PROJECT / "src" / "congdoan" / "ui" / "charts" / "widths.py"
WEIGHTS = (400, 700)
HEAD = '''"""How wide the letters of Be Vietnam Pro are, in thousandths of the size. Made by ``tools/build_widths.py``.

By weight: a width, and the letters that have it. A plain letter stands for all its forms with marks, as wide as the widest.
"""

from __future__ import annotations

LETTERS: dict[int, tuple[tuple[int, str], ...]] = {
'''


def widths(weight: int) -> dict[str, int]:
    """Return the width of each plain letter of ``weight``, in thousandths of the size, rounded up."""
    font = TTFont(FONTS / f"be-vietnam-pro-{weight}.woff2")
    em, advances = font["head"].unitsPerEm, font["hmtx"]
    found: dict[str, int] = {}
    for code, glyph in sorted(font.getBestCmap().items()):
        plain = unicodedata.normalize("NFD", chr(code))[0]
        if plain.isprintable() and not unicodedata.combining(plain):
            found[plain] = max(found.get(plain, 0), -(-advances[glyph][0] * 1000 // em))
    return found


def main() -> None:
    """Write the module."""
    lines = [HEAD]
    for weight in WEIGHTS:
        turned: dict[int, str] = {}
        for letter, width in widths(weight).items():
            turned[width] = turned.get(width, "") + letter
        lines.append(f"    {weight}: (\n")
        lines.extend(f"        ({width}, {letters!a}),\n" for width, letters in sorted(turned.items()))
        lines.append("    ),\n")
    lines.append("}\n")
    TARGET.write_text("".join(lines), encoding="utf-8")
    print(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
