"""Work of the background: noticing that the data behind published figures changed."""

from __future__ import annotations

from django.core.cache import cache

from congdoan.figures.actions import deciding, telling
from congdoan.reporting.models import Clock

_SEEN = "figures:noticed"


def notice() -> int:
    """Compare published figures with the data, where totals have changed since the last look; tell the owners of what differs.

    Returns how many differences are new.
    """
    clock = Clock.objects.filter(pk=1).first()
    if clock is None:
        return 0
    state = (clock.epoch, clock.as_is_version, str(clock.as_is_day))
    if cache.get(_SEEN) == state:
        return 0
    new = deciding.notice()
    telling.tell_owners(new)
    cache.set(_SEEN, state, None)
    return len(new)
