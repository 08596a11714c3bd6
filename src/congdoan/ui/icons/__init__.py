"""Our own set of icons: drawings by name, read once from ``icons.svg``."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_SYMBOL = re.compile(r'<symbol id="([a-z-]+)">(.*?)</symbol>', re.DOTALL)
_FILE = Path(__file__).with_name("icons.svg")


@cache
def drawings() -> dict[str, str]:
    """Return the SVG elements inside each icon, by name: ``{"search": "<circle …/>…"}``."""
    return dict(_SYMBOL.findall(_FILE.read_text(encoding="utf-8")))


@cache
def svg(name: str, size: int = 20) -> str:
    """Return the icon ``name`` as an inline SVG that screen readers skip: a word stands beside it.

    Inline, and not a sprite file, so that a first view needs one request less. Raises ``KeyError`` naming the
    icons that exist.
    """
    try:
        drawing = drawings()[name]
    except KeyError:
        raise KeyError(f"no icon {name!r}; there are {', '.join(sorted(drawings()))}") from None
    return (
        f'<svg class="icon" width="{size}" height="{size}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        f"{drawing}</svg>"
    )
