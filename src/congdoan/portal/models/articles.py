"""Articles."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page

from congdoan import vntext
from congdoan.figures.models import ReportMixin
from congdoan.pages.models import BilingualPageMixin
from congdoan.portal.blocks import BodyBlock
from congdoan.portal.models.categories import ShortAddressMixin
from congdoan.portal.models.editing import ArticleForm

LONG_LEAD = 420
"""Characters: about five lines."""

RELATED_LIMIT = 6
"""Hand-picked articles beside one."""


class Tag(TagBase):  # type: ignore[misc]  # taggit is untyped
    """A word that articles share (thẻ), with an address without diacritics."""

    class Meta:
        verbose_name = _("thẻ")
        verbose_name_plural = _("thẻ")

    def slugify(self, tag: str, i: int | None = None) -> str:
        """Return the address of ``tag``, numbered when another tag has it already."""
        slug = vntext.slugify(tag, max_length=90)
        return slug if i is None else f"{slug}-{i}"


class ArticleTag(ItemBase):  # type: ignore[misc]  # taggit is untyped
    """A tag of an article."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="articles")
    content_object = ParentalKey("portal.ArticlePage", on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="article_tagged_once")]


class ArticlePage(ShortAddressMixin, ReportMixin, BilingualPageMixin, Page):  # type: ignore[misc]  # Wagtail is untyped
    """An article or news item (bài, tin); with a unit and a window of time it is a report too (báo cáo)."""

    class DatePrecision(models.TextChoices):
        """How well the day of publication is known: an old page may only say when it was saved."""

        EXACT = "exact", _("đúng ngày")
        NOT_LATER = "not_later", _("không muộn hơn ngày này")

    lead = models.TextField(_("sapo"), blank=True, help_text=_("Một đến ba câu nói điều chính của bài."))
    lead_en = models.TextField(_("sapo tiếng Anh"), blank=True)
    body = StreamField(BodyBlock(required=False), verbose_name=_("nội dung"), blank=True)
    body_en = StreamField(BodyBlock(required=False), verbose_name=_("nội dung tiếng Anh"), blank=True)
    picture = models.ForeignKey(
        "media.Picture",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ảnh đại diện"),
    )
    picture_alt = models.CharField(
        _("mô tả ảnh"),
        max_length=300,
        blank=True,
        help_text=_(
            "Nói trong ảnh có gì, cho người không nhìn thấy ảnh. Để trống: dùng mô tả của ảnh trong kho."
        ),
    )
    picture_caption = models.CharField(_("chú thích ảnh"), max_length=400, blank=True)
    author = models.CharField(_("tác giả"), max_length=120, blank=True)
    organisation = models.CharField(_("đơn vị của tác giả"), max_length=160, blank=True)
    sources = models.TextField(_("nguồn"), blank=True, help_text=_("Mỗi nguồn một dòng."))
    dated = models.DateTimeField(
        _("ngày đăng hiển thị"),
        null=True,
        blank=True,
        help_text=_("Để trống: lúc bài được xuất bản lần đầu."),
    )
    date_precision = models.CharField(
        _("độ chính xác của ngày"), max_length=12, choices=DatePrecision.choices, default=DatePrecision.EXACT
    )
    sort_at = models.DateTimeField(editable=False, db_index=True, default=timezone.now)
    import_key = models.CharField(editable=False, max_length=64, blank=True, db_index=True)
    tags = ClusterTaggableManager(through=ArticleTag, blank=True, verbose_name=_("thẻ"))

    # A copy is an article of its own: importing the page again must find the first one.
    exclude_fields_in_copy = ["import_key"]
    kept_slugs = 2
    base_form_class = ArticleForm
    parent_page_types = ["portal.CategoryPage"]
    subpage_types: list[str] = []
    template = "portal/article.html"

    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel(
            [FieldPanel("picture"), FieldPanel("picture_alt"), FieldPanel("picture_caption")],
            heading=_("Ảnh đại diện"),
        ),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("author"), FieldPanel("organisation"), FieldPanel("sources")],
            heading=_("Tác giả, nguồn"),
        ),
        FieldPanel("tags"),
        InlinePanel("related_articles", heading=_("Bài liên quan"), label=_("bài"), max_num=RELATED_LIMIT),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Nội dung")),
            ObjectList(
                [
                    FieldPanel("title_en"),
                    FieldPanel("lead_en"),
                    FieldPanel("body_en"),
                    FieldPanel("description_en"),
                ],
                heading=_("Tiếng Anh"),
            ),
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            FieldPanel("report_unit"),
                            FieldPanel("report_from"),
                            FieldPanel("report_to"),
                            FieldPanel("report_basis"),
                            FieldPanel("report_compare"),
                            FieldPanel("report_programme"),
                        ],
                        heading=_("Phạm vi báo cáo"),
                    ),
                    MultiFieldPanel(
                        [
                            FieldPanel("report_kind"),
                            FieldPanel("report_symbol"),
                            FieldPanel("report_place"),
                            FieldPanel("report_signed_on"),
                            FieldPanel("report_capacity"),
                            FieldPanel("report_signer_title"),
                            FieldPanel("report_signer"),
                            FieldPanel("report_recipients"),
                        ],
                        heading=_("Khi in thành văn bản"),
                    ),
                ],
                heading=_("Báo cáo"),
            ),
            ObjectList(
                [
                    *Page.promote_panels,
                    MultiFieldPanel(
                        [FieldPanel("dated"), FieldPanel("date_precision")], heading=_("Ngày đăng")
                    ),
                    *Page.settings_panels,
                ],
                heading=_("Quảng bá"),
            ),
        ]
    )

    class Meta:
        verbose_name = _("bài viết")
        verbose_name_plural = _("bài viết")
        constraints = [
            models.UniqueConstraint(
                fields=["import_key"], condition=~models.Q(import_key=""), name="article_imported_once"
            )
        ]

    def clean(self) -> None:
        """Keep the texts in NFC."""
        super().clean()
        for field in ("lead", "lead_en", "author", "organisation", "picture_alt", "picture_caption"):
            setattr(self, field, vntext.nfc(getattr(self, field)))

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save, keeping ``sort_at`` (the one column that lists are ordered by) in step with the shown date."""
        self.sort_at = self.shown_date
        return super().save(*args, **kwargs)

    @property
    def shown_date(self) -> datetime:
        """When the article was published, as readers see it."""
        return self.dated or self.first_published_at or self.go_live_at or timezone.now()

    @property
    def updated_at(self) -> datetime | None:
        """When a published article was last changed, if that was more than an hour after it appeared."""
        if self.first_published_at is None or self.last_published_at is None:
            return None
        changed = self.last_published_at - self.first_published_at
        return self.last_published_at if changed.total_seconds() > 3600 else None

    @property
    def byline(self) -> str:
        """Author and organisation: "Phương Anh (LĐLĐ tỉnh)"."""
        if self.author and self.organisation:
            return f"{self.author} ({self.organisation})"
        return self.author or self.organisation

    @property
    def has_long_lead(self) -> bool:
        """Whether the lead is too long to be set larger than the text."""
        return len(self.in_language("lead")) > LONG_LEAD

    @property
    def picture_alternative(self) -> str:
        """Words for those who do not see the picture."""
        return self.picture_alt or (self.picture.description if self.picture else "")

    @property
    def shown_description(self) -> str:
        """A sentence or two for search engines, in the language of the text."""
        if self.text_language == "en":
            return str(self.description_en or self.lead_en)
        return str(self.search_description or self.lead)

    @property
    def source_lines(self) -> list[str]:
        """The sources, one each."""
        return [line.strip() for line in self.sources.splitlines() if line.strip()]

    def has_english(self) -> bool:
        """An article is in English when its title and body are."""
        return bool(self.title_en and len(self.body_en))

    def cache_tags(self) -> list[str]:
        """The page itself, and the lists of every category above it."""
        return [
            *super().cache_tags(),
            "articles",
            *(f"list:{pk}" for pk in self.get_ancestors().values_list("pk", flat=True)),
        ]


class RelatedArticle(Orderable):  # type: ignore[misc]  # Wagtail is untyped
    """A hand-picked article beside another (bài liên quan)."""

    article = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="related_articles")
    target = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="+", verbose_name=_("bài"))

    panels = [PageChooserPanel("target", "portal.ArticlePage")]

    class Meta(Orderable.Meta):  # type: ignore[misc]  # Wagtail is untyped
        constraints = [models.UniqueConstraint(fields=["article", "target"], name="related_article_once")]

    def __str__(self) -> str:
        return str(self.target)
