"""What an editor should look at again in a text with figures: in sentences."""

from __future__ import annotations

from django.utils.translation import gettext as _

from congdoan.figures.hints import hints
from congdoan.vntext.reading import read_figures
from congdoan.vntext.reading.checking import HOLDS, check_figures


def remarks_on(text: str) -> list[str]:
    """Return what seems to contradict itself in a text, as sentences in the reader's language."""
    return [
        one.translated(_) for one in check_figures(text, read_figures(text, hints())) if one.code != HOLDS
    ]
