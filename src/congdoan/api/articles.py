"""Where the API gets articles from. The portal stands beside it, so neither may import the other: the project joins them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol


class Article(Protocol):
    """A published article as lists show it."""

    @property
    def pk(self) -> int: ...
    @property
    def url(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def lead(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def category_url(self) -> str: ...
    @property
    def date(self) -> datetime: ...
    @property
    def language(self) -> str: ...


class Source(Protocol):
    """Gives a part of the published articles and says how many there are."""

    def __call__(
        self,
        *,
        category: str,
        since: date | None,
        until: date | None,
        oldest_first: bool,
        offset: int,
        limit: int,
    ) -> tuple[int, Sequence[Article]]: ...


@dataclass(slots=True)
class _Known:
    source: Source | None = None


_known = _Known()


def supply(source: Source) -> None:
    """Say where articles come from (``config.apps``)."""
    _known.source = source


def part(
    *, category: str, since: date | None, until: date | None, oldest_first: bool, offset: int, limit: int
) -> tuple[int, Sequence[Article]]:
    """Return how many articles there are and some of them; none without a portal."""
    if _known.source is None:
        return 0, []
    return _known.source(
        category=category, since=since, until=until, oldest_first=oldest_first, offset=offset, limit=limit
    )
