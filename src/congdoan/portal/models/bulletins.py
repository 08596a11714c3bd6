"""The union bulletin."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from congdoan.pages.models import BilingualPageMixin


class BulletinIndexPage(BilingualPageMixin, Page):  # type: ignore[misc]  # Wagtail is untyped
    """All issues of the bulletin, by year (bản tin công đoàn)."""

    content_panels = [*Page.content_panels, FieldPanel("title_en")]
    max_count = 1
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["portal.BulletinPage"]
    template = "portal/bulletin_index.html"

    class Meta:
        verbose_name = _("trang bản tin")


class BulletinPage(BilingualPageMixin, Page):  # type: ignore[misc]  # Wagtail is untyped
    """One issue of the bulletin: cover and PDF (số bản tin)."""

    number = models.PositiveSmallIntegerField(_("số"))
    issued_on = models.DateField(_("ngày phát hành"), default=timezone.localdate, db_index=True)
    summary = models.TextField(_("tóm tắt"), blank=True)
    contents = models.TextField(_("mục lục"), blank=True, help_text=_("Mỗi bài một dòng."))
    cover = models.ForeignKey(
        "media.Picture",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("bìa"),
        help_text=_("Để trống: trang đầu của tệp PDF."),
    )
    file = models.ForeignKey(
        "media.File", on_delete=models.PROTECT, related_name="+", verbose_name=_("tệp PDF")
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("number"),
        FieldPanel("issued_on"),
        FieldPanel("file"),
        FieldPanel("cover"),
        FieldPanel("summary"),
        FieldPanel("contents"),
        FieldPanel("title_en"),
    ]
    parent_page_types = ["portal.BulletinIndexPage"]
    subpage_types: list[str] = []
    template = "portal/bulletin.html"

    class Meta:
        verbose_name = _("số bản tin")
        verbose_name_plural = _("bản tin")
        constraints = [
            models.CheckConstraint(condition=models.Q(number__gte=1), name="bulletin_number_positive")
        ]

    @property
    def content_lines(self) -> list[str]:
        """The table of contents, one line each."""
        return [line.strip() for line in self.contents.splitlines() if line.strip()]

    def cache_tags(self) -> list[str]:
        """An issue stands in the archive and on the front page."""
        return [*super().cache_tags(), "bulletins"]
