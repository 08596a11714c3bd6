"""Cut fonts down to what we write: Be Vietnam Pro for pages, one WOFF2 a weight; Tinos for paper, one TTF a style.

Tinos takes the room of Times New Roman, letter by letter, and knows Vietnamese. What letters it has after the cut is
written to ``src/congdoan/printing/letters.py``.

Run after ``npm ci`` in ``assets/``: ``.venv/bin/python tools/build_fonts.py``. Needs fontTools and brotli (requirements
for developers). Prints the metrics for the fallback faces in ``assets/scss/_fonts.scss``.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

PROJECT = Path(__file__).resolve().parent.parent
PACKAGES = PROJECT / "assets" / "node_modules" / "@expo-google-fonts"
SOURCE = PACKAGES / "be-vietnam-pro"
TARGET = PROJECT / "src" / "congdoan" / "ui" / "static" / "ui" / "fonts"
WEIGHTS = {400: "400Regular", 500: "500Medium", 700: "700Bold"}

PAPER_SOURCE = PACKAGES / "tinos"
PAPER_TARGET = PROJECT / "src" / "congdoan" / "printing" / "fonts"
PAPER_STYLES = {
    "Regular": "400Regular",
    "Italic": "400Regular_Italic",
    "Bold": "700Bold",
    "BoldItalic": "700Bold_Italic",
}
# Documents quote whatever their authors paste: all Latin letters, Greek for units, signs, arrows, boxes.
PAPER_RANGES = (
    *((0x20, 0x7E), (0xA0, 0x24F), (0x2B0, 0x36F), (0x370, 0x3FF), (0x1E00, 0x1EFF)),
    *((0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20BF), (0x2100, 0x218F), (0x2190, 0x22FF)),
    *((0x2500, 0x26FF), (0xFB00, 0xFB06), (0xFFFD, 0xFFFD)),
)
LETTERS = PROJECT / "src" / "congdoan" / "printing" / "letters.py"

VIETNAMESE = (
    "\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0"
    + "".join(map(chr, range(0x1EA0, 0x1EFA)))
    + "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"  # text that comes decomposed
)
SIGNS = "–—‑‘’‚“”„…•‹›«»₫€²³½¼¾×÷−≤≥≈≠±→←↑↓‰′″\u00a0\u202f\u2009\u200b"
CHARACTERS = "".join(map(chr, range(0x20, 0x7F))) + "".join(map(chr, range(0xA0, 0x100))) + VIETNAMESE + SIGNS
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum", "lnum", "calt"]

SAMPLE = (
    "Các cấp công đoàn trong tỉnh đã tổ chức hội nghị người lao động, đối thoại tại nơi làm việc và chăm lo Tết "
    "cho đoàn viên có hoàn cảnh khó khăn, với tổng số tiền 1.289 triệu đồng trong năm 2026. "
)


def cut(weight: int) -> Path:
    """Write the WOFF2 of ``weight`` and return its path."""
    source = SOURCE / WEIGHTS[weight] / f"BeVietnamPro_{WEIGHTS[weight]}.ttf"
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = FEATURES
    options.hinting = False  # screens of today draw it as well without, and the file is a third smaller
    options.desubroutinize = True
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]
    options.notdef_outline = True
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=CHARACTERS)
    subsetter.subset(font)
    missing = sorted(set(CHARACTERS) - set(map(chr, font.getBestCmap())))
    if missing:
        print(f"{weight}: not in the font: {' '.join(f'U+{ord(item):04X}' for item in missing)}")
    target = TARGET / f"be-vietnam-pro-{weight}.woff2"
    subset.save_font(font, str(target), options)
    return target


def cut_for_paper(style: str) -> set[int]:
    """Write the TTF of Tinos in ``style`` and return the code points it has."""
    folder = PAPER_STYLES[style]
    options = subset.Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
    options.hinting = False  # printers and PDF readers draw outlines
    options.name_IDs = [0, 1, 2, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    font = subset.load_font(str(PAPER_SOURCE / folder / f"Tinos_{folder}.ttf"), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in PAPER_RANGES for code in range(first, last + 1)])
    subsetter.subset(font)
    target = PAPER_TARGET / f"Tinos-{style}.ttf"
    subset.save_font(font, str(target), options)
    print(f"{target.name}: {target.stat().st_size:,} bytes")
    return set(font.getBestCmap())


def write_letters(codes: set[int]) -> None:
    """Write which code points every style of Tinos has, as ranges."""
    ranges: list[list[int]] = []
    for code in sorted(codes):
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    lines = [
        '"""Which letters the fonts for paper have: ranges of code points. Made by ``tools/build_fonts.py``."""\n\n',
        "from __future__ import annotations\n\n",
        "RANGES: tuple[tuple[int, int], ...] = (\n",
        *(f"    (0x{first:04X}, 0x{last:04X}),\n" for first, last in ranges),
        ")\n",
    ]
    LETTERS.write_text("".join(lines), encoding="utf-8")


def mean_width(font: TTFont) -> float:
    """Return the mean advance of the sample's characters, as a share of the em."""
    cmap, widths = font.getBestCmap(), font["hmtx"]
    known = [widths[cmap[ord(char)]][0] for char in SAMPLE if ord(char) in cmap]
    return sum(known) / len(known) / font["head"].unitsPerEm


def print_fallback(weight: int, fallback: Path) -> None:
    """Print the descriptors that make ``fallback`` take the room of our font."""
    own, other = TTFont(TARGET / f"be-vietnam-pro-{weight}.woff2"), TTFont(fallback)
    adjust = mean_width(own) / mean_width(other)
    em, hhea = own["head"].unitsPerEm, own["hhea"]
    print(
        f"{weight} as {fallback.name}: size-adjust {adjust:.2%}; ascent-override {hhea.ascent / em / adjust:.2%}; "
        f"descent-override {-hhea.descent / em / adjust:.2%}; line-gap-override {hhea.lineGap / em / adjust:.2%}"
    )


def main() -> None:
    """Cut all weights; compare with the fallback fonts named on the command line (regular, bold)."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for weight in WEIGHTS:
        path = cut(weight)
        print(f"{path.name}: {path.stat().st_size:,} bytes")
    shutil.copyfile(SOURCE / "LICENSE_FONT", TARGET / "OFL.txt")
    PAPER_TARGET.mkdir(parents=True, exist_ok=True)
    write_letters(set.intersection(*(cut_for_paper(style) for style in PAPER_STYLES)))
    shutil.copyfile(PAPER_SOURCE / "LICENSE_FONT", PAPER_TARGET / "OFL.txt")
    for weight, fallback in zip((400, 700), sys.argv[1:], strict=False):
        print_fallback(weight, Path(fallback))


if __name__ == "__main__":
    main()
