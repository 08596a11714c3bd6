"""The address field of the editors' forms: the browser makes the same address as the server while one types."""

from __future__ import annotations

import re
from collections import defaultdict

from wagtail.admin.widgets import SlugInput

from congdoan import vntext

_RANGES = (range(0xC0, 0x250), range(0x370, 0x530), range(0x1E00, 0x1F00), (0x20AB,))


def formatters() -> list[tuple[re.Pattern[str], str]]:
    """Return the rules of ``vntext.slugify`` as (pattern, replacement) pairs for Wagtail's slug widget."""
    characters: dict[str, str] = defaultdict(str)
    for code in (code for codes in _RANGES for code in codes):
        replacement = vntext.slugify(chr(code))
        if replacement and not re.fullmatch(r"u[0-9a-f]{4,}", replacement):
            characters[replacement] += chr(code)
    rules = [(re.compile(f"[{found}]"), replacement) for replacement, found in sorted(characters.items())]
    rules.append((re.compile("[\u0300-\u036f]"), ""))
    rules.append((re.compile(r"[^A-Za-z0-9-]+"), "-"))
    return rules


class VietnameseSlugInput(SlugInput):  # type: ignore[misc]  # Wagtail is untyped
    """Wagtail's slug field with the Vietnamese alphabet."""

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__(attrs=attrs, formatters=formatters())
