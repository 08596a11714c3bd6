"""What the background worker does every second."""

from __future__ import annotations

from congdoan.search import actions


def drain() -> None:
    """Bring what changed into the index; build it when it is missing."""
    actions.drain()
