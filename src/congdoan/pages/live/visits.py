"""Counting visits in memory.

A visit is one addition in memory; a background thread writes what has gathered once a second. A crash loses at
most that second.
"""

from __future__ import annotations

import secrets
import threading
import time
import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone

from congdoan.pages import actions, queries
from congdoan.pages.cache.entries import next_midnight

ONLINE_FOR = 300.0
"""Seconds for which a visitor counts as online after a visit."""
MOST_VISITORS = 100_000
"""So many are told apart at most; a flood of forged visitors must not fill the memory."""
ONLINE_REPORTED_EVERY = 20.0


class Numbers(NamedTuple):
    """What a page shows. A tuple, because one is made for every visit."""

    total: int
    today: int
    month: int
    online: int


class VisitCounter:
    """Visits and visitors of this process, added to those of all processes. Safe for many threads.

    A visitor is a keyed hash of address and browser whose key is made anew in each process and never leaves its
    memory; neither address nor hash is written anywhere. Somebody whose requests meet two processes is therefore
    online in both for these minutes.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.process = uuid.uuid4().hex
        self._clock = clock
        self._lock = threading.Lock()
        self._flushing = threading.Lock()
        self._secret = secrets.token_bytes(32)
        self._seen: dict[int, float] = {}
        self._elsewhere = 0
        self._reported: tuple[int, float] = (0, 0.0)
        # Shown numbers: what the database had plus what has come since.
        self._total = self._today = self._month = 0
        self._day = date.min
        self._midnight = 0.0
        self._pending = 0
        self._earlier: dict[date, int] = {}
        self.is_loaded = False
        """Whether the numbers of the database are known; until then nothing can be shown."""

    # --- A visit -------------------------------------------------------------------------------

    def visitor_key(self, address: str, user_agent: str) -> int:
        """Return what tells this visitor from others in this process.

        Python's hash is keyed (SipHash with a key made at random when the process starts); a secret of our own
        keeps it so where PYTHONHASHSEED takes that away. It costs a tenth of BLAKE2, and this is done for each visit.
        """
        return hash((self._secret, address, user_agent))

    def count(self, visitor: int) -> Numbers:
        """Count one visit of ``visitor`` and return the numbers with it."""
        now = self._clock()
        with self._lock:
            if now >= self._midnight:
                self._turn(now)
            self._pending += 1
            self._total += 1
            self._today += 1
            self._month += 1
            if len(self._seen) < MOST_VISITORS or visitor in self._seen:
                self._seen[visitor] = now
            return Numbers(self._total, self._today, self._month, len(self._seen) + self._elsewhere)

    def numbers(self) -> Numbers:
        """Return the numbers without counting (for robots)."""
        now = self._clock()
        with self._lock:
            if now >= self._midnight:
                self._turn(now)
            return Numbers(self._total, self._today, self._month, len(self._seen) + self._elsewhere)

    def _turn(self, now: float) -> None:
        """Begin a new day. What is not yet written stays with the day that it came on."""
        day = datetime.fromtimestamp(now, timezone.get_default_timezone()).date()
        if self._pending:
            self._earlier[self._day] = self._earlier.get(self._day, 0) + self._pending
            self._pending = 0
        if day != self._day:
            self._today = 0
        if (day.year, day.month) != (self._day.year, self._day.month):
            self._month = 0
        self._day, self._midnight = day, next_midnight(now)

    # --- The database --------------------------------------------------------------------------

    def flush(self) -> None:
        """Write what has gathered and read what the other processes have written.

        When the database refuses, everything stays in memory for the next time.
        """
        with self._flushing:
            now = self._clock()
            with self._lock:
                if now >= self._midnight:
                    self._turn(now)
                self._forget_visitors(now)
                day, waiting = self._day, self._waiting()
                online = len(self._seen)
            if waiting:
                actions.add_visits(waiting)
                with self._lock:
                    self._written(waiting)
            self._report(online, now)
            known, elsewhere = queries.visit_count(day), queries.online_elsewhere(self.process)
            with self._lock:
                self._elsewhere = elsewhere
                self._take_over(known, day)

    def close(self) -> None:
        """Write the last visits and take leave; at the end of the process."""
        self.flush()
        actions.leave_online(self.process)

    def _waiting(self) -> dict[date, int]:
        waiting = dict(self._earlier)
        if self._pending:
            waiting[self._day] = waiting.get(self._day, 0) + self._pending
        return waiting

    def _written(self, written: dict[date, int]) -> None:
        """Subtract what is safe now; more may have come meanwhile, and the day may have turned."""
        for day, number in written.items():
            earlier = self._earlier.pop(day, 0)
            left = earlier - number
            if left > 0:
                self._earlier[day] = left
            elif left < 0:
                self._pending += left

    def _take_over(self, known: queries.VisitCount, day: date) -> None:
        if day != self._day:
            return  # midnight passed while we read; the next time is a second away
        waiting = self._waiting()
        this_month = sum(n for each, n in waiting.items() if (each.year, each.month) == (day.year, day.month))
        self._total = known.total + sum(waiting.values())
        self._today = known.today + waiting.get(day, 0)
        self._month = known.month + this_month
        self.is_loaded = True

    def _forget_visitors(self, now: float) -> None:
        gone = [visitor for visitor, at in self._seen.items() if now - at > ONLINE_FOR]
        for visitor in gone:
            del self._seen[visitor]

    def _report(self, online: int, now: float) -> None:
        number, at = self._reported
        if online == number and (online == 0 or now - at < ONLINE_REPORTED_EVERY):
            return
        actions.report_online(self.process, online)
        self._reported = (online, now)
