"""The rail of the desk: each app registers its entry in ``apps.ready()``; the shell asks for what one reader sees.

The rail shows every entry on wide screens. The bar of a phone has room for ``FIRST`` and for "Thêm", which holds the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

FIRST = 4
"""So many entries stand on the bar of a phone; the fifth place opens the rest."""


def _always(request: HttpRequest) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Entry:
    """One way into a part of the desk.

    ``url`` is the name of an address, or says it for a request. ``match`` holds the beginnings of the addresses that
    belong to the entry, in Vietnamese and without a language prefix; without it the entry's own address is the one.
    ``count`` says how many things wait there; it is asked once for a page, and only of entries that are ``visible``.
    """

    key: str
    order: int
    icon: str
    title: str | Promise
    url: str | Callable[[HttpRequest], str]
    visible: Callable[[HttpRequest], bool] = _always
    count: Callable[[HttpRequest], int] | None = None
    match: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as one reader sees it on one page."""

    title: str
    url: str
    icon: str
    count: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class Menu:
    """All items for a page, in order; iterates over all of them."""

    items: tuple[Item, ...]

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    @property
    def first(self) -> tuple[Item, ...]:
        """What the bar of a phone shows."""
        return self.items[:FIRST]

    @property
    def rest(self) -> tuple[Item, ...]:
        """What "Thêm" holds on a phone."""
        return self.items[FIRST:]

    @property
    def is_current_in_rest(self) -> bool:
        """Say whether the page belongs to an entry that a phone does not show by itself."""
        return any(item.is_current for item in self.rest)

    @property
    def count_in_rest(self) -> int:
        """How many things wait behind "Thêm"."""
        return sum(item.count for item in self.rest)


_entries: dict[str, Entry] = {}


def register(entry: Entry) -> None:
    """Add an entry. A key stands for one entry only, so that two apps cannot hide each other."""
    if entry.key in _entries and _entries[entry.key] != entry:
        raise ValueError(
            f"the rail already has an entry {entry.key!r}; there are {', '.join(sorted(_entries))}"
        )
    _entries[entry.key] = entry


def menu_for(request: HttpRequest) -> Menu:
    """Return the rail as the reader of ``request`` sees it, with the one entry marked that its page belongs to.

    A view whose page must be light sets ``request.rail_is_quiet``: no entry is asked how many things wait there.
    """
    is_quiet = getattr(request, "rail_is_quiet", False)
    shown = sorted(
        (entry for entry in _entries.values() if entry.visible(request)),
        key=lambda entry: (entry.order, entry.key),
    )
    urls = {entry.key: _url(entry, request) for entry in shown}
    path = _without_language(request.path)
    reach = {entry.key: _reach(entry, urls[entry.key], path) for entry in shown}
    current = max(reach, key=lambda key: reach[key], default="")
    return Menu(
        tuple(
            Item(
                title=str(entry.title),
                url=urls[entry.key],
                icon=entry.icon,
                count=entry.count(request) if entry.count and not is_quiet else 0,
                is_current=entry.key == current and reach[current] > 0,
            )
            for entry in shown
        )
    )


def _url(entry: Entry, request: HttpRequest) -> str:
    return reverse(entry.url) if isinstance(entry.url, str) else entry.url(request)


def _reach(entry: Entry, url: str, path: str) -> int:
    """Return how much of ``path`` the entry claims: the length of its longest beginning that fits; 0 for none."""
    prefixes = entry.match or (_without_language(url),)
    # The front page begins every address; it claims itself alone.
    return max(
        (len(item) for item in prefixes if path == item or (item != "/" and path.startswith(item))), default=0
    )


def _without_language(path: str) -> str:
    for code, _name in settings.LANGUAGES:
        if code != settings.LANGUAGE_CODE and path.startswith(f"/{code}/"):
            return path.removeprefix(f"/{code}")
    return path
