"""What an editor should look at again in a text with figures: in sentences."""

from __future__ import annotations

from importlib.resources import files

from django.utils.translation import gettext as _

from congdoan.vntext.reading import hints_from_toml, read_figures
from congdoan.vntext.reading.checking import HOLDS, check_figures


def remarks_on(text: str) -> list[str]:
    """Return what seems to contradict itself in a text, as sentences in the reader's language."""
    hints = hints_from_toml(files("congdoan.figures").joinpath("content/reading.toml").read_text("utf-8"))
    return [one.translated(_) for one in check_figures(text, read_figures(text, hints)) if one.code != HOLDS]
