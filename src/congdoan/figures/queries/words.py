"""The words of a page as its readers read them, figures included: for looking through them, not for showing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup
from wagtail.blocks import StreamValue
from wagtail.blocks.base import Block
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import RichText, expand_db_html

from congdoan.figures.queries.showing import PageFigures, figures_of
from congdoan.figures.rendering import plain_with_figures

FOREIGN = ("_en",)
"""Endings of fields in another language: they say the same once more."""


def words_of(page: Any) -> str:
    """Return title, lead and text of a page, a line for each paragraph, with the figures as they are shown."""
    figures = figures_of(page, live=not page.live)
    lines = [page.title, getattr(page, "lead", "")]
    for field in page._meta.get_fields():  # noqa: SLF001  # Django documents it as public
        if field.name.endswith(FOREIGN):
            continue
        if isinstance(field, RichTextField):
            lines += _of_markup(getattr(page, field.name) or "", figures)
        elif isinstance(field, StreamField):
            for child in getattr(page, field.name) or ():
                lines += _of_block(child.block, child.value, figures)
    return "\n".join(line for line in lines if line)


def _of_block(block: Block, value: Any, figures: PageFigures) -> Iterator[str]:
    if isinstance(value, RichText):
        yield from _of_markup(value.source, figures)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, StreamValue):
        for child in value:
            yield from _of_block(child.block, child.value, figures)
    elif hasattr(block, "child_blocks") and hasattr(value, "get"):
        for name, child in block.child_blocks.items():
            yield from _of_block(child, value.get(name), figures)


def _of_markup(source: str, figures: PageFigures) -> Iterator[str]:
    soup = BeautifulSoup(plain_with_figures(expand_db_html(source), figures), "html.parser")
    for part in soup.find_all(["p", "li", "h2", "h3", "h4"]) or [soup]:
        yield " ".join(part.get_text().split())
