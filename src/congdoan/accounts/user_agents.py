"""Two words for a device from what its browser says of itself: enough to know one's own, too little to follow anybody."""

from __future__ import annotations

import re

_BROWSERS = [
    # The first that fits: each also names those below it.
    ("Coc Coc", r"coc_coc_browser"),
    ("Zalo", r"\bZalo\b"),
    ("Samsung Internet", r"SamsungBrowser"),
    ("Opera", r"OPR/|Opera"),
    ("Edge", r"Edg(e|A|iOS)?/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrom(e|ium)/|CriOS/"),
    ("Safari", r"Safari/"),
]
_SYSTEMS = [
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("macOS", r"Macintosh|Mac OS X"),
    ("ChromeOS", r"CrOS"),
    ("Linux", r"Linux|X11"),
]
LONGEST = 400


def device_words(user_agent: str) -> str:
    """Return browser and system, as "Chrome · Windows"; what is not known is left out."""
    text = user_agent[:LONGEST]
    found = [_first(_BROWSERS, text), _first(_SYSTEMS, text)]
    return " · ".join(word for word in found if word)


def _first(patterns: list[tuple[str, str]], text: str) -> str:
    return next((word for word, pattern in patterns if re.search(pattern, text)), "")
