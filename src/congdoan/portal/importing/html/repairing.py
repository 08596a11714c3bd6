"""Closing what old pages leave open, as browsers do, before the document is built.

HTML lets </p>, </li>, </td> and </tr> be left out; the parser of the standard library then nests every paragraph in the
one before. One pass over the tags, in time linear to the text. Comments go too, so that none stays open to the end.
"""

from __future__ import annotations

import re
from collections import Counter

from congdoan.portal.importing.plain import too_tangled

_MOST_TAGS = 25_000
_DEEPEST = 1_000

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)([^<>]*)>")
_BLOCK_WORDS = (
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr main menu nav ol p pre section summary table ul"
)
_BLOCKS = frozenset(_BLOCK_WORDS.split())
"""Beginning one of these ends an open paragraph (HTML standard, 13.1.2.4 optional tags)."""
_ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    # beginning this: ends one of these, but not beyond one of those
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu", "dir"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
}
_TRACKED = _BLOCKS | frozenset(_ENDS) | {"body", "tbody", "thead", "tfoot"}
_VOID_WORDS = "area base br col embed hr img input link meta param source track wbr"
_VOID = frozenset(_VOID_WORDS.split())
_RAW = frozenset({"script", "style", "textarea", "title"})


def without_comments(text: str) -> str:
    """The text without comments; one that is never closed ends the text."""
    pieces, at = [], 0
    while (start := text.find("<!--", at)) >= 0:
        pieces.append(text[at:start])
        end = text.find("-->", start + 4)
        if end < 0:
            return "".join(pieces)
        at = end + 3
    return "".join([*pieces, text[at:]])


def repaired(text: str) -> str:
    """The text with the end tags that may be left out put in. Raises ``PageError`` for more than any page needs."""
    pieces: list[str] = []
    opened: list[str] = []
    counts: Counter[str] = Counter()
    inline = tags = at = 0
    while match := _TAG.search(text, at):
        closing, name = bool(match[1]), match[2].lower()
        pieces.append(text[at : match.start()])
        at = match.end()
        tags += 1
        if name in _RAW and not closing:
            end = re.compile(rf"</{name}\b", re.IGNORECASE).search(text, at)
            at = end.start() if end else len(text)
            pieces.append(text[match.start() : at])
        else:
            pieces.extend(_ended_by(name, opened, counts) if not closing and name in _TRACKED else [])
            pieces.append(match[0])
        if name in _TRACKED and name not in _VOID and not (closing and not counts[name]):
            _note(name, opened, counts, closing=closing)
        elif name not in _VOID and name not in _RAW:
            inline = max(0, inline + (-1 if closing else 1))
        if tags > _MOST_TAGS or len(opened) + inline > _DEEPEST:
            raise too_tangled()
    return "".join([*pieces, text[at:]])


def _ended_by(name: str, opened: list[str], counts: Counter[str]) -> list[str]:
    """End tags that the beginning of ``name`` stands for; what they close is taken off ``opened``."""
    ended = []
    if name in _BLOCKS and opened and opened[-1] == "p":
        ended.append(_pop(opened, counts))
    if name in _ENDS:
        these, border = _ENDS[name]
        at = len(opened) - 1
        while at >= 0 and opened[at] not in these and opened[at] not in border:
            at -= 1
        if at >= 0 and opened[at] in these:
            ended.extend(_pop(opened, counts) for _ in range(len(opened) - at))
    return [f"</{tag}>" for tag in ended]


def _pop(opened: list[str], counts: Counter[str]) -> str:
    tag = opened.pop()
    counts[tag] -= 1
    return tag


def _note(name: str, opened: list[str], counts: Counter[str], *, closing: bool) -> None:
    if not closing:
        opened.append(name)
        counts[name] += 1
        return
    while _pop(opened, counts) != name:
        pass
