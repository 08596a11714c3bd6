"""Telling every process what changed."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from django.db import connection, transaction
from django.utils import timezone

from congdoan.pages.cache.store import PageCache, page_cache
from congdoan.pages.models.cache import Purge

LATE = 600.0
"""Seconds. On PostgreSQL a note with a lower number may be committed after one with a higher; we wait that long."""


def purge(*tags: str) -> None:
    """Have every process render anew what shows ``tags``, once the current transaction is committed.

    The note to the other processes is part of the transaction: it comes with the change or not at all.
    """
    if not tags:
        return
    note = Purge.objects.create(tags=sorted(set(tags)), at=timezone.now())
    transaction.on_commit(partial(reader.handle, note.pk, frozenset(tags)))


class PurgeReader:
    """Reads the notes of other processes. One thread calls ``read`` several times a second."""

    def __init__(self, cache: PageCache, clock: Callable[[], float] = time.monotonic) -> None:
        self._cache = cache
        self._clock = clock
        self._floor: int | None = None
        self._seen: dict[int, float] = {}
        self._version: tuple[int, int] | None = None

    def start(self) -> None:
        """Begin with what is there now. Pages kept before this would miss changes, so keep none before."""
        newest = Purge.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        # Some lower numbers may still be under way in other transactions: look a little further back.
        recent = Purge.objects.filter(pk__gt=newest - 1000).values_list("pk", flat=True)
        self._seen = dict.fromkeys(recent, self._clock())
        self._floor = max(0, newest - 1000)
        self._cache.clear()

    @property
    def is_started(self) -> bool:
        """Say whether ``start`` was done."""
        return self._floor is not None

    def handle(self, pk: int, tags: frozenset[str]) -> None:
        """Act on a note of this process at once."""
        if self._floor is not None:
            self._seen[pk] = self._clock()
        self._cache.purge(tags)

    def read(self) -> int:
        """Act on notes that are new; returns how many there were."""
        if self._floor is None or self._nothing_was_written():
            return 0
        numbers = Purge.objects.filter(pk__gt=self._floor).values_list("pk", flat=True)
        new = [pk for pk in numbers if pk not in self._seen]
        for pk, tags in (
            Purge.objects.filter(pk__in=new).order_by("pk").values_list("pk", "tags") if new else ()
        ):
            self.handle(pk, frozenset(tags))
        self._forget_old()
        return len(new)

    def forget_connection(self) -> None:
        """Read everything next time: a new connection counts SQLite's versions from elsewhere."""
        self._version = None

    def _nothing_was_written(self) -> bool:
        """SQLite says cheaply whether any other connection has written; PostgreSQL is simply asked."""
        if connection.vendor != "sqlite":
            return False
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA data_version")
            version = (id(connection.connection), cursor.fetchone()[0])
        unchanged = version == self._version
        self._version = version
        return unchanged

    def _forget_old(self) -> None:
        # Another thread may add its own note meanwhile, hence the copy.
        old = [pk for pk, at in list(self._seen.items()) if self._clock() - at > LATE]
        if old and self._floor is not None:
            self._floor = max(self._floor, *old)
            for pk in [pk for pk in list(self._seen) if pk <= self._floor]:
                self._seen.pop(pk, None)


reader = PurgeReader(page_cache)
"""The reader of this process."""
