"""Published articles as the API lists them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from congdoan.portal.models import ArticlePage, CategoryPage
from congdoan.portal.queries.stories import Story, published_articles, story_of, with_categories

FIRST, LAST = date(1900, 1, 1), date(2999, 12, 31)
"""Days beyond leave nothing out; their midnights have no moment in UTC at the ends of the calendar."""


def articles(
    *, category: str, since: date | None, until: date | None, oldest_first: bool, offset: int, limit: int
) -> tuple[int, list[Story]]:
    """Return how many public articles there are, and some of them: three queries and one for who may read what."""
    categories = list(CategoryPage.objects.live().public())
    chosen = [page for page in categories if not category or page.slug == category]
    found = _below(published_articles().filter(pk__in=ArticlePage.objects.public().values("pk")), chosen)
    if since and since > FIRST:
        found = found.filter(sort_at__gte=_midnight(since))
    if until and until < LAST:
        found = found.filter(sort_at__lt=_midnight(until + timedelta(days=1)))
    order = ["sort_at", "pk"] if oldest_first else ["-sort_at", "-pk"]
    part = with_categories(found.order_by(*order)[offset : offset + limit], categories)
    return found.count(), [story_of(article) for article in part]


def _below(found: QuerySet[ArticlePage], categories: list[CategoryPage]) -> QuerySet[ArticlePage]:
    """Keep the articles right below ``categories``: one whose category is not published has no address."""
    below = Q(pk__in=())
    for page in categories:
        below |= Q(path__startswith=page.path, depth=page.depth + 1)
    return found.filter(below)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
