"""Figures that the front page shows."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from congdoan.organisation.models import Unit
from congdoan.reporting.models import Indicator


class FeaturedFigure(models.Model):
    """A figure chosen for the front page (số liệu nổi bật): the newest that was published of it, else the newest there is."""

    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.CASCADE,
        related_name="featured",
        limit_choices_to={"is_public": True, "is_sensitive": False},
        verbose_name=_("chỉ tiêu"),
    )
    unit = models.ForeignKey(
        Unit,
        on_delete=models.CASCADE,
        related_name="+",
        limit_choices_to={"kind__level__lte": 2},
        verbose_name=_("đơn vị"),
        help_text=_("Trung ương hoặc tỉnh, thành phố."),
    )
    note = models.CharField(_("chú thích"), max_length=160, blank=True)
    note_en = models.CharField(_("chú thích tiếng Anh"), max_length=160, blank=True)
    sort_order = models.PositiveSmallIntegerField(_("thứ tự"), default=0, db_index=True)

    class Meta:
        verbose_name = _("số liệu nổi bật")
        verbose_name_plural = _("số liệu nổi bật")
        ordering = ["sort_order", "pk"]
        constraints = [models.UniqueConstraint(fields=["indicator", "unit"], name="featured_figure_once")]

    def __str__(self) -> str:
        return str(self.indicator.versions.order_by("-number").first() or self.indicator)

    @property
    def shown_note(self) -> str:
        """The note in the reader's language."""
        return self.note_en if get_language() == "en" and self.note_en else self.note
