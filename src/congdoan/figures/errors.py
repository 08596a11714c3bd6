"""What can be wrong with figures in text; sentences for people are made where they are shown."""

from __future__ import annotations


class FiguresError(Exception):
    """Something about published or live figures."""


class NothingToFreezeError(FiguresError):
    """A figure without a value cannot be published."""


class NoDiscrepancyError(FiguresError):
    """The figure no longer differs from its data, or somebody has decided already."""


class MayNotCopyError(FiguresError):
    """The person may not make pages in that place."""
