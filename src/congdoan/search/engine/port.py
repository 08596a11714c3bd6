"""What every search engine of this product can do, and the words in which it is asked and answers.

Rights reach an engine as opaque *access keys*: a document carries the keys that open it, a query those that its
asker holds, and an engine shows nothing, counts nothing and suggests nothing where the two share none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

PUBLIC = "public"
"""The access key that everybody holds."""

MOST_RESULTS = 1_000
"""Nobody turns that many pages; beyond it there are no more hits, though the total is right."""

Key = tuple[str, str]
"""A thing that can be found: its kind ("article") and its key within the kind ("17")."""

Sort = Literal["relevance", "newest", "oldest"]


@dataclass(frozen=True, slots=True)
class Document:
    """One text of one thing in one language, as the index gets it. Text in any Unicode form, without markup.

    ``context`` says where it belongs (issuer, category, author): found, but with little weight. ``url`` is a path
    of the Vietnamese site. ``facets`` are what queries filter by and count: exact strings, one or several a name.
    """

    kind: str
    key: str
    title: str
    url: str
    language: str = "vi"
    symbol: str = ""
    context: str = ""
    summary: str = ""
    body: str = ""
    date: date | None = None
    facets: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    access: frozenset[str] = frozenset({PUBLIC})


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody looks for. An empty ``text`` finds everything; a text without a word finds nothing.

    ``kinds`` empty means all. ``filters`` demands one of the given values for each facet named. ``facets`` names
    those to be counted. ``language`` is the one preferred where a thing has several.
    """

    text: str
    access: frozenset[str] = frozenset({PUBLIC})
    kinds: tuple[str, ...] = ()
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    sort: Sort = "relevance"
    language: str = "vi"
    offset: int = 0
    limit: int = 20


Span = tuple[int, int]
"""Half-open offsets of a highlight, in code points of the text beside it."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of the original text, and where the words looked for stand in it."""

    text: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found."""

    kind: str
    key: str
    language: str
    title: Snippet
    symbol: Snippet
    snippet: Snippet
    url: str
    date: date | None
    facets: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Results:
    """What was found: a window of ``hits`` out of ``total`` things.

    ``kinds`` counts the matches of every kind, whatever kinds were asked for (they are the tabs); ``facets`` counts
    the values of the facets named in the query. ``relaxed``: nothing held all the words, these hold some of them.
    """

    total: int
    hits: tuple[Hit, ...]
    kinds: Mapping[str, int]
    facets: Mapping[str, tuple[tuple[str, int], ...]]
    took_ms: float
    relaxed: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A title that begins as the reader has typed so far."""

    title: Snippet
    kind: str
    url: str


class Engine(Protocol):
    """A search engine. Every method may be called from any thread and process at any time."""

    def is_ready(self) -> bool:
        """Say whether there is an index that can be searched."""

    def index(self, documents: Iterable[Document]) -> None:
        """Add documents; one of the same kind, key and language is replaced. Durable on return."""

    def delete(self, keys: Iterable[Key]) -> None:
        """Forget things, in all their languages. Unknown keys are fine."""

    def refresh(self, keys: Sequence[Key], load: Callable[[Sequence[Key]], Iterable[Document]]) -> None:
        """Replace all that is known of ``keys`` by what ``load(keys)`` returns. Durable on return.

        ``load`` is called when no other writer can come between, so the last refresh always wins with the newest
        state. Raises ``IndexMissingError``, and what ``load`` raises (then nothing has changed).
        """

    def search(self, query: Query) -> Results:
        """Answer a query. Raises ``IndexMissingError``; never anything because of the text asked for."""

    def suggest(
        self, prefix: str, *, access: frozenset[str] = frozenset({PUBLIC}), limit: int = 8
    ) -> tuple[Suggestion, ...]:
        """Return titles that hold what was typed, its last word perhaps unfinished; the newest first."""

    def rebuild(
        self, documents: Iterable[Document], load: Callable[[Sequence[Key]], Iterable[Document]]
    ) -> int:
        """Build the index anew from ``documents`` while searches and writes go on, then switch at once.

        ``load`` gives the newest state of what was written meanwhile. Returns how many documents were read.
        Raises ``RebuildRunningError``.
        """

    def clear(self) -> None:
        """Empty the index. Searching it then finds nothing."""
