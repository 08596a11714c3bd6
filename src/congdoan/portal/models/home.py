"""The front page."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Page

from congdoan.pages.models import BilingualPageMixin
from congdoan.portal.models.categories import news_and_categories


class HomePage(BilingualPageMixin, Page):  # type: ignore[misc]  # Wagtail is untyped
    """The front page (trang chủ): one lead story, the latest, and what else is new."""

    lead_story = models.ForeignKey(
        "portal.ArticlePage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("bài nổi bật"),
        help_text=_("Để trống: bài mới nhất."),
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("title_en"),
        PageChooserPanel("lead_story", "portal.ArticlePage"),
    ]
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    template = "portal/home.html"

    class Meta:
        verbose_name = _("trang chủ")

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Go on to the news, below which most addresses lie, in one query; else as Wagtail does."""
        if path_components:
            news = news_and_categories(self, path_components[0])
            if news is not None:
                return news.route(request, path_components[1:])
        return super().route(request, path_components)
