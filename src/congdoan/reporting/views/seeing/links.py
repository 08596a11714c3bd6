"""Addresses between the screens of totals: each holds its whole question."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from congdoan.reporting.forms.seeing import BASIS_WORDS
from congdoan.reporting.models import Indicator
from congdoan.reporting.queries.figures import Figure
from congdoan.reporting.queries.gaps import subject_of


def sources_url(figure: Figure | None, unit: str = "") -> str:
    """Return the way to the reports behind a figure, of a gap to those of its rate; "" where no report is behind it."""
    if figure is None or figure.value is None:
        return ""
    if figure.indicator.kind in (Indicator.Kind.TREE, Indicator.Kind.OUTSIDE):
        return ""
    asked = {
        "chi-tieu": subject_of(figure.indicator).code,
        "o": figure.cell,
        "don-vi": unit or figure.unit.code,
        "tu-ngay": written(figure.start),
        "den-ngay": written(figure.end),
        "theo-to-chuc": BASIS_WORDS[figure.basis] if figure.basis != "as-was" else "",
    }
    return f"{reverse('reporting:sources')}?{urlencode({name: said for name, said in asked.items() if said})}"


def explorer_url(indicator: Indicator, unit: str, start: date, end: date, by: str) -> str:
    """Return the explorer's address for one indicator of a unit."""
    asked = {
        "chi-tieu": indicator.code,
        "don-vi": unit,
        "tu-ngay": written(start),
        "den-ngay": written(end),
        "theo": by,
    }
    return f"{reverse('reporting:explorer')}?{urlencode(asked)}"


def written(day: date) -> str:
    """Write a day as it is typed."""
    return f"{day:%d/%m/%Y}"
