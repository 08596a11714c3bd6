"""Runs of text with bold, italic and links: all the emphasis that is kept, written out anew and escaped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from urllib.parse import urljoin, urlsplit

from congdoan import vntext

SCHEMES = ("http", "https", "mailto")
_BLANKS = re.compile(r"[^\S\n]+")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff\x00"))


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look. A line break inside a paragraph is a line feed."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


def safe_address(href: str, base: str) -> str:
    """The absolute address that a link leads to; empty for scripts, anchors and what cannot be told."""
    href = "".join(char for char in href.strip() if char.isprintable())
    try:
        address = urljoin(base, href) if base else href
        parsed = urlsplit(address)
    except ValueError:
        return ""
    if parsed.scheme.lower() not in SCHEMES or href.startswith("#") or len(address) > 2000:
        return ""
    if parsed.scheme.lower() != "mailto" and not parsed.netloc:
        return ""
    return address


def tidy(runs: Sequence[Run]) -> list[Run]:
    """The runs with single plain spaces, in NFC, without blanks at both ends; neighbours of one look are joined."""
    whole: list[Run] = []
    at_start = True
    for look, group in groupby(runs, key=lambda run: (run.bold, run.italic, run.href)):
        text = vntext.nfc("".join(run.text for run in group)).translate(_INVISIBLE)
        text = re.sub(r" ?\n ?", "\n", _BLANKS.sub(" ", text))
        if at_start:
            text = text.lstrip()
        if text:
            whole.append(Run(text, *look))
            at_start = text[-1].isspace()
    while whole and not (last := whole.pop()).text.isspace():
        whole.append(Run(last.text.rstrip(), last.bold, last.italic, last.href))
        break
    return whole


def plain(runs: Sequence[Run]) -> str:
    """The text of tidy runs."""
    return "".join(run.text for run in runs)


def to_html(runs: Sequence[Run]) -> str:
    """HTML of tidy runs: text, <b>, <i>, <a>, <br/> and nothing else."""
    pieces = []
    for run in runs:
        words = run.text.strip()
        if not words:
            pieces.append(_escaped(run.text))
            continue
        before, after = run.text[: run.text.index(words)], run.text[run.text.rindex(words) + len(words) :]
        html = _escaped(words)
        html = f"<i>{html}</i>" if run.italic else html
        html = f"<b>{html}</b>" if run.bold else html
        html = f'<a href="{escape(run.href)}">{html}</a>' if run.href else html
        pieces.append(f"{_escaped(before)}{html}{_escaped(after)}")
    return "".join(pieces)


def _escaped(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br/>")
