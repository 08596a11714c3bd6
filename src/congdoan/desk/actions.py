"""What the desk keeps."""

from __future__ import annotations

from congdoan.accounts.models import User
from congdoan.desk.models import TourSeen


def note_tour_seen(user: User) -> None:
    """Do not show the tour to ``user`` again. Done twice, the first time holds."""
    TourSeen.objects.get_or_create(user=user)
