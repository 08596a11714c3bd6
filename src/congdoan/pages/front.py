"""Finished pages before Django.

Every request of a visitor comes through ``FrontApplication`` first. What it does for a kept page is a few look-ups
in dictionaries; each further step here costs throughput (``bench/portal_speed.py`` measures it).
"""

from __future__ import annotations

import atexit
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable
from functools import partial
from multiprocessing import util as multiprocessing_util
from typing import Any

import structlog
from django.conf import settings
from django.db import DatabaseError, connections
from django.http.request import split_domain_port, validate_host

from congdoan.pages.background import Repeating
from congdoan.pages.cache.encoding import choose, matches
from congdoan.pages.cache.entries import Entry
from congdoan.pages.cache.marking import may_be_kept
from congdoan.pages.cache.purging import PurgeReader
from congdoan.pages.cache.purging import reader as process_reader
from congdoan.pages.cache.rendering import Application, Base, Rendered, base, render
from congdoan.pages.cache.store import PageCache, page_cache
from congdoan.pages.live.answer import LiveAnswer

LIVE_PATH = "/tien-ich/"
PURGES_READ_EVERY = 0.05
"""Seconds. A published change must be visible in every process within 0.3 s."""
STALE_LOOKED_FOR_EVERY = 0.5
"""Seconds between looks without a change: for pages that midnight has made old."""
LIVE_REFRESHED_EVERY = 1.0
SWITCH_INTERVAL = 0.001
"""Seconds for which one thread may keep the interpreter while others want it. Python's own 5 ms would make a
request for a kept page wait that long whenever another thread renders."""

_MOST_HOSTS = 64
_READING = ("GET", "HEAD")
_OK, _NOT_MODIFIED = "200 OK", "304 Not Modified"
_LIVE_HEADERS = [
    ("Content-Type", "application/json"),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
]

_logger = structlog.get_logger(__name__)


class FrontApplication:
    """Serve from the page cache what is there; hand the rest to Django.

    A page is served from here to whoever asks with GET or HEAD, without a query string and without a session
    cookie. Other cookies change nothing: a visitor who has voted reads the same pages.
    """

    def __init__(
        self,
        application: Application,
        *,
        cache: PageCache = page_cache,
        reader: PurgeReader = process_reader,
        live: LiveAnswer | None = None,
        clock: Callable[[], float] = time.time,
        threads: bool = True,
    ) -> None:
        self.application = application
        self.cache = cache
        self.reader = reader
        self.live = live or LiveAnswer(clock=clock)
        self._clock = clock
        self._threads = threads
        self._entries = cache.entries
        self._session_cookie = f"{settings.SESSION_COOKIE_NAME}="
        self._hosts: set[str | None] = set()
        self._base: Base | None = None
        self._starting = threading.Lock()
        self._started_in = 0
        self._running: list[Repeating] = []

    # --- Requests ------------------------------------------------------------------------------

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        path = environ["PATH_INFO"]
        if path == LIVE_PATH:
            return self._answer_live(environ, start_response)

        entry = self._entries.get(path)
        if entry is not None and environ["REQUEST_METHOD"] == "GET" and self._is_anybody(environ):
            now = self._clock()
            if now < entry.deadline:
                entry.hits += 1
                entry.used = now
                return self._answer(entry, environ, start_response)
        return self._answer_slowly(path, environ, start_response)

    def _is_anybody(self, environ: dict[str, Any]) -> bool:
        """Say whether the request may get what everybody gets."""
        return (
            not environ.get("QUERY_STRING")
            and ("HTTP_COOKIE" not in environ or self._session_cookie not in environ["HTTP_COOKIE"])
            and (environ.get("HTTP_HOST") in self._hosts or self._allows(environ.get("HTTP_HOST")))
        )

    def _answer(self, entry: Entry, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        if "HTTP_IF_NONE_MATCH" in environ and matches(environ["HTTP_IF_NONE_MATCH"], entry.variants.etag):
            start_response(_NOT_MODIFIED, entry.not_modified)
            return []
        variant = entry.variants.all[choose(environ.get("HTTP_ACCEPT_ENCODING"))]
        start_response(_OK, variant.headers)
        return variant.body

    def _answer_slowly(self, path: str, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer what is not kept, kept no longer, or asked for otherwise than with GET."""
        method = environ["REQUEST_METHOD"]
        is_for_cache = method in _READING and self._is_anybody(environ) and may_be_kept(path)
        if not is_for_cache or not self.start() or self._base is None:
            return self.application(environ, start_response)

        found: Entry | Rendered | None = self._entries.get(path)
        if not isinstance(found, Entry) or self._clock() >= found.deadline:
            found = self.cache.fetch(path, self._render)
        if isinstance(found, Entry):
            answer = self._answer(found, environ, start_response)
            return [] if method == "HEAD" else answer
        if found is not None and found.is_for_everybody and not found.status.startswith("5"):
            # Not found, or moved: rendered for nobody in particular, so it is right for this visitor too.
            start_response(found.status, found.headers)
            return [] if method == "HEAD" else [found.body]
        return self.application(environ, start_response)

    def _answer_live(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        if method not in _READING:
            return self.application(environ, start_response)
        if not self.live.is_ready:
            self.start()
        # A HEAD request shows nothing to anybody and so is no visit.
        body = self.live.visit(environ) if method == "GET" else b""
        start_response(
            _OK, [*_LIVE_HEADERS]
        )  # a copy: a server may write into the list it is given (PEP 3333)
        return [body]

    def _allows(self, host: str | None) -> bool:
        if host is None:
            return False
        domain, _ = split_domain_port(host)
        allowed = bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
        if allowed and len(self._hosts) < _MOST_HOSTS:
            self._hosts.add(host)
        return allowed

    def _render(self, path: str) -> Rendered:
        assert self._base is not None  # nothing is fetched before start() found it  # noqa: S101
        return render(self.application, path, self._base)

    # --- Work beside the requests --------------------------------------------------------------

    def start(self) -> bool:
        """Begin the work in the background, once in each process; says whether pages may be kept.

        Not at import: a server may load the application and fork afterwards, and threads do not survive that.
        """
        if self._started_in == os.getpid():
            return True
        with self._starting:
            if self._started_in == os.getpid():
                return True
            self._base = base()
            if self._base is None:
                _logger.warning("no host to render pages for: BASE_URL does not name one of ALLOWED_HOSTS")
            try:
                self.reader.start()
                self.live.refresh()
            except DatabaseError:
                _logger.exception("page cache cannot start")
                return False
            if self._threads:
                self._start_threads()
            self._started_in = os.getpid()
            return True

    def _start_threads(self) -> None:
        sys.setswitchinterval(SWITCH_INTERVAL)
        self._running = [
            Repeating(
                "page-cache-purges",
                self.reader.read,
                every=PURGES_READ_EVERY,
                after_error=self.reader.forget_connection,
            ),
            Repeating("page-cache-renewal", self.renew, every=STALE_LOOKED_FOR_EVERY, wake=self.cache.work),
            Repeating("live-parts", self.live.refresh, every=LIVE_REFRESHED_EVERY),
        ]
        for each in self._running:
            each.start()
        # Granian's workers are forked by multiprocessing, which ends them without running atexit.
        stop = partial(self.stop, os.getpid())
        multiprocessing_util.Finalize(None, stop, exitpriority=10)
        atexit.register(stop)

    def renew(self) -> None:
        """Render everything that is out of date, the most urgent first."""
        while self._base is not None and self.cache.renew_next(self._render):
            pass

    def stop(self, process: int) -> None:
        """End the work in the background of ``process`` (a process id) and write the last visits; may be repeated."""
        if process != os.getpid() or not self._running:
            return
        running, self._running = self._running, []
        for each in running:
            each.stop()
        try:
            self.live.counter.close()
        except DatabaseError:
            _logger.exception("last visits could not be written")
        finally:
            connections.close_all()
