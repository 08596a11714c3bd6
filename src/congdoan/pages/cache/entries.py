"""One kept page."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from congdoan.pages.cache.encoding import Headers, Variants

GRACE = 1.0
"""Seconds for which old bytes may still be served after a change; then a request renders anew. All pages must be
right within 2 s, and rendering takes its time."""
GRACE_FIRST = 0.2
"""The same for the changed page itself, its categories and the front page, which must be right within 0.3 s."""

FIRST, SECOND, REST = 0, 1, 2
"""Ranks: the changed page; its lists and the front page; all others that show it."""

FRONT_PAGES = ("/", "/en/")


@dataclass(slots=True, eq=False)
class Entry:
    """A finished page with what it depends on. ``deadline`` is the only thing that a request must look at."""

    path: str
    variants: Variants
    not_modified: Headers
    tags: frozenset[str]
    page: int | None
    deadline: float
    """Unix time from which the bytes may no longer be served: midnight, or the grace after a change."""
    used: float
    hits: int = 0
    is_stale: bool = False
    rank: int = field(default=REST)

    def is_affected_by(self, tags: frozenset[str]) -> bool:
        """Say whether a change of ``tags`` shows on this page. "site" is on every page."""
        return "site" in tags or not self.tags.isdisjoint(tags)

    def go_stale(self, tags: frozenset[str], now: float) -> None:
        """Keep serving for the grace, and no longer."""
        rank = self._rank(tags)
        self.rank = min(rank, self.rank) if self.is_stale else rank
        self.is_stale = True
        self.deadline = min(self.deadline, now + (GRACE if rank == REST else GRACE_FIRST))

    def _rank(self, tags: frozenset[str]) -> int:
        if f"page:{self.page}" in tags:
            return FIRST
        return SECOND if f"list:{self.page}" in tags or self.path in FRONT_PAGES else REST


def next_midnight(now: float) -> float:
    """Return the Unix time of the next midnight in the site's time zone: then the date on every page is another."""
    zone = timezone.get_default_timezone()
    tomorrow = datetime.fromtimestamp(now, zone).date() + timedelta(days=1)
    return datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=zone).timestamp()
