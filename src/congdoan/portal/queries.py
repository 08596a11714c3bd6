"""Reads of the portal: what its pages show. Every list is one query, whatever it holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, QuerySet
from django.db.models.functions import ExtractYear

from congdoan import vntext
from congdoan.documents.models import Document
from congdoan.media.models import Rendition
from congdoan.pages.cache import depend_on
from congdoan.pages.models import WebLink
from congdoan.portal.models import (
    AlbumPage,
    AlbumPhoto,
    ArticlePage,
    BulletinPage,
    CategoryPage,
    HomePage,
    NewsIndexPage,
)

ARTICLES_A_PAGE = 12
ALBUMS_A_PAGE = 12
LATEST_IN_CATEGORY = 4
OTHER_NEWS = 6
CONTENTS_FROM = 3
"""A text with fewer headings needs no table of contents."""


@dataclass(frozen=True, slots=True)
class CategoryColumn:
    """A category on the front page with its newest articles."""

    category: CategoryPage
    articles: list[ArticlePage]


def published_articles() -> QuerySet[ArticlePage]:
    """Return the live articles, newest first, with what a list shows of them, renditions included."""
    articles: QuerySet[ArticlePage] = (
        ArticlePage.objects.live()
        .public()
        .select_related("picture")
        .prefetch_related(_renditions("picture"))
        .defer("body", "body_en", "sources")
        .order_by("-sort_at")
    )
    return articles


def _renditions(field: str) -> Prefetch[Any]:
    return Prefetch(f"{field}__renditions", queryset=Rendition.objects.all(), to_attr="prefetched_renditions")


def with_categories(articles: Iterable[ArticlePage]) -> list[ArticlePage]:
    """Give each article its category (one query for all), so that its address needs no query of its own."""
    found = list(articles)
    paths = {article.path[: -ArticlePage.steplen] for article in found}
    categories = {page.path: page for page in CategoryPage.objects.filter(path__in=paths)}
    for article in found:
        article.category = categories.get(article.path[: -ArticlePage.steplen])
    return found


def front_page(home: HomePage) -> dict[str, Any]:
    """Return the parts of the front page."""
    depend_on("articles", "categories", "albums", "bulletins", "documents")
    latest = with_categories(published_articles()[:7])
    lead = _lead_story(home) or (latest[0] if latest else None)
    beside = [article for article in latest if lead is None or article.pk != lead.pk]
    return {
        "lead": lead,
        "beside": beside[:3],
        "columns": _columns({article.pk for article in [lead, *beside[:3]] if article}),
        "documents": list(Document.objects.filter(live=True).select_related("kind")[:5]),
        "albums": list(_albums()[:4]),
        "bulletin": _bulletins().first(),
    }


def _lead_story(home: HomePage) -> ArticlePage | None:
    if home.lead_story_id is None:
        return None
    return next(iter(with_categories(published_articles().filter(pk=home.lead_story_id))), None)


def _columns(shown: set[int]) -> list[CategoryColumn]:
    """Return the newest articles of each category in one query, those already ``shown`` left out."""
    categories = list(CategoryPage.objects.live().order_by("path"))
    # Fetch enough of the newest for every column; a category that has been silent for long has none here.
    recent = with_categories(published_articles().exclude(pk__in=shown)[: len(categories) * LATEST_IN_CATEGORY * 3])
    columns = []
    for category in categories:
        own = [a for a in recent if a.category is not None and a.category.pk == category.pk][:LATEST_IN_CATEGORY]
        if own:
            columns.append(CategoryColumn(category, own))
    return columns


def article_list(page: NewsIndexPage | CategoryPage, number: str) -> dict[str, Any]:
    """Return one page of the articles below ``page``, and the categories to go on to."""
    depend_on(f"list:{page.pk}", "categories")
    articles = paginated(published_articles().descendant_of(page), number, ARTICLES_A_PAGE)
    articles.object_list = with_categories(articles.object_list)
    children = CategoryPage.objects.live().child_of(page).order_by("path")
    return {"articles": articles, "categories": list(children), "breadcrumb": breadcrumb(page)}


def paginated(items: QuerySet[Any], number: str, size: int) -> ListPage[Any]:
    """Return page ``number`` of ``items``; the nearest that exists for a number that does not."""
    return Paginator(items, size).get_page(number)


def breadcrumb(page: Any) -> list[Any]:
    """Return the pages above ``page`` below the root, the front page first."""
    return list(page.get_ancestors().filter(depth__gt=1).specific())


def around_article(article: ArticlePage) -> dict[str, Any]:
    """Return what stands around an article: related, other news, contents, breadcrumb."""
    ancestors = breadcrumb(article)
    category = ancestors[-1]
    depend_on(f"list:{category.pk}", "categories")
    picked = list(article.related_articles.values_list("target_id", flat=True))
    related = [a for a in published_articles().filter(pk__in=picked)] if picked else []
    related.sort(key=lambda a: picked.index(a.pk))
    depend_on(*(f"page:{a.pk}" for a in related))
    others = list(published_articles().child_of(category).exclude(pk__in=[article.pk, *picked])[:OTHER_NEWS])
    headings = [block.value for block in article.in_language("body") if block.block_type == "heading"]
    return {
        "breadcrumb": ancestors,
        "category": category,
        "related": with_categories(related) if related else [],
        "others": _in_category(others, category),
        "contents": [{"title": h, "anchor": vntext.slugify(h)} for h in headings]
        if len(headings) >= CONTENTS_FROM
        else [],
        "tags": list(article.tags.all()),
    }


def _in_category(articles: list[ArticlePage], category: CategoryPage) -> list[ArticlePage]:
    for article in articles:
        article.category = category
    return articles


def articles_tagged(slug: str, number: str) -> ListPage[Any]:
    """Return one page of the articles with the tag ``slug``."""
    depend_on("articles")
    found = paginated(published_articles().filter(tagged_items__tag__slug=slug), number, ARTICLES_A_PAGE)
    found.object_list = with_categories(found.object_list)
    return found


def _albums() -> QuerySet[AlbumPage]:
    first = AlbumPhoto.objects.select_related("image").prefetch_related(_renditions("image")).filter(sort_order=0)
    albums: QuerySet[AlbumPage] = (
        AlbumPage.objects.live()
        .public()
        .annotate(photo_count=Count("photos"))
        .prefetch_related(Prefetch("photos", queryset=first, to_attr="first_photos"))
        .order_by("-taken_on")
    )
    return albums


def album_list(page: Any, number: str) -> dict[str, Any]:
    """Return one page of albums, each with its first photo."""
    depend_on("albums")
    return {"albums": paginated(_albums(), number, ALBUMS_A_PAGE), "breadcrumb": breadcrumb(page)}


def album_photos(album: AlbumPage) -> list[AlbumPhoto]:
    """Return the photos of an album with their images and renditions."""
    return list(album.photos.select_related("image").prefetch_related(_renditions("image")))


def _bulletins() -> QuerySet[BulletinPage]:
    bulletins: QuerySet[BulletinPage] = (
        BulletinPage.objects.live()
        .public()
        .select_related("cover", "file")
        .prefetch_related(_renditions("cover"))
        .order_by("-issued_on")
    )
    return bulletins


def bulletin_archive(page: Any, year: str) -> dict[str, Any]:
    """Return the years that have issues, and the issues of ``year`` (of the newest when it has none)."""
    depend_on("bulletins")
    years = list(
        BulletinPage.objects.live()
        .annotate(year=ExtractYear("issued_on"))
        .values_list("year", flat=True)
        .order_by("-year")
        .distinct()
    )
    chosen = int(year) if year.isdecimal() and int(year) in years else (years[0] if years else None)
    issues = list(_bulletins().filter(issued_on__year=chosen)) if chosen else []
    return {"years": years, "year": chosen, "issues": issues, "breadcrumb": breadcrumb(page)}


def bulletin_neighbours(bulletin: BulletinPage) -> dict[str, Any]:
    """Return the issues before and after ``bulletin``."""
    depend_on("bulletins")
    earlier = _bulletins().filter(issued_on__lt=bulletin.issued_on).first()
    later = _bulletins().filter(issued_on__gt=bulletin.issued_on).last()
    return {"earlier": earlier, "later": later, "breadcrumb": breadcrumb(bulletin)}


def links_by_group() -> list[tuple[str, list[WebLink]]]:
    """Return all links in their groups, in the order that editors gave them."""
    depend_on("site")
    links = list(WebLink.objects.all())
    order = {group: index for index, group in enumerate(dict.fromkeys(link.group for link in links))}
    links.sort(key=lambda link: order[link.group])
    return [(group, list(members)) for group, members in groupby(links, key=lambda link: link.shown_group)]


def newest_articles(limit: int = 30) -> list[ArticlePage]:
    """Return the newest articles for feeds."""
    depend_on("articles")
    return with_categories(published_articles()[:limit])
