"""Whom the tour greets."""

from __future__ import annotations

from congdoan.accounts.models import User
from congdoan.desk.models import TourSeen


def needs_tour(user: User) -> bool:
    """Say whether ``user`` has neither seen nor skipped the tour."""
    return not TourSeen.objects.filter(user=user).exists()
