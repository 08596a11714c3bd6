"""A live figure between its stored form (``<embed embedtype="figure" …/>``) and the editor's (an entity of one character)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from draftjs_exporter import DOM
from wagtail.admin.rich_text.converters.contentstate_models import EntityRange
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    KEEP_WHITESPACE,
    InlineEntityElementHandler,
)

ENTITY = "FIGURE"
PLACE = "\u2060"
"""The one character that stands for a figure in the editor's text (word joiner: no width, no line break after it). An entity
must have a character; the words that the editor shows are drawn beside it and never stored."""

ATTRIBUTES = ("indicator", "cell", "unit", "window", "basis", "form", "shift")
"""Those of ``engine.specs.Spec``."""


def kept(attributes: Mapping[str, Any]) -> dict[str, str]:
    """Return the attributes that name a figure, as text, without empty ones."""
    return {name: str(attributes[name]) for name in ATTRIBUTES if attributes.get(name)}


class _RestOfLink(EntityRange):  # type: ignore[misc]  # Wagtail is untyped
    """What follows a figure inside a link. Wagtail sets the length when the link ends; one without characters is none."""

    def __init__(self, key: int, block: Any) -> None:
        self._block, self._length = block, 0
        super().__init__(key)
        self.offset = len(block.text)
        block.entity_ranges.append(self)

    @property
    def length(self) -> int:
        """Characters."""
        return self._length

    @length.setter
    def length(self, value: int | None) -> None:
        self._length = value or 0
        if value == 0:
            self._block.entity_ranges.remove(self)


class FigureElementHandler(InlineEntityElementHandler):  # type: ignore[misc]  # Wagtail is untyped
    """Makes an entity of a stored figure. Inside a link, which has characters of its own, the link is cut in two: a character of
    the editor belongs to one entity."""

    mutability = "IMMUTABLE"

    def handle_starttag(self, name: str, attrs: Any, state: Any, contentstate: Any) -> None:
        """Add the entity and its character."""
        around, state.current_entity_ranges = state.current_entity_ranges, []
        super().handle_starttag(name, attrs, state, contentstate)
        block = state.current_block
        for opened in around:
            opened.length = len(block.text) - opened.offset
            if not opened.length and opened in block.entity_ranges:
                block.entity_ranges.remove(opened)
        block.text += PLACE
        state.leading_whitespace = KEEP_WHITESPACE
        super().handle_endtag(name, state, contentstate)
        state.current_entity_ranges = [_RestOfLink(opened.key, block) for opened in around]

    def handle_endtag(self, name: str, state: Any, contentstate: Any) -> None:
        """Everything was done at its start: an embed has no end tag."""

    def get_attribute_data(self, attrs: Mapping[str, Any]) -> dict[str, str]:
        """Return the data of the entity."""
        return kept(attrs)


def figure_element(props: Mapping[str, Any]) -> Any:
    """Return the stored form of an entity: its character goes, bold and italic around it stay."""
    element = DOM.create_element("embed", {"embedtype": "figure", **kept(props)})
    for tag in reversed(_tags(props["children"])):
        element = DOM.create_element(tag, {}, element)
    return element


def _tags(children: Any) -> list[str]:
    """Return the tags around the character of an entity, the outermost first."""
    found: list[str] = []
    while children is not None and not isinstance(children, str):
        if isinstance(children, (list, tuple)):
            children = children[0] if children else None
            continue
        if children.type != "fragment":
            found.append(children.type)
        children = children.children[0] if children.children else None
    return [tag for tag in found if tag in ("b", "strong", "i", "em")]


RULE = {
    "from_database_format": {'embed[embedtype="figure"]': FigureElementHandler(ENTITY)},
    "to_database_format": {"entity_decorators": {ENTITY: figure_element}},
}
"""What Wagtail registers for the feature."""
