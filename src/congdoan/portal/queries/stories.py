"""Articles as lists show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from congdoan.media.models import Picture, Rendition
from congdoan.pages.cache import depend_on
from congdoan.portal.models import (
    ArticlePage,
    CategoryPage,
)


@dataclass(frozen=True, slots=True)
class Story:
    """An article as lists show it."""

    pk: int
    title: str
    url: str
    lead: str
    picture: Picture | None
    category: str
    category_url: str
    date: datetime
    language: str


def published_articles() -> QuerySet[ArticlePage]:
    """Return the live articles, newest first, with what a list shows of them."""
    articles: QuerySet[ArticlePage] = (
        ArticlePage.objects.live()
        .select_related("picture")
        .defer("body", "body_en", "sources")
        .order_by("-sort_at")
    )
    return articles


def with_renditions(pictures: Iterable[Picture | None]) -> None:
    """Give each picture its renditions, one query for all of them."""
    found = [picture for picture in pictures if picture is not None]
    by_picture: dict[int, list[Rendition]] = {picture.pk: [] for picture in found}
    for rendition in Rendition.objects.filter(image_id__in=by_picture):
        by_picture[rendition.image_id].append(rendition)
    for picture in found:
        picture.prefetched_renditions = by_picture[picture.pk]


def with_categories(
    articles: Iterable[ArticlePage], categories: Iterable[CategoryPage] | None = None
) -> list[ArticlePage]:
    """Give each article its category (``None`` when that is not published), so that its address needs no query.

    One query for all; none where the live ``categories`` are known.
    """
    found = list(articles)
    paths = {article.path[: -ArticlePage.steplen] for article in found}
    if categories is None:
        categories = CategoryPage.objects.live().filter(path__in=paths)
    by_path = {page.path: page for page in categories}
    for article in found:
        article.category = by_path.get(article.path[: -ArticlePage.steplen])
    return found


def stories(articles: Iterable[ArticlePage]) -> list[Story]:
    """Return ``articles`` as lists show them; one whose category is not published has no address and is left out."""
    found = [article for article in with_categories(articles) if article.category is not None]
    with_renditions(article.picture for article in found)
    return [story_of(article) for article in found]


def story_of(article: ArticlePage) -> Story:
    return Story(
        pk=article.pk,
        title=article.shown_title,
        url=article.url,
        lead=str(article.in_language("lead")),
        picture=article.picture,
        category=article.category.shown_title,
        category_url=article.category.url,
        date=article.shown_date,
        language=article.text_language,
    )


def newest_articles(limit: int = 30) -> list[ArticlePage]:
    """Return the newest articles for feeds."""
    depend_on("articles")
    return [
        article for article in with_categories(published_articles()[:limit]) if article.category is not None
    ]
