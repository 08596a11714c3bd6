"""Images, their renditions, and files."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage


class Picture(AbstractImage):  # type: ignore[misc]  # Wagtail is untyped
    """A picture (ảnh). The original stays private; readers get re-encoded renditions without metadata.

    Wagtail's ``description`` is the text that takes the picture's place for those who do not see it.
    """

    credit = models.CharField(_("tác giả ảnh"), max_length=200, blank=True)
    rights = models.CharField(
        _("quyền sử dụng"), max_length=300, blank=True, help_text=_("Ảnh của ai, được dùng vào việc gì.")
    )

    admin_form_fields = (*WagtailImage.admin_form_fields, "credit", "rights")

    class Meta(AbstractImage.Meta):  # type: ignore[misc]  # Wagtail is untyped
        verbose_name = _("ảnh")
        verbose_name_plural = _("ảnh")


class Rendition(AbstractRendition):  # type: ignore[misc]  # Wagtail is untyped
    """One size and format of an image, made once, served to readers."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="rendition_once_per_filter"
            )
        ]
        verbose_name = _("bản hiển thị")
        verbose_name_plural = _("bản hiển thị")


class File(AbstractDocument):  # type: ignore[misc]  # Wagtail is untyped
    """A file that readers may download (tệp): PDF, DOCX, XLSX …"""

    admin_form_fields = WagtailDocument.admin_form_fields

    class Meta(AbstractDocument.Meta):  # type: ignore[misc]  # Wagtail is untyped
        verbose_name = _("tệp")
        verbose_name_plural = _("tệp")

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        """Return the address of the file."""
        url: Any = self.url
        return str(url)
