"""Small parts that stand on every page: facts of the province, links."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Fact(models.Model):
    """A fact about the province (thông tin về tỉnh) with the date it holds for and where it comes from."""

    label = models.CharField(_("nội dung"), max_length=80)
    label_en = models.CharField(_("nội dung tiếng Anh"), max_length=80, blank=True)
    value = models.CharField(_("giá trị"), max_length=40, help_text=_("Ví dụ: 6.383,9"))
    measure_unit = models.CharField(_("đơn vị tính"), max_length=40, blank=True, help_text=_("Ví dụ: km²"))
    measure_unit_en = models.CharField(_("đơn vị tính tiếng Anh"), max_length=40, blank=True)
    as_of = models.CharField(
        _("tính đến"), max_length=20, blank=True, help_text=_("Năm hoặc ngày của số liệu.")
    )
    source = models.CharField(_("nguồn"), max_length=200, blank=True)
    sort_order = models.PositiveSmallIntegerField(_("thứ tự"), default=0, db_index=True)

    class Meta:
        verbose_name = _("thông tin về tỉnh")
        verbose_name_plural = _("thông tin về tỉnh")
        ordering = ["sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["label", "as_of"], name="fact_once_per_label_and_date")
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.value}"

    @property
    def shown_label(self) -> str:
        """The label in the reader's language."""
        return self.label_en if get_language() == "en" and self.label_en else self.label

    @property
    def shown_unit(self) -> str:
        """The unit of measure in the reader's language."""
        return self.measure_unit_en if get_language() == "en" and self.measure_unit_en else self.measure_unit


class WebLink(models.Model):
    """A link to another body's site (liên kết), shown in groups."""

    title = models.CharField(_("tên"), max_length=120)
    title_en = models.CharField(_("tên tiếng Anh"), max_length=120, blank=True)
    url = models.URLField(_("địa chỉ"), unique=True)
    group = models.CharField(_("nhóm"), max_length=80)
    group_en = models.CharField(_("nhóm tiếng Anh"), max_length=80, blank=True)
    sort_order = models.PositiveSmallIntegerField(_("thứ tự"), default=0, db_index=True)

    class Meta:
        verbose_name = _("liên kết")
        verbose_name_plural = _("liên kết")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def shown_title(self) -> str:
        """The title in the reader's language."""
        return self.title_en if get_language() == "en" and self.title_en else self.title

    @property
    def shown_group(self) -> str:
        """The group's name in the reader's language."""
        return self.group_en if get_language() == "en" and self.group_en else self.group
