"""Texts that an officer has read for figures, and what became of each figure."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from congdoan.organisation.models import Unit


class Reading(models.Model):
    """A text in which figures were recognised (văn bản đọc số liệu). It belongs to whoever put it there; nobody else sees it.

    ``page``: the article whose text it is; confirmed figures can be put back into it as live ones.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    page = models.ForeignKey(
        Page, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("bài")
    )
    title = models.CharField(_("tên văn bản"), max_length=200)
    source_name = models.CharField(_("tệp"), max_length=200, blank=True)
    text = models.TextField(_("văn bản"))
    notes = models.JSONField(_("lưu ý"), default=list, blank=True)
    made_at = models.DateTimeField(_("lúc"), default=timezone.now)

    class Meta:
        verbose_name = _("văn bản đọc số liệu")
        verbose_name_plural = _("văn bản đọc số liệu")
        ordering = ["-made_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="reading_has_text")]

    def __str__(self) -> str:
        return self.title


class ReadFigure(models.Model):
    """One figure found in such a text (số liệu đọc được): where it stands, what it seems to say, what the officer decided.

    Offsets are code points of the text, half-open. ``value`` is what the officer confirms, as typed. ``end_on`` is inside.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("chờ xem")
        CONFIRMED = "confirmed", _("đã xác nhận")
        DISMISSED = "dismissed", _("đã bỏ")

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="figures")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    number_start = models.PositiveIntegerField()
    number_end = models.PositiveIntegerField()
    found = models.JSONField(_("máy đọc"))
    state = models.CharField(_("trạng thái"), max_length=9, choices=State.choices, default=State.PROPOSED)
    indicator = models.CharField(_("chỉ tiêu"), max_length=80, blank=True)
    cell = models.CharField(_("ô"), max_length=200, blank=True)
    value = models.CharField(_("giá trị"), max_length=60, blank=True)
    start_on = models.DateField(_("từ ngày"), null=True, blank=True)
    end_on = models.DateField(_("đến ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("số liệu đọc được")
        verbose_name_plural = _("số liệu đọc được")
        ordering = ["reading", "number_start"]
        constraints = [
            models.UniqueConstraint(fields=["reading", "number_start"], name="read_figure_once"),
            models.CheckConstraint(
                condition=models.Q(start__lt=models.F("end"), number_start__lt=models.F("number_end")),
                name="read_figure_has_length",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="confirmed") | (~models.Q(indicator="") & ~models.Q(value="")),
                name="confirmed_figure_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reading_id}: {self.number_start}"
