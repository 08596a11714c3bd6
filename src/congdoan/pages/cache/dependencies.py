"""What the page that is being rendered depends on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_tags: ContextVar[set[str] | None] = ContextVar("page_cache_tags", default=None)


def depend_on(*tags: str) -> None:
    """Note that the page being rendered shows what ``tags`` stand for; outside a recording nothing happens.

    Tags in use: "site" (settings, menu, facts, links), "categories", "articles", "albums", "bulletins",
    "documents", "page:<pk>", "list:<category pk>", "document:<pk>".
    """
    recorded = _tags.get()
    if recorded is not None:
        recorded.update(tags)


@contextmanager
def recording() -> Iterator[set[str]]:
    """Collect the tags of everything rendered inside the block, in this thread."""
    tags: set[str] = set()
    token = _tags.set(tags)
    try:
        yield tags
    finally:
        _tags.reset(token)
