"""Photo albums."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, HelpPanel, MultipleChooserPanel
from wagtail.models import Orderable, Page

from congdoan.pages.models import BilingualPageMixin, IntroMixin
from congdoan.portal.models.editing import AlbumForm


class AlbumIndexPage(BilingualPageMixin, Page):  # type: ignore[misc]  # Wagtail is untyped
    """All albums, the newest first (album ảnh)."""

    content_panels = [*Page.content_panels, FieldPanel("title_en")]
    max_count = 1
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["portal.AlbumPage"]
    template = "portal/album_index.html"

    class Meta:
        verbose_name = _("trang album")


class ManyPhotosPanel(HelpPanel):  # type: ignore[misc]  # Wagtail is untyped
    """The way from an album to the screen that takes many photos at once."""

    class BoundPanel(HelpPanel.BoundPanel):  # type: ignore[misc]  # Wagtail is untyped
        """The panel of one album."""

        def is_shown(self) -> bool:
            """Not while the album is still being made: photos need a page to belong to."""
            return self.instance.pk is not None and bool(super().is_shown())


class AlbumPage(IntroMixin, BilingualPageMixin, Page):  # type: ignore[misc]  # Wagtail is untyped
    """An album of photos (album)."""

    taken_on = models.DateField(_("ngày chụp"), default=timezone.localdate, db_index=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("taken_on"),
        ManyPhotosPanel(template="portal/admin/album_upload_link.html", heading=_("Thêm nhiều ảnh")),
        MultipleChooserPanel("photos", chooser_field_name="image", heading=_("Ảnh"), label=_("ảnh")),
        FieldPanel("title_en"),
        FieldPanel("intro_en"),
    ]
    base_form_class = AlbumForm
    parent_page_types = ["portal.AlbumIndexPage"]
    subpage_types: list[str] = []
    template = "portal/album.html"

    class Meta:
        verbose_name = _("album ảnh")
        verbose_name_plural = _("album ảnh")

    def cache_tags(self) -> list[str]:
        """An album stands in the list of albums and on the front page."""
        return [*super().cache_tags(), "albums"]


class AlbumPhoto(Orderable):  # type: ignore[misc]  # Wagtail is untyped
    """One photo of an album, with its caption (ảnh trong album)."""

    album = ParentalKey(AlbumPage, on_delete=models.CASCADE, related_name="photos")
    image = models.ForeignKey(
        "media.Picture", on_delete=models.CASCADE, related_name="+", verbose_name=_("ảnh")
    )
    caption = models.CharField(_("chú thích"), max_length=400, blank=True)
    alt = models.CharField(
        _("mô tả ảnh"),
        max_length=300,
        blank=True,
        help_text=_("Nói trong ảnh có gì, cho người không nhìn thấy ảnh."),
    )

    panels = [FieldPanel("image"), FieldPanel("caption"), FieldPanel("alt")]

    def __str__(self) -> str:
        return self.caption or str(self.image)

    @property
    def alternative(self) -> str:
        """Words for those who do not see the photo."""
        return self.alt or self.image.description or self.caption
