"""Cut Be Vietnam Pro down to what our pages write, one WOFF2 a weight.

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
SOURCE = PROJECT / "assets" / "node_modules" / "@expo-google-fonts" / "be-vietnam-pro"
TARGET = PROJECT / "src" / "congdoan" / "ui" / "static" / "ui" / "fonts"
WEIGHTS = {400: "400Regular", 500: "500Medium", 700: "700Bold"}

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
    for weight, fallback in zip((400, 700), sys.argv[1:], strict=False):
        print_fallback(weight, Path(fallback))


if __name__ == "__main__":
    main()
