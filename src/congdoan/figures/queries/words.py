"""The words of a page as its readers read them, line by line, each with the place that it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup, Tag
from wagtail.blocks import StreamValue
from wagtail.blocks.base import Block
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import RichText, expand_db_html

from congdoan.figures.queries.showing import PageFigures, figures_of
from congdoan.figures.queries.texts import scope_of
from congdoan.figures.rendering import plain_with_figures

FOREIGN = ("_en",)
"""Endings of fields in another language: they say the same once more."""

PARTS = ("p", "li", "h2", "h3", "h4")
"""Elements of rich text that are a line each."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page. Where it is a part of a text block at the top of a stream: its field, block and number in the block."""

    text: str
    field: str = ""
    block: int = -1
    part: int = -1


def words_of(page: Any, *, bare: bool = False) -> str:
    """Return title, lead and text of a page, a line for each paragraph. Live figures stand as they are shown; with ``bare`` as "…"."""
    return "\n".join(line.text for line in lines_of(page, bare=bare))


def lines_of(page: Any, *, bare: bool = False) -> list[Line]:
    """Return the lines of a page; empty ones are left out."""
    figures = PageFigures(scope_of(page)) if bare else figures_of(page, live=not page.live)
    found = [Line(_tidy(page.title)), Line(_tidy(getattr(page, "lead", "")))]
    for field in page._meta.get_fields():  # noqa: SLF001  # Django documents it as public
        if field.name.endswith(FOREIGN):
            continue
        if isinstance(field, RichTextField):
            found += [Line(text) for text in _of_markup(getattr(page, field.name) or "", figures)]
        elif isinstance(field, StreamField):
            for number, child in enumerate(getattr(page, field.name) or ()):
                texts = _of_block(child.block, child.value, figures)
                is_text = isinstance(child.value, RichText)
                found += [
                    Line(text, field.name, number, part) if is_text else Line(text)
                    for part, text in enumerate(texts)
                ]
    return [line for line in found if line.text]


def parts_in(soup: BeautifulSoup) -> list[Tag]:
    """Return the elements of parsed rich text that are a line each; the whole where there are none."""
    return list(soup.find_all(PARTS)) or [soup]


def _of_block(block: Block, value: Any, figures: PageFigures) -> Iterator[str]:
    if isinstance(value, RichText):
        yield from _of_markup(value.source, figures)
    elif isinstance(value, str):
        yield _tidy(value)
    elif isinstance(value, StreamValue):
        for child in value:
            yield from _of_block(child.block, child.value, figures)
    elif hasattr(block, "child_blocks") and hasattr(value, "get"):
        for name, child in block.child_blocks.items():
            yield from _of_block(child, value.get(name), figures)


def _of_markup(source: str, figures: PageFigures) -> Iterator[str]:
    soup = BeautifulSoup(plain_with_figures(expand_db_html(source), figures), "html.parser")
    for part in parts_in(soup):
        yield _tidy(part.get_text())


def _tidy(text: str) -> str:
    return " ".join(text.split())
