"""What waits for a person: each app registers a source in ``apps.ready()``; the desk asks them all once for a request.

A source gets the request of the reader: apps above this one find there in whose name the reader acts
(``request.capacity``). It returns few lines, the most pressing first, and asks a number of queries that does not grow.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import structlog
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise

from congdoan.notices.kinds import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing that waits, with the one action that deals with it.

    ``label`` says why it waits where the words of the kind are not enough. ``urgency`` orders what has no due day:
    the higher, the sooner.
    """

    title: str
    kind: Kind
    url: str
    action: str
    label: str = ""
    due_on: dt.date | None = None
    since: dt.datetime | None = None
    urgency: int = 0

    @property
    def why(self) -> str:
        """Why it waits, in words."""
        return self.label or str(self.kind.label)

    def is_late(self, today: dt.date) -> bool:
        """Say whether its due day is over on ``today``."""
        return self.due_on is not None and self.due_on < today


@dataclass(frozen=True, slots=True)
class Waitlist:
    """All that waits for one reader, in order, and the parts of it that could not be read."""

    items: tuple[Waiting, ...]
    missing: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.items)


Source = Callable[[HttpRequest], Iterable[Waiting]]


@dataclass(frozen=True, slots=True)
class _Registered:
    title: str | Promise
    source: Source


_sources: dict[str, _Registered] = {}
_asked: WeakKeyDictionary[HttpRequest, Waitlist] = WeakKeyDictionary()


def register(name: str, source: Source, *, title: str | Promise) -> None:
    """Add a source. ``title`` names it to readers when it cannot be read ("bài viết")."""
    if name in _sources and _sources[name].source is not source:
        raise ValueError(f"there is already a source {name!r} of what waits")
    _sources[name] = _Registered(title, source)


def waiting_for(request: HttpRequest) -> Waitlist:
    """Return what waits for the reader of ``request``. Asked once for a request: the page and the rail both want it."""
    if request not in _asked:
        _asked[request] = _ask(request)
    return _asked[request]


def _ask(request: HttpRequest) -> Waitlist:
    items: list[Waiting] = []
    missing: list[str] = []
    for name, registered in sorted(_sources.items()):
        try:
            items += registered.source(request)
        except Exception:  # noqa: BLE001  # one broken part must not hide what waits in all others; the page says so
            structlog.get_logger(__name__).exception("source of what waits failed", source=name)
            missing.append(str(registered.title))
    return Waitlist(tuple(sorted(items, key=_order)), tuple(missing))


def _order(item: Waiting) -> tuple[dt.date, int, float]:
    """What has a due day comes first, the earliest day (the latest work) on top; then by urgency, the oldest first."""
    return (
        item.due_on or dt.date.max,
        -item.urgency,
        item.since.timestamp() if item.since else timezone.now().timestamp(),
    )
