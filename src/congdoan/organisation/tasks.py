"""Work of the background."""

from __future__ import annotations

from congdoan.organisation.actions import editorial


def sync_editors() -> None:
    """Bring the groups of the newsroom to what mandates give today."""
    editorial.sync_everybody()
