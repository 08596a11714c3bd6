"""Figures in templates of other apps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template

from congdoan.figures.models import Erratum
from congdoan.figures.views import public_words

register = template.Library()


@register.filter
def errata_words(errata: Iterable[Erratum] | str | None) -> list[dict[str, Any]]:
    """Return the corrections of a page in words, for ``figures/public/errata.html`` on that page itself."""
    if not errata or isinstance(errata, str):
        return []
    return [public_words.erratum(one, with_page=False) for one in errata]
