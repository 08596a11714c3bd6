"""The tokens keep the contrast that WCAG 2.2 asks for: 4.5 for text, 3 for controls and icons."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[2] / "assets" / "scss" / "_tokens.scss"
TEXT = ["ink", "quiet", "blue", "red", "green", "amber"]


def tokens(theme: str) -> dict[str, str]:
    block = re.search(rf"\${theme}: \((.*?)\);", TOKENS.read_text(encoding="utf-8"), re.DOTALL)
    assert block
    return dict(re.findall(r'"([a-z-]+)": (#[0-9a-f]{6})', block[1]))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_the_standard_says():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("paper", ["paper", "raised"])
@pytest.mark.parametrize("name", TEXT)
def test_text_can_be_read_on_both_papers(theme, paper, name):
    colours = tokens(theme)

    assert contrast(colours[name], colours[paper]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_on_filled_buttons_can_be_read(theme):
    colours = tokens(theme)

    assert contrast(colours["on-blue"], colours["blue"]) >= 4.5
    assert contrast(colours["on-blue"], colours["red"]) >= 4.5
    assert contrast(tokens("light")["ink"], colours["gold"]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("paper", ["paper", "raised"])
def test_borders_of_controls_can_be_seen(theme, paper):
    colours = tokens(theme)

    assert contrast(colours["control"], colours[paper]) >= 3
