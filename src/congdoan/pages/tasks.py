"""Work of the background."""

from __future__ import annotations

from congdoan.pages import actions


def prune() -> int:
    """Tidy up what the processes told one another; returns how many rows went."""
    return actions.prune()
