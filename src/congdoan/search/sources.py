"""What can be searched: a registry that the apps above fill in ``apps.ready()``.

    class DocumentsConfig(AppConfig):
        def ready(self) -> None:
            from congdoan.documents import receivers, search_sources

``documents/search_sources.py`` is the example to follow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from congdoan.search.engine import Document, Key


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of thing that readers find.

    ``kind`` is short and never changes ("document"); ``label`` the lazy word on its tab ("Văn bản"); ``order`` its
    place among the tabs. ``documents(keys)`` gives the texts of those of ``keys`` that exist and may be found, with
    the access keys that open each; what it leaves out is forgotten. ``all_keys()`` names everything there is.
    ``stands_aside``: there are so many, with names of such common words, that among everything only the best few are
    shown, before the rest; all of them are on their own tab.
    """

    kind: str
    label: Any
    documents: Callable[[Sequence[str]], Iterable[Document]]
    all_keys: Callable[[], Iterable[str]]
    order: int = 100
    stands_aside: bool = False


_sources: dict[str, Source] = {}


def register(source: Source) -> Source:
    """Make a kind of thing searchable. Registering a kind again replaces it."""
    _sources[source.kind] = source
    return source


def all_sources() -> list[Source]:
    """Return every kind, in the order of the tabs."""
    return sorted(_sources.values(), key=lambda source: (source.order, source.kind))


def known(kind: str) -> bool:
    """Say whether somebody registered ``kind``."""
    return kind in _sources


def load(keys: Sequence[Key]) -> Iterator[Document]:
    """Read the newest state of things of any kinds; those that are gone or private are left out."""
    by_kind: dict[str, list[str]] = {}
    for kind, key in keys:
        by_kind.setdefault(kind, []).append(key)
    for kind, of_kind in by_kind.items():
        if kind in _sources:
            yield from _sources[kind].documents(of_kind)


def load_everything(batch: int = 200) -> Iterator[Document]:
    """Read all there is, a batch at a time."""
    for source in all_sources():
        keys = list(source.all_keys())
        for start in range(0, len(keys), batch):
            yield from source.documents(keys[start : start + batch])
