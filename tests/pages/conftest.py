"""The front of the portal without threads of its own, and a clock that tests set."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from congdoan.pages.cache import purging
from congdoan.pages.cache.purging import PurgeReader
from congdoan.pages.cache.store import PageCache
from congdoan.pages.front import FrontApplication
from congdoan.pages.live.answer import LiveAnswer

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


class Clock:
    """A clock of Unix time that stands until a test moves it. It starts on Thursday 17/10/2019 at 10:00 in Lào Cai."""

    def __init__(self) -> None:
        self.now = datetime(2019, 10, 17, 10, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")).timestamp()

    def __call__(self) -> float:
        return self.now

    def set(self, *moment: int) -> None:
        """Put it to year, month, day, hour, minute … in Lào Cai."""
        self.now = datetime(*moment, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")).timestamp()  # type: ignore[misc,arg-type]


@dataclass
class Answer:
    """What a WSGI application answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Visitor:
    """Asks a WSGI application; counts how often Django had to render."""

    front: FrontApplication
    cache: PageCache
    reader: PurgeReader
    live: LiveAnswer
    clock: Clock
    rendered: list[str] = field(default_factory=list)

    def get(self, path: str, method: str = "GET", query: str = "", **environ: str) -> Answer:
        """Ask for ``path``; header ``Accept-Language`` is ``HTTP_ACCEPT_LANGUAGE`` and so on."""
        answer: dict[str, Any] = {}

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
            answer.update(status=int(status.split()[0]), headers={k.lower(): v for k, v in headers})

        request: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "203.0.113.7",
            "HTTP_HOST": "localhost",
            "HTTP_USER_AGENT": FIREFOX,
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            **environ,
        }
        result = self.front(request, start_response)
        body = b"".join(result)
        close = getattr(result, "close", None)
        if close is not None:
            close()
        return Answer(body=body, **answer)

    def times_rendered(self, path: str) -> int:
        """Return how often Django was asked for ``path``."""
        return self.rendered.count(path)


@pytest.fixture
def clock() -> Clock:
    """A clock that stands."""
    return Clock()


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """A request that ends may close its thread's connection; a test's own must stay (Django's client does the same)."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def visitor(
    db: None, _one_connection: None, clock: Clock, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Visitor:
    """Somebody who reads the portal through a front application of their own."""
    settings.BASE_URL = "https://congdoan.example"
    settings.ALLOWED_HOSTS = ["congdoan.example", "localhost"]
    cache = PageCache(clock=clock)
    reader = PurgeReader(cache)
    monkeypatch.setattr(purging, "reader", reader)
    live = LiveAnswer(clock=clock)
    django = WSGIHandler()
    rendered: list[str] = []

    def counted(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        rendered.append(environ["PATH_INFO"])
        return django(environ, start_response)

    front = FrontApplication(counted, cache=cache, reader=reader, live=live, clock=clock, threads=False)
    return Visitor(front, cache, reader, live, clock, rendered)
