"""Threads of a web process that work beside its requests."""

from __future__ import annotations

import threading
from collections.abc import Callable

import structlog
from django.db import connections

_logger = structlog.get_logger(__name__)
_PAUSE_AFTER_ERROR = 1.0


class Repeating:
    """A daemon thread that does ``work`` again and again, whatever goes wrong in it.

    ``work`` is called, then the thread waits ``every`` seconds, or shorter when ``wake`` is set. After an error
    (the database may be gone) it is logged, the thread's connections are closed, and it goes on a second later.
    """

    def __init__(
        self,
        name: str,
        work: Callable[[], object],
        *,
        every: float,
        wake: threading.Event | None = None,
        after_error: Callable[[], None] | None = None,
    ) -> None:
        self._name = name
        self._work = work
        self._every = every
        self._wake = wake or threading.Event()
        self._after_error = after_error
        self._stopped = False
        self._failing = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, timeout: float = 5.0) -> None:
        """End after what is under way."""
        self._stopped = True
        self._wake.set()
        self._thread.join(timeout)

    def _run(self) -> None:
        try:
            while not self._stopped:
                pause = self._once()
                self._wake.wait(pause)
        finally:
            connections.close_all()

    def _once(self) -> float:
        try:
            self._work()
        except Exception:
            if not self._failing:
                # Once for each spell of failing: ten lines a second would hide all others.
                _logger.exception("background thread fails", thread=self._name)
            self._failing = True
            connections.close_all()
            if self._after_error is not None:
                self._after_error()
            return _PAUSE_AFTER_ERROR
        if self._failing:
            _logger.warning("background thread works again", thread=self._name)
            self._failing = False
        return self._every
