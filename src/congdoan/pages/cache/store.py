"""The kept pages of one process."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

import structlog

from congdoan.pages.cache.encoding import variants
from congdoan.pages.cache.entries import Entry, next_midnight
from congdoan.pages.cache.rendering import Rendered

LIMIT = 64 * 1024 * 1024
"""Bytes of bodies that one process keeps."""
RENEWED_WITHIN = 600.0
"""Seconds. An out-of-date page that nobody has read for longer is dropped, not rendered anew."""
REMEMBERED_PURGES = 512
WAIT = 30.0
"""Seconds that a request waits for another one that is rendering the same page."""

_logger = structlog.get_logger(__name__)

Render = Callable[[str], Rendered]


class _Flight:
    """One rendering under way, and who waits for it."""

    __slots__ = ("done", "outcome")

    def __init__(self) -> None:
        self.done = threading.Event()
        self.outcome: Entry | Rendered | None = None


class PageCache:
    """Finished pages by path, each with what it depends on. Safe for many threads."""

    def __init__(self, *, limit: int = LIMIT, clock: Callable[[], float] = time.time) -> None:
        self.entries: dict[str, Entry] = {}
        self.work = threading.Event()
        """Set while there may be stale pages to render."""
        self._limit = limit
        self._size = 0
        self._clock = clock
        self._lock = threading.Lock()
        self._flights: dict[str, _Flight] = {}
        self._generation = 0
        self._purges: deque[tuple[int, frozenset[str]]] = deque(maxlen=REMEMBERED_PURGES)

    # --- Changes -------------------------------------------------------------------------------

    def purge(self, tags: frozenset[str]) -> None:
        """Mark every page that shows ``tags`` as out of date. Its bytes are served for the grace at most."""
        with self._lock:
            now = self._clock()
            self._generation += 1
            self._purges.append((self._generation, tags))
            for entry in self.entries.values():
                if entry.is_affected_by(tags):
                    entry.go_stale(tags, now)
                    self.work.set()

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self.entries.clear()
            self._size = 0
            self._generation += 1
            self._purges.append((self._generation, frozenset(["site"])))

    # --- Rendering -----------------------------------------------------------------------------

    def fetch(self, path: str, render: Render) -> Entry | Rendered | None:
        """Render ``path`` and keep it when it may be kept; of many who ask at once, one renders.

        Returns the kept entry, or what Django answered when that is not to be kept, or ``None`` when the
        rendering of another thread failed. What ``render`` raises is raised for the thread that rendered.
        """
        with self._lock:
            flight = self._flights.get(path)
            leads = flight is None
            if flight is None:
                flight = self._flights[path] = _Flight()
        if not leads:
            flight.done.wait(WAIT)
            return flight.outcome
        try:
            flight.outcome = self._render(path, render)
            return flight.outcome
        finally:
            with self._lock:
                del self._flights[path]
            flight.done.set()

    def renew_next(self, render: Render) -> bool:
        """Render the most urgent out-of-date page; says whether there was one.

        First the changed page, then its lists and the front page, then the others, the most read first.
        """
        with self._lock:
            stale = self._out_of_date()
            if not stale:
                self.work.clear()
                return False
        entry = min(stale, key=lambda each: (each.rank, -each.hits))
        try:
            self.fetch(entry.path, render)
        except Exception:
            # Not kept any longer: the next reader renders it and sees the error with its id.
            _logger.exception("renewing a page failed", path=entry.path)
            with self._lock:
                self._drop(entry)
        return True

    def _out_of_date(self) -> list[Entry]:
        """Return what must be rendered anew, midnight's victims included; forget those that nobody reads."""
        now = self._clock()
        found = [entry for entry in self.entries.values() if entry.is_stale or entry.deadline <= now]
        for entry in found:
            if now - entry.used > RENEWED_WITHIN:
                self._drop(entry)
        return [entry for entry in found if now - entry.used <= RENEWED_WITHIN]

    def _render(self, path: str, render: Render) -> Entry | Rendered:
        with self._lock:
            generation, started = self._generation, self._clock()
        rendered = render(path)
        if not rendered.may_be_kept:
            with self._lock:
                gone = self.entries.get(path)
                if gone is not None:
                    self._drop(gone)
            return rendered

        made = variants(rendered.kept_headers(), rendered.body)
        entry = Entry(
            path=path,
            variants=made,
            not_modified=[(k, v) for k, v in made.all[0].headers if k in ("ETag", "Vary", "Cache-Control")],
            tags=frozenset(rendered.shown.tags),
            page=rendered.shown.page,
            # Midnight after the start: a page that was begun yesterday shows yesterday's date.
            deadline=next_midnight(started),
            used=self._clock(),
        )
        self._keep(entry, generation)
        return entry

    def _keep(self, entry: Entry, generation: int) -> None:
        with self._lock:
            old = self.entries.get(entry.path)
            if old is not None:
                entry.hits = old.hits // 2
                entry.used = old.used
                self._size -= old.variants.size
            self.entries[entry.path] = entry
            self._size += entry.variants.size
            for tags in self._purged_since(generation):
                # It changed while we rendered: what we have may be the old state.
                if entry.is_affected_by(tags):
                    entry.go_stale(tags, self._clock())
                    self.work.set()
            if self._size > self._limit:
                self._make_room(entry)

    def _purged_since(self, generation: int) -> list[frozenset[str]]:
        if self._generation - generation > len(self._purges):
            return [frozenset(["site"])]
        return [tags for number, tags in self._purges if number > generation]

    def _make_room(self, newest: Entry) -> None:
        """Drop what has been unread for longest, down to nine tenths, so that this is rare."""
        for entry in sorted(self.entries.values(), key=lambda each: each.used):
            if self._size <= self._limit * 0.9:
                return
            if entry is not newest:
                self._drop(entry)

    def _drop(self, entry: Entry) -> None:
        if self.entries.get(entry.path) is entry:
            del self.entries[entry.path]
            self._size -= entry.variants.size


page_cache = PageCache()
"""The cache of this process."""
