"""Why a saved page cannot be read."""

from __future__ import annotations

from congdoan.vntext.errors import VntextError


class PageError(VntextError):
    """A file is text, but no page of a portal can be read from it.

    ``reason`` is one of ``no_article``, ``too_tangled``.
    """

    def __init__(self, message: str, *, reason: str, sentence: str, **values: object) -> None:
        super().__init__(message, sentence=sentence, **values)
        self.reason = reason
