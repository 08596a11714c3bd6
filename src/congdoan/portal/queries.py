"""Reads of the portal: what its pages show. Every list is one query, whatever it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import ExtractYear
from django.urls import reverse
from wagtail.models import Collection, Page
from wagtail.permissions import page_permission_policy, policy_registry

from congdoan import vntext
from congdoan.accounts.models import User
from congdoan.documents.models import Document
from congdoan.media.models import Picture, Rendition
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
    RelatedArticle,
)
from congdoan.portal.models.articles import RELATED_LIMIT

ARTICLES_A_PAGE = 12
ALBUMS_A_PAGE = 12
LATEST_IN_CATEGORY = 4
OTHER_NEWS = 6
BESIDE_LEAD = 3
CONTENTS_FROM = 3
"""A text with fewer headings needs no table of contents."""


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


@dataclass(frozen=True, slots=True)
class CategoryColumn:
    """A category on the front page with its newest articles."""

    title: str
    url: str
    stories: list[Story]


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
    return [_story(article) for article in found]


def _story(article: ArticlePage) -> Story:
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


def front_page(home: HomePage) -> dict[str, Any]:
    """Return the parts of the front page."""
    depend_on("articles", "categories", "albums", "bulletins", "documents")
    categories = list(CategoryPage.objects.live().order_by("path"))
    # One query feeds the lead, the stories beside it and the columns: enough of the newest for all of them. A category
    # that has been silent for that long has no column.
    recent = stories(published_articles()[: 8 + len(categories) * LATEST_IN_CATEGORY * 2])
    lead = _lead_story(home) or (recent[0] if recent else None)
    rest = [story for story in recent if lead is None or story.pk != lead.pk]
    beside, rest = rest[:BESIDE_LEAD], rest[BESIDE_LEAD:]
    return {
        "lead": lead,
        "beside": beside,
        "columns": [
            CategoryColumn(category.shown_title, category.url, own)
            for category in categories
            if (own := _of_category(rest, category))
        ],
        "documents": [_document_row(document) for document in Document.objects.filter(live=True)[:5]],
        "albums": _album_cards(_albums()[:4]),
        "bulletin": _bulletin_cover(_bulletins().first()),
    }


def _of_category(listed: list[Story], category: CategoryPage) -> list[Story]:
    """Return the newest of one category, without its name: it stands above them."""
    own = [story for story in listed if story.category_url == category.url]
    return [replace(story, category="") for story in own[:LATEST_IN_CATEGORY]]


def _lead_story(home: HomePage) -> Story | None:
    if home.lead_story_id is None:
        return None
    return next(iter(stories(published_articles().filter(pk=home.lead_story_id))), None)


def _document_row(document: Document) -> dict[str, Any]:
    return {
        "symbol": document.symbol,
        "title": document.title,
        "url": document.get_absolute_url(),
        "issued_on": document.issued_on,
        "issuer": document.issuer,
    }


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


def paginated(items: QuerySet[Any], number: str, size: int) -> ListPage[Any]:
    """Return page ``number`` of ``items``; the nearest that exists for a number that does not."""
    return Paginator(items, size).get_page(number)


def breadcrumb(page: Any) -> list[dict[str, Any]]:
    """Return the pages above ``page``, the front page first, as {title, url, language}.

    Needs no query for a page that was found by its address: each knows the one above it.
    """
    above: list[dict[str, Any]] = []
    while page.depth > 2:
        page = _parent(page)
        above.append({"title": page.shown_title, "url": page.url, "language": page.text_language})
    return above[::-1]


def _parent(page: Any) -> Any:
    # Wagtail's preview leaves a plain page there; a page that is specific already costs nothing here.
    return (getattr(page, "_cached_parent_obj", None) or page.get_parent()).specific


def _news_of(page: Any) -> NewsIndexPage:
    while not isinstance(page, NewsIndexPage):
        page = _parent(page)
    return page


def around_article(article: ArticlePage) -> dict[str, Any]:
    """Return what stands around an article: related, other news, contents, breadcrumb, tags."""
    category = _parent(article)
    depend_on(f"list:{category.pk}", "categories")
    body = article.in_language("body")
    headings = [str(block.value) for block in body if block.block_type == "heading"]
    related, others = _related_and_others(article, category)
    depend_on(*(f"page:{other.pk}" for other in related))
    with_renditions([article.picture, *_pictures_of(body), *(other.picture for other in [*related, *others])])
    return {
        "breadcrumb": breadcrumb(article),
        "category": category,
        "related": [_story(other) for other in related],
        "others": [replace(_story(other), category="") for other in others],
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
    place = RelatedArticle.objects.filter(article_id=article.pk, target=OuterRef("pk")).values("sort_order")[:1]
    newest = ArticlePage.objects.live().child_of(category).exclude(pk=article.pk).order_by("-sort_at")
    wanted = Q(place__isnull=False) | Q(pk__in=newest.values("pk")[: OTHER_NEWS + RELATED_LIMIT])
    found = list(published_articles().annotate(place=Subquery(place)).filter(wanted))
    found = [
        other for other in with_categories(found, _news_of(category).categories) if other.category is not None
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


def _albums() -> QuerySet[AlbumPage]:
    first = AlbumPhoto.objects.filter(album=OuterRef("pk")).order_by("sort_order", "pk")
    albums: QuerySet[AlbumPage] = (
        AlbumPage.objects.live()
        .annotate(photo_count=Count("photos"), first_photo=Subquery(first.values("pk")[:1]))
        .order_by("-taken_on", "-pk")
    )
    return albums


def _album_cards(albums: Iterable[AlbumPage]) -> list[dict[str, Any]]:
    found = list(albums)
    photos = AlbumPhoto.objects.filter(pk__in=[album.first_photo for album in found]).select_related("image")
    pictures = {photo.album_id: photo.image for photo in photos}
    with_renditions(pictures.values())
    return [
        {
            "title": album.shown_title,
            "url": album.url,
            "picture": pictures.get(album.pk),
            "count": album.photo_count,
            "date": album.taken_on,
        }
        for album in found
    ]


def album_list(page: Any, number: str) -> dict[str, Any]:
    """Return one page of albums, each with its first photo."""
    depend_on("albums")
    listed = paginated(_albums(), number, ALBUMS_A_PAGE)
    return {"listed": listed, "albums": _album_cards(listed.object_list), "breadcrumb": breadcrumb(page)}


def album_photos(album: AlbumPage) -> list[AlbumPhoto]:
    """Return the photos of an album with their images and renditions."""
    photos = list(album.photos.select_related("image"))
    with_renditions(photo.image for photo in photos)
    return photos


def collections_to_upload_to(user: User) -> QuerySet[Collection]:
    """Return the collections into which ``user`` may put pictures."""
    policy = policy_registry.get_by_type(Picture)
    collections: QuerySet[Collection] = policy.collections_user_has_permission_for(user, "add")
    return collections.order_by("path")


THUMBNAIL = "max-165x165"
"""The size in which Wagtail's own lists show pictures."""


def own_uploads(user: User, numbers: Iterable[int]) -> dict[int, Picture]:
    """Return those pictures among ``numbers`` that ``user`` uploaded, with their thumbnails."""
    own = Picture.objects.filter(uploaded_by_user=user).prefetch_renditions(THUMBNAIL)
    pictures: dict[int, Picture] = own.in_bulk(list(numbers))
    return pictures


def choosable_pages(pages: QuerySet[Page], user: User) -> QuerySet[Page]:
    """Return those of ``pages`` that ``user`` may link to: what readers see, and what stands in the user's own tree."""
    own = page_permission_policy.explorable_instances(user)
    return pages.filter(Q(live=True) | Q(pk__in=own.values("pk")))


def _bulletins() -> QuerySet[BulletinPage]:
    bulletins: QuerySet[BulletinPage] = (
        BulletinPage.objects.live().select_related("cover", "file").order_by("-issued_on", "-number")
    )
    return bulletins


def _bulletin_cover(bulletin: BulletinPage | None) -> dict[str, Any] | None:
    if bulletin is None:
        return None
    return {
        "title": bulletin.shown_title,
        "url": bulletin.url,
        "cover": bulletin.cover,
        "number": bulletin.number,
        "date": bulletin.issued_on,
        "file_url": bulletin.file.url,
    }


def bulletin_archive(page: Any, year: str) -> dict[str, Any]:
    """Return the years that have issues as tabs, and the issues of ``year`` (of the newest when it has none)."""
    depend_on("bulletins")
    years = list(
        BulletinPage.objects.live()
        .annotate(year=ExtractYear("issued_on"))
        .values("year")
        .annotate(issues=Count("pk"))
        .order_by("-year")
    )
    known = [row["year"] for row in years]
    chosen = int(year) if year.isdecimal() and int(year) in known else (known[0] if known else None)
    issues = list(_bulletins().filter(issued_on__year=chosen)) if chosen else []
    with_renditions(issue.cover for issue in issues)
    return {
        "years": [
            {
                "label": row["year"],
                "url": f"?nam={row['year']}",
                "is_current": row["year"] == chosen,
                "count": row["issues"],
            }
            for row in years
        ],
        "year": chosen,
        "issues": [_bulletin_cover(issue) for issue in issues],
        "breadcrumb": breadcrumb(page),
    }


def bulletin_neighbours(bulletin: BulletinPage) -> dict[str, Any]:
    """Return the issues before and after ``bulletin``."""
    depend_on("bulletins")
    others = BulletinPage.objects.live()
    return {
        "earlier": others.filter(number__lt=bulletin.number).order_by("-number").first(),
        "later": others.filter(number__gt=bulletin.number).order_by("number").first(),
        "breadcrumb": breadcrumb(bulletin),
    }


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
    return [
        article for article in with_categories(published_articles()[:limit]) if article.category is not None
    ]


def categories_to_write_in(user: User) -> list[CategoryPage]:
    """Return the categories in which ``user`` may make articles, in the order of the tree."""
    allowed = page_permission_policy.instances_user_has_permission_for(user, "add")
    return list(CategoryPage.objects.filter(pk__in=allowed.values("pk")).order_by("path"))
