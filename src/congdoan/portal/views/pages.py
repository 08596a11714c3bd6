"""What each kind of page shows beside its own fields."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from congdoan.figures.queries.showing import PageFigures, figures_of
from congdoan.figures.views.public_front import cards
from congdoan.pages.showing import shows
from congdoan.portal import queries
from congdoan.portal.models import (
    AlbumIndexPage,
    AlbumPage,
    ArticlePage,
    BulletinIndexPage,
    BulletinPage,
    CategoryPage,
    HomePage,
    LinksPage,
    NewsIndexPage,
    StandardPage,
)


def _figures(page: Page, request: HttpRequest) -> PageFigures:
    """Return the figures of a page's text: as published, or live in a preview."""
    return figures_of(page, live=getattr(request, "is_preview", False))


def _number(request: HttpRequest) -> str:
    return request.GET.get("trang", "1")


@shows(HomePage)
def home(page: HomePage, request: HttpRequest) -> dict[str, Any]:
    """The stories, the figures of the federation and the other parts of the front page."""
    return queries.front_page(page) | {"figure_cards": cards()}


@shows(NewsIndexPage)
@shows(CategoryPage)
def category(page: NewsIndexPage | CategoryPage, request: HttpRequest) -> dict[str, Any]:
    """One page of the list of articles."""
    return queries.article_list(page, _number(request))


@shows(ArticlePage)
def article(page: ArticlePage, request: HttpRequest) -> dict[str, Any]:
    """Related and other articles, contents of a long text, breadcrumb, the figures of the text."""
    return queries.around_article(page) | {"page_figures": _figures(page, request)}


@shows(AlbumIndexPage)
def album_index(page: AlbumIndexPage, request: HttpRequest) -> dict[str, Any]:
    """One page of albums."""
    return queries.album_list(page, _number(request))


@shows(AlbumPage)
def album(page: AlbumPage, request: HttpRequest) -> dict[str, Any]:
    """The photos."""
    return {"photos": queries.album_photos(page), "breadcrumb": queries.breadcrumb(page)}


@shows(BulletinIndexPage)
def bulletin_index(page: BulletinIndexPage, request: HttpRequest) -> dict[str, Any]:
    """The years, and the issues of one."""
    return queries.bulletin_archive(page, request.GET.get("nam", ""))


@shows(BulletinPage)
def bulletin(page: BulletinPage, request: HttpRequest) -> dict[str, Any]:
    """The issues before and after."""
    return queries.bulletin_neighbours(page)


@shows(LinksPage)
def links(page: LinksPage, request: HttpRequest) -> dict[str, Any]:
    """The links in their groups."""
    return {"groups": queries.links_by_group(), "breadcrumb": queries.breadcrumb(page)}


@shows(StandardPage)
def standard(page: StandardPage, request: HttpRequest) -> dict[str, Any]:
    """The breadcrumb, the figures of the text."""
    return {"breadcrumb": queries.breadcrumb(page), "page_figures": _figures(page, request)}
