"""What is wrong with a document that cannot be printed."""

from __future__ import annotations


class PrintingError(ValueError):
    """The document cannot be printed; the message says which part is wrong."""


class PictureError(PrintingError):
    """A picture cannot be read, or is far too large."""
