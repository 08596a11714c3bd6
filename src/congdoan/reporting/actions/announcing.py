"""Telling the page cache that public figures have moved on."""

from __future__ import annotations

from django.db import transaction

from congdoan.pages.cache import purge
from congdoan.reporting.models import Clock
from congdoan.reporting.queries.public import TAG, TOTALS


def announce(told: int | None) -> int:
    """Have kept pages of public figures rendered anew if totals have moved on since the batch ``told``; return the batch
    that pages stand at now. Locks nothing where nothing has changed."""
    epoch = Clock.objects.filter(pk=1).values_list("epoch", flat=True).first() or 0
    if epoch != told:
        with transaction.atomic():
            purge(TAG, TOTALS)
    return epoch
