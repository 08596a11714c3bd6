"""What stands around an article, and lists of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from congdoan import vntext
from congdoan.media.models import Picture
from congdoan.pages.cache import depend_on
from congdoan.portal.models import (
    ArticlePage,
    CategoryPage,
    NewsIndexPage,
    RelatedArticle,
)
from congdoan.portal.models.articles import RELATED_LIMIT
from congdoan.portal.queries.places import breadcrumb, news_of, paginated, parent_of
from congdoan.portal.queries.stories import (
    published_articles,
    stories,
    story_of,
    with_categories,
    with_renditions,
)

ARTICLES_A_PAGE = 12
OTHER_NEWS = 6
CONTENTS_FROM = 3
"""A text with fewer headings needs no table of contents."""


def article_list(page: NewsIndexPage | CategoryPage, number: str) -> dict[str, Any]:
    """Return one page of the articles below ``page``, and the categories to go on to."""
    depend_on(f"list:{page.pk}", "categories")
    children = CategoryPage.objects.live().child_of(page).order_by("path")
    listed = paginated(published_articles().filter(path__startswith=page.path), number, ARTICLES_A_PAGE)
    return {
        "listed": listed,
        "stories": stories(listed.object_list),
        "categories": list(children),
        "breadcrumb": breadcrumb(page),
    }


def around_article(article: ArticlePage) -> dict[str, Any]:
    """Return what stands around an article: related, other news, contents, breadcrumb, tags."""
    category = parent_of(article)
    depend_on(f"list:{category.pk}", "categories")
    body = article.in_language("body")
    headings = [str(block.value) for block in body if block.block_type == "heading"]
    related, others = _related_and_others(article, category)
    depend_on(*(f"page:{other.pk}" for other in related))
    with_renditions([article.picture, *_pictures_of(body), *(other.picture for other in [*related, *others])])
    return {
        "breadcrumb": breadcrumb(article),
        "category": category,
        "related": [story_of(other) for other in related],
        "others": [replace(story_of(other), category="") for other in others],
        "contents": [{"title": title, "anchor": vntext.slugify(title)} for title in headings]
        if len(headings) >= CONTENTS_FROM
        else [],
        "tags": [
            {"title": tag.name, "url": reverse("portal:tag", args=[tag.slug])} for tag in article.tags.all()
        ],
    }


def _related_and_others(
    article: ArticlePage, category: CategoryPage
) -> tuple[list[ArticlePage], list[ArticlePage]]:
    """Return the hand-picked articles and the newest others of the category, in one query."""
    place = RelatedArticle.objects.filter(article_id=article.pk, target=OuterRef("pk")).values("sort_order")[
        :1
    ]
    newest = ArticlePage.objects.live().child_of(category).exclude(pk=article.pk).order_by("-sort_at")
    wanted = Q(place__isnull=False) | Q(pk__in=newest.values("pk")[: OTHER_NEWS + RELATED_LIMIT])
    found = list(published_articles().annotate(place=Subquery(place)).filter(wanted))
    found = [
        other for other in with_categories(found, news_of(category).categories) if other.category is not None
    ]
    related = sorted((other for other in found if other.place is not None), key=lambda other: other.place)
    return related, [other for other in found if other.place is None][:OTHER_NEWS]


def _pictures_of(body: Any) -> Iterator[Picture | None]:
    for block in body:
        if block.block_type == "figure":
            yield block.value["image"]


def articles_tagged(slug: str, number: str) -> dict[str, Any]:
    """Return one page of the articles with the tag ``slug``."""
    depend_on("articles")
    listed = paginated(published_articles().filter(tagged_items__tag__slug=slug), number, ARTICLES_A_PAGE)
    return {"listed": listed, "stories": stories(listed.object_list)}
