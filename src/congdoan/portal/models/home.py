"""The front page."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Page

from congdoan.pages.models import BilingualPageMixin


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
