"""The answer of ``/tien-ich/``: the live parts of a page in one small request, which counts the visit."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from congdoan import vntext
from congdoan.pages.cache.entries import next_midnight
from congdoan.pages.live.registry import NAMES, read_parts
from congdoan.pages.live.robots import is_robot
from congdoan.pages.live.visits import Numbers, VisitCounter
from congdoan.pages.visitors import TrustedProxies

_REMEMBERED_AGENTS = 2_000
_LONGEST_AGENT = 512
_VISITS = b'{"total": %d, "today": %d, "month": %d, "online": %d}'
_NO_VISITS = b"null%.0a%.0a%.0a%.0a"
"""Takes the same four numbers and shows none."""
# Stands for the numbers while the rest is turned into JSON. They come before the parts: the first mark is ours.
_MARK = "\x00visits\x00"


class LiveAnswer:
    """Answers from memory. ``refresh`` (once a second, in the background) does all that needs the database."""

    def __init__(
        self,
        counter: VisitCounter | None = None,
        *,
        clock: Callable[[], float] = time.time,
        trusted_proxies: list[str] | None = None,
    ) -> None:
        self.counter = counter or VisitCounter(clock)
        self._clock = clock
        self._proxies = TrustedProxies(
            settings.TRUSTED_PROXIES if trusted_proxies is None else trusted_proxies
        )
        self._behind_proxies = bool(self._proxies)
        self._agents: dict[str, bool] = {}
        self._parts: dict[str, Any] = {}
        self._template: bytes | None = None
        self._midnight = 0.0
        self._building = threading.Lock()

    @property
    def is_ready(self) -> bool:
        """Say whether the numbers of the database have been read."""
        return self.counter.is_loaded

    def visit(self, environ: dict[str, Any]) -> bytes:
        """Count the visit of a WSGI request, unless a robot makes it, and return the JSON for it."""
        agent = environ.get("HTTP_USER_AGENT", "")
        robot = self._agents.get(agent)
        if robot is None:
            robot = self._judge(agent)
        if robot:
            return self.show()

        address = environ.get("REMOTE_ADDR", "")
        if self._behind_proxies:
            address = self._proxies.visitor(address, environ.get("HTTP_X_FORWARDED_FOR", ""))
        counter = self.counter
        return self._filled(counter.count(counter.visitor_key(address, agent)))

    def show(self) -> bytes:
        """Return the JSON without counting."""
        return self._filled(self.counter.numbers())

    def refresh(self) -> None:
        """Write counted visits, read the numbers and the parts. Raises what the database raises."""
        try:
            self.counter.flush()
        finally:
            self._parts = read_parts()
            self._build()

    def _filled(self, shown: Numbers) -> bytes:
        template = self._template
        if template is None or self._clock() >= self._midnight:
            template = self._build()
        return template % shown

    def _judge(self, agent: str) -> bool:
        robot = is_robot(agent[:_LONGEST_AGENT])
        if len(self._agents) < _REMEMBERED_AGENTS and len(agent) <= _LONGEST_AGENT:
            self._agents[agent] = robot
        return robot

    def _build(self) -> bytes:
        """Make the bytes around the numbers; at midnight the date needs new ones at once."""
        with self._building:
            now = self._clock()
            today = datetime.fromtimestamp(now, timezone.get_default_timezone()).date()
            answer = {"date": _date(today), "visits": _MARK, **dict.fromkeys(NAMES), **self._parts}
            text = json.dumps(answer, ensure_ascii=False).encode()
            before, _, after = text.replace(b"%", b"%%").partition(json.dumps(_MARK).encode())
            visits = _VISITS if self.counter.is_loaded else _NO_VISITS
            self._template = before + visits + after
            self._midnight = next_midnight(now)
            return self._template


def _date(today: date) -> dict[str, str]:
    return {"vi": vntext.format_long(today, "vi"), "en": vntext.format_long(today, "en")}
