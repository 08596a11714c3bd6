"""Feeds and the list of addresses for search engines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from congdoan.documents.models import Document
from congdoan.pages.cache import cacheable, depend_on
from congdoan.pages.models import SiteSettings
from congdoan.portal import queries
from congdoan.portal.models import ArticlePage


class ArticleFeed(Feed[ArticlePage, Any]):
    """The newest articles as RSS 2.0 (https://www.rssboard.org/rss-specification)."""

    feed_type = Rss201rev2Feed

    def get_object(self, request: HttpRequest) -> SiteSettings:
        """Return the settings of the site that is read."""
        depend_on("site")
        site: SiteSettings = SiteSettings.for_request(request)
        return site

    def link(self, site: SiteSettings) -> str:
        """The front page in the language of the feed."""
        return reverse("wagtail_serve", args=("",))

    def title(self, site: SiteSettings) -> str:
        """Name of the federation."""
        return site.shown_name

    def description(self, site: SiteSettings) -> str:
        """What the feed brings."""
        return site.shown_slogan or _("Tin tức mới nhất")

    def items(self) -> list[ArticlePage]:
        """The newest articles."""
        return queries.newest_articles()

    def item_title(self, item: ArticlePage) -> str:
        """Title in the language of the address."""
        return item.shown_title

    def item_description(self, item: ArticlePage) -> str:
        """The lead."""
        return str(item.in_language("lead"))

    def item_link(self, item: ArticlePage) -> str:
        """Address of the article."""
        return str(item.url)

    def item_pubdate(self, item: ArticlePage) -> datetime:
        """When it appeared."""
        return item.shown_date

    def item_author_name(self, item: ArticlePage) -> str:
        """The byline."""
        return item.byline

    def item_categories(self, item: ArticlePage) -> list[str]:
        """The category."""
        category = getattr(item, "category", None)
        return [category.shown_title] if category else []


class _BilingualSitemap(Sitemap[Any]):
    i18n = True
    alternates = True
    x_default = True
    limit = 20_000

    def get_languages_for_item(self, item: Any) -> list[str]:
        """Vietnamese always; English where somebody wrote it."""
        has_english = getattr(item, "has_english", None)
        return ["vi", "en"] if has_english and has_english() else ["vi"]


class PageSitemap(_BilingualSitemap):
    """All public pages (https://www.sitemaps.org/protocol.html)."""

    def items(self) -> Any:
        """The live pages of the site."""
        depend_on("articles", "categories", "albums", "bulletins", "site")
        root = Site.objects.get(is_default_site=True).root_page
        return Page.objects.live().public().descendant_of(root, inclusive=True).specific().order_by("path")

    def location(self, item: Page) -> str:
        """Address of the page in the language being listed."""
        return str(item.url)

    def lastmod(self, item: Page) -> datetime | None:
        """When it was last published."""
        published: datetime | None = item.last_published_at
        return published


class DocumentSitemap(_BilingualSitemap):
    """All public documents."""

    def items(self) -> Any:
        """The public documents."""
        depend_on("documents")
        return Document.objects.filter(live=True)

    def lastmod(self, item: Document) -> datetime:
        """When the record was last changed."""
        return item.updated_at


SITEMAPS: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {"pages": PageSitemap, "documents": DocumentSitemap}


def with_own_host(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let ``view`` write absolute addresses with the host of BASE_URL, not with the one that was asked for.

    The answer is kept and served to everyone; a forged Host header must not get into it.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        base = urlsplit(settings.BASE_URL)
        request.META["HTTP_HOST"] = base.netloc
        request.environ["wsgi.url_scheme"] = base.scheme  # type: ignore[attr-defined]  # WSGIRequest
        return view(request, *args, **kwargs)

    return wrapped


@cacheable
@with_own_host
def rss(request: HttpRequest) -> HttpResponse:
    """The newest articles as RSS."""
    return ArticleFeed()(request)


@cacheable
@with_own_host
def sitemap(request: HttpRequest) -> HttpResponse:
    """All public addresses."""
    response: HttpResponse = sitemap_view(request, SITEMAPS)
    return response.render() if isinstance(response, TemplateResponse) else response
