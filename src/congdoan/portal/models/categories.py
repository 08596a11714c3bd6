"""News and their categories."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
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

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find ``<category>/`` or ``<category>/<article>/``, wherever in the tree the category stands."""
        if not path_components:
            return super().route(request, path_components)
        categories = {page.slug: page for page in CategoryPage.objects.descendant_of(self).live()}
        category = categories.get(path_components[0])
        if category is None:
            raise Http404
        nested = [slug for slug in path_components[1:-1] if slug in categories]
        if len(path_components) == 1:
            return RouteResult(category)
        if len(path_components) == 2 and path_components[1] not in categories:
            return category.route(request, path_components[1:])
        # The long address, naming every category on the way, leads to the short one.
        last = categories.get(path_components[-1])
        if last is None and nested:
            last = categories[nested[-1]].route(request, path_components[-1:]).page
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

    def cache_tags(self) -> list[str]:
        """A category stands in lists of its own, in the menu and on the front page."""
        return [*super().cache_tags(), f"list:{self.pk}", "categories"]
