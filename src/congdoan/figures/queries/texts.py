"""Finding live figures in the text of a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bs4 import BeautifulSoup
from wagtail.blocks import StreamValue
from wagtail.blocks.base import Block
from wagtail.blocks.field_block import RichTextBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import RichText

from congdoan.figures.engine.specs import Asked, Scope, Spec, SpecError

EMBED = "figure"
"""The ``embedtype`` of a live figure in stored rich text."""


def specs_in(html: str) -> list[Spec]:
    """Return the live figures of stored rich text, in order; those that cannot be read are left out."""
    if f'embedtype="{EMBED}"' not in html:
        return []
    found = []
    for embed in BeautifulSoup(html, "html.parser").find_all("embed", embedtype=EMBED):
        try:
            found.append(Spec.read({name: str(value) for name, value in embed.attrs.items()}))
        except SpecError:
            continue
    return found


def specs_of(page: Any) -> list[Spec]:
    """Return all live figures of a page: of its rich texts and of blocks that list figures (they have ``figure_specs``)."""
    scope = scope_of(page)
    found: list[Spec] = []
    for field in page._meta.get_fields():  # noqa: SLF001  # Django documents it as public
        if isinstance(field, RichTextField):
            found += specs_in(getattr(page, field.name) or "")
        elif isinstance(field, StreamField):
            found += specs_in_stream(getattr(page, field.name), scope)
    return found


def specs_in_stream(stream: StreamValue | None, scope: Scope) -> list[Spec]:
    """Return the live figures of a stream of blocks, as they stand on a page with this scope."""
    return [spec for child in stream or () for spec in _of_block(child.block, child.value, scope)]


def _of_block(block: Block, value: Any, scope: Scope) -> Iterator[Spec]:
    if hasattr(block, "figure_specs"):
        yield from block.figure_specs(value, scope)
    elif isinstance(block, RichTextBlock) and isinstance(value, RichText):
        yield from specs_in(value.source)
    elif isinstance(value, StreamValue):
        yield from specs_in_stream(value, scope)
    elif hasattr(block, "child_blocks") and hasattr(value, "get"):
        for name, child in block.child_blocks.items():
            yield from _of_block(child, value.get(name), scope)


def asked_in(specs: Iterable[Spec], scope: Scope) -> list[Asked]:
    """Return every figure that some texts need, each once, in order; what lacks a unit or window is left out."""
    found: dict[Asked, None] = {}
    for spec in specs:
        try:
            wanted = spec.all_asked(scope)
        except SpecError:
            continue
        found |= dict.fromkeys(wanted)
    return list(found)


def scope_of(page: Any) -> Scope:
    """Return what a page is about; an empty scope for pages that are no reports."""
    scope = getattr(page, "figure_scope", None)
    return scope if isinstance(scope, Scope) else Scope()
