"""Rich text as paragraphs and lists for paper, with live figures in their places."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag
from wagtail.rich_text import expand_db_html

from congdoan.figures.engine.specs import Spec, SpecError
from congdoan.printing import Block, FigureRun, Heading, Items, Link, Paragraph, Text
from congdoan.printing.document import Run, Runs

Place = Callable[[Spec], Run]
"""Turns a live figure of the text into words for paper."""

_BOLD, _ITALIC = ("b", "strong"), ("i", "em")
_HEADINGS = ("h2", "h3", "h4")
_LINKED = ("https://", "http://", "mailto:", "/")


def blocks_of(source: str, place: Place) -> list[Block]:
    """Return stored rich text as blocks; empty paragraphs are left out."""
    soup = BeautifulSoup(expand_db_html(source), "html.parser")
    found: list[Block] = []
    loose: list[Run] = []

    def close() -> None:
        runs = _trimmed(loose)
        if runs:
            found.append(Paragraph(runs))
        loose.clear()

    for node in soup.children:
        if isinstance(node, Tag) and node.name in ("p", "ul", "ol", "div", "blockquote", *_HEADINGS):
            close()
            found += _block(node, place)
        else:
            loose += _runs(node, place)
    close()
    return found


def _block(node: Tag, place: Place) -> Iterator[Block]:
    if node.name in ("ul", "ol"):
        items = tuple(
            runs for item in node.find_all("li") if (runs := _trimmed(_runs(item, place, skip=("ul", "ol"))))
        )
        if items:
            yield Items(items, counted=node.name == "ol")
        return
    if node.name in _HEADINGS:
        text = " ".join(node.get_text().split())
        if text:
            yield Heading(2, text)
        return
    runs = _trimmed(_runs(node, place))
    if runs:
        yield Paragraph(runs)


def _runs(
    node: PageElement,
    place: Place,
    *,
    bold: bool = False,
    italic: bool = False,
    skip: tuple[str, ...] = (),
) -> Iterator[Run]:
    if isinstance(node, NavigableString):
        if node.strip() or node:
            yield Text(_spaced(str(node)), bold, italic)
        return
    if not isinstance(node, Tag):
        return
    if node.has_attr("data-figure"):
        spec = _spec(str(node["data-figure"]))
        if spec is not None:
            run = place(spec)
            yield _emphasised(run, bold=bold)
        return
    if node.name == "br":
        yield Text(" ", bold, italic)
        return
    address = str(node.get("href", "")) if node.name == "a" else ""
    if _leads(address) and node.find(attrs={"data-figure": True}) is None:
        yield Link(_spaced(node.get_text()), address)
        return
    bold, italic = bold or node.name in _BOLD, italic or node.name in _ITALIC
    for child in node.children:
        if not (isinstance(child, Tag) and child.name in skip):
            yield from _runs(child, place, bold=bold, italic=italic, skip=skip)


def _leads(address: str) -> bool:
    """Whether an address can be printed."""
    return address.startswith(_LINKED) and not address.startswith("//") and not any(map(str.isspace, address))


def _emphasised(run: Run, *, bold: bool) -> Run:
    if bold and isinstance(run, FigureRun):
        return FigureRun(run.text, run.number, run.address, bold=True)
    if bold and isinstance(run, Text):
        return Text(run.text, bold=True, italic=run.italic)
    return run


def _spec(stored: str) -> Spec | None:
    try:
        attributes: dict[str, Any] = json.loads(html.unescape(stored))
        return Spec.read({str(name): str(value) for name, value in attributes.items()})
    except (ValueError, AttributeError, SpecError):
        return None


def _spaced(text: str) -> str:
    """Return text with each run of white space as one blank; no-break spaces stay."""
    out = ""
    for char in text:
        if char in " \t\r\n\f\v":
            out += "" if out.endswith(" ") else " "
        else:
            out += char
    return out


def _trimmed(runs: Iterator[Run] | list[Run]) -> Runs:
    """Return runs without blanks at either end; () when nothing is said."""
    found = [run for run in runs if run.text]
    while found and isinstance(found[0], Text) and not found[0].text.strip():
        del found[0]
    while found and isinstance(found[-1], Text) and not found[-1].text.strip():
        del found[-1]
    if found and isinstance(found[0], Text):
        found[0] = Text(found[0].text.lstrip(), found[0].bold, found[0].italic)
    if found and isinstance(found[-1], Text):
        found[-1] = Text(found[-1].text.rstrip(), found[-1].bold, found[-1].italic)
    return tuple(found)
