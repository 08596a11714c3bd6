"""Which pages show a figure that rests on something."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from congdoan.documents.models import Document
from congdoan.figures.models import PageFigure, PublishedFigure
from congdoan.reporting.models import Indicator

MOST = 10
"""So many are named."""


def on_indicator(indicator: Indicator) -> list[str]:
    """Return the titles of pages with published figures of an indicator; figures that stand on no page by their number."""
    return _named(PublishedFigure.objects.filter(indicator=indicator).values_list("pk", flat=True))


def on_document(document: Document) -> list[str]:
    """Return the titles of pages with figures that were taken from a document; others by their number."""
    return _named(document.figures.values_list("pk", flat=True))


def _named(figures: Iterable[int]) -> list[str]:
    ids = list(figures)
    rows = PageFigure.objects.filter(figure__in=ids).select_related("page").order_by("page__title")
    shown = {row.figure_id: row.page.title for row in rows}
    names = dict.fromkeys(f"“{title}”" for title in shown.values())
    names |= dict.fromkeys(_("số liệu số %s") % pk for pk in ids if pk not in shown)
    return list(names)[:MOST]
