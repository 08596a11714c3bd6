"""The search port and its embedded engine. Plain Python: knows nothing of Django, models or users."""

from congdoan.search.engine.embedded import EmbeddedEngine
from congdoan.search.engine.errors import IndexMissingError, RebuildRunningError, SearchError
from congdoan.search.engine.port import (
    MOST_RESULTS,
    PUBLIC,
    Document,
    Engine,
    Hit,
    Key,
    Query,
    Results,
    Snippet,
    Sort,
    Suggestion,
)

__all__ = [
    "MOST_RESULTS",
    "PUBLIC",
    "Document",
    "EmbeddedEngine",
    "Engine",
    "Hit",
    "IndexMissingError",
    "Key",
    "Query",
    "RebuildRunningError",
    "Results",
    "SearchError",
    "Snippet",
    "Sort",
    "Suggestion",
]
