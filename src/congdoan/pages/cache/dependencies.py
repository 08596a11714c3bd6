"""What the page that is being rendered depends on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(slots=True)
class Recording:
    """The tags of one rendering, and the page that it is about (its primary key) when it is a page."""

    tags: set[str] = field(default_factory=set)
    page: int | None = None


_current: ContextVar[Recording | None] = ContextVar("page_cache_recording", default=None)


def depend_on(*tags: str) -> None:
    """Note that the page being rendered shows what ``tags`` stand for; outside a recording nothing happens.

    Tags in use: "site" (settings, menu, facts, links), "categories", "articles", "albums", "bulletins",
    "documents", "figures", "totals", "page:<pk>", "list:<category pk>", "document:<pk>", "figure:<pk>".
    """
    recorded = _current.get()
    if recorded is not None:
        recorded.tags.update(tags)


def shows_page(pk: int) -> None:
    """Note that what is being rendered is the page ``pk`` itself, so that it comes first when that changes."""
    recorded = _current.get()
    if recorded is not None:
        recorded.page = pk
        recorded.tags.add(f"page:{pk}")


@contextmanager
def recording() -> Iterator[Recording]:
    """Collect what everything rendered inside the block depends on, in this thread."""
    collected = Recording()
    token = _current.set(collected)
    try:
        yield collected
    finally:
        _current.reset(token)
