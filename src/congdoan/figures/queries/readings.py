"""Texts read for figures: one's own only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from congdoan.figures.models import ReadFigure, Reading
from congdoan.reporting.models import Indicator, Series
from congdoan.reporting.queries.overview import meanings

NEAR = 90
"""Characters of text shown on each side of a figure."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the text: plain, or a figure of it."""

    text: str
    figure: ReadFigure | None = None


def own(user: Any) -> QuerySet[Any]:
    """Return somebody's readings, the newest first, with ``figure_count`` and how many of them wait (``waiting_count``)."""
    waiting = Count("figures", filter=Q(figures__state=ReadFigure.State.PROPOSED))
    found = Reading.objects.filter(owner=user).annotate(figure_count=Count("figures"), waiting_count=waiting)
    return found.order_by("-made_at", "-pk")


def pieces(reading: Reading, figures: Sequence[ReadFigure]) -> list[list[Piece]]:
    """Cut the text into paragraphs of pieces; ``figures`` come in order and do not overlap."""
    paragraphs: list[list[Piece]] = [[]]
    at = 0
    for figure in figures:
        _add(paragraphs, reading.text[at : figure.number_start])
        paragraphs[-1].append(Piece(reading.text[figure.number_start : figure.number_end], figure))
        at = figure.number_end
    _add(paragraphs, reading.text[at:])
    return [found for found in paragraphs if any(piece.text.strip() for piece in found)]


def _add(paragraphs: list[list[Piece]], text: str) -> None:
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if number:
            paragraphs.append([])
        if line:
            paragraphs[-1].append(Piece(line))


def around(reading: Reading, figure: ReadFigure) -> tuple[str, str, str]:
    """Return what stands before a figure, the figure, and what stands after it, in one line."""
    before = reading.text[max(0, figure.number_start - NEAR) : figure.number_start]
    after = reading.text[figure.number_end : figure.number_end + NEAR]
    return (
        " ".join(before.split("\n")[-1].split()),
        reading.text[figure.number_start : figure.number_end],
        " ".join(after.split("\n")[0].split()),
    )


def choices(day: Any) -> list[tuple[str, str]]:
    """Return the indicators that a figure can be: code and name, in the order of the catalogue."""
    kinds = (Indicator.Kind.FLOW, Indicator.Kind.STOCK, Indicator.Kind.DISTINCT)
    found = list(
        Indicator.objects.filter(kind__in=[*kinds, Indicator.Kind.RATE, Indicator.Kind.OUTSIDE]).order_by(
            "sort_order", "code"
        )
    )
    named = meanings([one.pk for one in found], day)
    return [(one.code, str(named.get(one.pk) or one.code)) for one in found]


def keys(figures: Sequence[ReadFigure]) -> dict[str, list[ReadFigure]]:
    """Return confirmed figures by the key of their series; more than one may claim the same."""
    found: dict[str, list[ReadFigure]] = {}
    for figure in figures:
        if figure.state == ReadFigure.State.CONFIRMED:
            found.setdefault(Series.key_of(figure.indicator, figure.cell), []).append(figure)
    return found
