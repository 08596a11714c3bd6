"""News and their categories."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from congdoan.pages.models import BilingualPageMixin, IntroMixin

NEWS_DEPTH = 3
"""Depth of the news index in the page tree: root, front page, news."""


class ShortAddressMixin(models.Model):
    """A page below the news index whose address names its own category only, however deep that lies.

    "/tin-tuc/ban-tuyen-giao-nc/ket-qua/" stays the same when the category moves below another.
    """

    class Meta:
        abstract = True

    kept_slugs: int
    """How many slugs at the end of the path stay in the address: 1 for a category, 2 for an article."""

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str | None, str | None] | None:
        """Drop the slugs of the categories in between from Wagtail's address."""
        parts = super().get_url_parts(request)  # type: ignore[misc]  # mixed into a Page
        if parts is None or parts[2] is None:
            return parts  # type: ignore[no-any-return]  # Wagtail is untyped
        site_id, root_url, path = parts
        below_news = self.depth - NEWS_DEPTH  # type: ignore[attr-defined]  # mixed into a Page
        surplus = below_news - self.kept_slugs
        if surplus > 0:
            slugs = path.strip("/").split("/")
            del slugs[-below_news : -self.kept_slugs]
            path = f"/{'/'.join(slugs)}/"
        return site_id, root_url, path

    def serve(self, request: HttpRequest, *args: Any, moved: bool = False, **kwargs: Any) -> HttpResponse:
        """Show the page; lead to its short address who came by a long one (``moved``)."""
        if moved:
            return redirect(self.get_url(request), permanent=True)  # type: ignore[attr-defined]  # mixed into a Page
        response: HttpResponse = super().serve(request, *args, **kwargs)  # type: ignore[misc]  # mixed into a Page
        return response


class NewsIndexPage(IntroMixin, BilingualPageMixin, Page):  # type: ignore[misc]  # Wagtail is untyped
    """News and events (tin tức, sự kiện): all categories, the newest first."""

    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("title_en"),
        FieldPanel("intro_en"),
    ]
    max_count = 1
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["portal.CategoryPage"]
    template = "portal/category.html"

    class Meta:
        verbose_name = _("trang tin tức")

    @cached_property
    def categories(self) -> list[CategoryPage]:
        """The live categories, each knowing the page above it."""
        return _linked(self, CategoryPage.objects.descendant_of(self).live().order_by("path"))

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find ``<category>/`` or ``<category>/<article>/``, wherever in the tree the category stands."""
        if not path_components:
            return super().route(request, path_components)
        categories: dict[str, CategoryPage] = {page.slug: page for page in self.categories}
        # The menu shows the same pages.
        request.known_children = {  # type: ignore[attr-defined]  # read by pages.queries
            self.pk: [page for page in self.categories if page.depth == NEWS_DEPTH + 1]
        }
        category = categories.get(path_components[0])
        if category is None:
            raise Http404
        if len(path_components) == 1:
            return RouteResult(category)
        if len(path_components) == 2 and path_components[1] not in categories:
            return category.route(request, path_components[1:])
        # The long address, naming every category on the way, leads to the short one.
        last = categories.get(path_components[-1])
        if last is None and path_components[-2] in categories:
            last = categories[path_components[-2]].route(request, path_components[-1:]).page
        if last is None:
            raise Http404
        return RouteResult(last, kwargs={"moved": True})


class CategoryPage(ShortAddressMixin, IntroMixin, BilingualPageMixin, Page):  # type: ignore[misc]  # Wagtail is untyped
    """A category of news (chuyên mục), such as a department's own. Categories may stand below one another."""

    kept_slugs = 1
    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("title_en"),
        FieldPanel("intro_en"),
    ]
    parent_page_types = ["portal.NewsIndexPage", "portal.CategoryPage"]
    subpage_types = ["portal.CategoryPage", "portal.ArticlePage"]
    template = "portal/category.html"

    class Meta:
        verbose_name = _("chuyên mục")
        verbose_name_plural = _("chuyên mục")

    def __str__(self) -> str:
        return str(self.title)

    def clean(self) -> None:
        """Refuse a slug that another category of the site has: the address names the category alone."""
        super().clean()
        if CategoryPage.objects.filter(slug=self.slug).exclude(pk=self.pk).exists():
            raise ValidationError(
                {"slug": _("Đã có chuyên mục khác dùng địa chỉ “%s”. Hãy chọn địa chỉ khác.") % self.slug}
            )

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find the article in one query; Wagtail's way needs two and one more for the picture."""
        if len(path_components) != 1:
            return super().route(request, path_components)
        articles = (
            apps.get_model("portal", "ArticlePage").objects.live().child_of(self).select_related("picture")
        )
        article = articles.filter(slug=path_components[0]).first()
        if article is None:
            raise Http404
        article._cached_parent_obj = self  # noqa: SLF001  # treebeard's own name for it
        return RouteResult(article)

    def cache_tags(self) -> list[str]:
        """A category stands in lists of its own, in the menu and on the front page."""
        return [*super().cache_tags(), f"list:{self.pk}", "categories"]


def news_and_categories(home: Page, slug: str) -> NewsIndexPage | None:
    """Return the live news index below ``home`` with its live categories, all in one query; ``None`` if there is none."""
    sections = (
        Page.objects.live()
        .descendant_of(home)
        .filter(Q(newsindexpage__isnull=False, slug=slug) | Q(categorypage__isnull=False))
        .select_related("newsindexpage", "categorypage")
        .order_by("path")
    )
    news: NewsIndexPage | None = None
    categories: list[CategoryPage] = []
    for section in sections:
        if hasattr(section, "newsindexpage"):
            news = section.newsindexpage
        else:
            categories.append(section.categorypage)
    if news is None:
        return None
    news._cached_parent_obj = home  # noqa: SLF001  # treebeard's own name for it
    news.__dict__["categories"] = _linked(news, categories)
    return news


def _linked(news: NewsIndexPage, categories: Iterable[CategoryPage]) -> list[CategoryPage]:
    """Tell each category which page is above it; leave out those below one that is not live."""
    by_path: dict[str, Any] = {news.path: news}
    found = []
    for category in categories:
        above = by_path.get(category.path[: -category.steplen])
        if above is not None:
            category._cached_parent_obj = above  # noqa: SLF001  # treebeard's own name for it
            by_path[category.path] = category
            found.append(category)
    return found
