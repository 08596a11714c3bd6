"""The words that point to indicators: what a text is read with."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from congdoan.vntext.reading import Hint, hints_from_toml


@cache
def hints() -> tuple[Hint, ...]:
    """Return the hints that come with the product (``content/reading.toml``)."""
    return hints_from_toml(files(__package__).joinpath("content/reading.toml").read_text("utf-8"))
