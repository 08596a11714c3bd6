"""Putting the figures into rich text."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from wagtail.rich_text import EmbedHandler

from congdoan.figures import wording
from congdoan.figures.engine.specs import Spec, SpecError
from congdoan.figures.queries.showing import PageFigures

NO_DATA = "…"
"""Stands where a figure has no data."""

_PLACE = re.compile(r'<span data-figure="([^"]*)">[^<]*</span>')


class FigureHandler(EmbedHandler):  # type: ignore[misc]  # Wagtail is untyped
    """Turns a stored live figure into a place that ``with_figures`` fills: only the page knows its figures."""

    identifier = "figure"

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, Any]) -> str:
        """Return the place."""
        try:
            spec = Spec.read(attrs)
        except SpecError:
            return ""
        return format_html('<span data-figure="{}">{}</span>', json.dumps(spec.attributes()), NO_DATA)


def with_figures(markup: str, figures: PageFigures, language: str | None = None) -> SafeString:
    """Fill the places of live figures in expanded rich text (safe markup) with the figures of a page.

    ``language``: that of the text, where it is not the reader's: figures stand in its sentences and speak as they do.
    """

    def fill(place: re.Match[str]) -> str:
        spec = _spec(place[1])
        return figure_markup(spec, figures, language) if spec else NO_DATA

    return mark_safe(_PLACE.sub(fill, markup))  # noqa: S308  # expanded rich text, and our own markup


def _spec(stored: str) -> Spec | None:
    try:
        attributes = json.loads(html.unescape(stored))
        return Spec.read({str(name): str(value) for name, value in attributes.items()})
    except (ValueError, AttributeError):
        return None


def figure_markup(spec: Spec, figures: PageFigures, language: str | None = None) -> SafeString:
    """Return one figure in a sentence: first the number, then, for those who listen, that its source can be opened.

    Its address stays in the reader's language.
    """
    found = figures.of(spec)
    with override(language or get_language()):
        words = wording.worded(found, spec.form, figures.scope.compare)
        none, source = _("chưa có số liệu"), _("xem nguồn số liệu")
    if not words or found[0] is None:
        return format_html(
            '<span class="figure figure--none"><span aria-hidden="true">{}</span>'
            '<span class="visually-hidden">{}</span></span>',
            NO_DATA,
            none,
        )
    if not found[0].url:
        return format_html('<span class="figure figure--live">{}</span>', words)
    return format_html(
        '<a class="figure" href="{}">{}<span class="visually-hidden"> ({})</span></a>',
        found[0].url,
        words,
        source,
    )


def plain_with_figures(markup: str, figures: PageFigures) -> str:
    """Fill the places with words alone: for search, feeds and print."""

    def fill(place: re.Match[str]) -> str:
        spec = _spec(place[1])
        words = wording.worded(figures.of(spec), spec.form, figures.scope.compare) if spec else ""
        return html.escape(words or NO_DATA)

    return _PLACE.sub(fill, markup)
