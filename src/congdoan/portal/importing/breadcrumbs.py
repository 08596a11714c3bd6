"""Lines that lead from the top of a site to its page: "Tin tức » Đời sống"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from congdoan.portal.importing.parsed import clean
from congdoan.vntext import fold

ROOTS = {"trang chu", "trang nhat", "home", "trang chinh", "cong thong tin", "trang chinh thuc"}
_NEWS = {"tin tuc", "tin tuc su kien", "tin tuc va su kien", "tin", "tin bai", "news"}
_STRONG = re.compile(r"\s*(?:»|›|>>|::|→|➔|►)\s*")
_WEAK = re.compile(r"\s+(?:>|/|\||\\)\s+|\s*>\s+|\s+>\s*")


def breadcrumb_spans(text: str) -> list[tuple[int, int]]:
    """Where the items of a breadcrumb stand in ``text``; empty when it is none."""
    if not 3 <= len(text) <= 250 or text.endswith((".", "!", "?", ":", ";", "…")):
        return []
    for separator, needs_root in ((_STRONG, False), (_WEAK, True)):
        spans = _between(text, separator)
        if not 2 <= len(spans) <= 7 or any(last - first > 90 for first, last in spans[:-1]):
            continue
        first_item = " ".join(fold(text[slice(*spans[0])]).replace("-", " ").replace(",", "").split())
        if not needs_root or first_item in ROOTS or first_item in _NEWS:
            return spans
    return []


def _between(text: str, separator: re.Pattern[str]) -> list[tuple[int, int]]:
    spans, at = [], 0
    for match in separator.finditer(text):
        spans.append((at, match.start()))
        at = match.end()
    spans.append((at, len(text)))
    return [(first, last) for first, last in spans if text[first:last].strip()]


def without_root(items: Sequence[str], title: str) -> tuple[str, ...]:
    """The items of a breadcrumb without the front page at its start and the article itself at its end."""
    kept = [clean(item) for item in items]
    kept = [item for item in kept if item and fold(item).strip(" .»>") not in ROOTS]
    own = " ".join(fold(title).split())
    if (
        kept
        and (shown := " ".join(fold(kept[-1]).split()).rstrip("…."))
        and own.startswith(shown)
        and len(shown) > 12
    ):
        kept.pop()
    return tuple(kept)
