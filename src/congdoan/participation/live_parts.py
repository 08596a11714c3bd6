"""The poll as a live part of every page."""

from __future__ import annotations

from typing import Any

from congdoan.pages import live
from congdoan.participation.exports import poll_shape
from congdoan.participation.queries import front_poll


def poll() -> dict[str, Any] | None:
    """Return the newest open poll that editors let stand on the pages (shape: ``exports.poll_shape``), or ``None``."""
    found = front_poll()
    return poll_shape(found) if found else None


live.register("poll", poll)
