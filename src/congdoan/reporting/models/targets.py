"""What is aimed at, and what was measured elsewhere."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from congdoan.organisation.models import Unit
from congdoan.reporting.models.catalogue import Indicator, Series


class Target(models.Model):
    """A target (mục tiêu): a series of a unit in a window, with a comparator. Percent targets compare in percentage points.

    ``value`` is scaled as the indicator; of a rate in hundredths of a percent (60 % = 6000).
    """

    class Comparator(models.TextChoices):
        AT_LEAST = "ge", _("ít nhất")
        AT_MOST = "le", _("nhiều nhất")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="targets")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="targets")
    start = models.DateField(_("từ ngày"))
    end = models.DateField(_("đến trước ngày"))
    comparator = models.CharField(
        _("so sánh"), max_length=2, choices=Comparator.choices, default=Comparator.AT_LEAST
    )
    value = models.BigIntegerField(_("giá trị"))
    source = models.CharField(_("văn bản giao"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("mục tiêu")
        verbose_name_plural = _("mục tiêu")
        ordering = ["series", "start"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "series", "start", "end"], name="target_once"),
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="target_lasts"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.series_id} {self.comparator} {self.value}"


class OutsideFigure(models.Model):
    """A figure that no report carries (số liệu ngoài hệ thống): of a web page, or only a bound ("hàng trăm"). Never summed."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="outside_figures")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="outside_figures")
    start = models.DateField(_("từ ngày"), null=True, blank=True)
    end = models.DateField(_("đến trước ngày"))
    value = models.BigIntegerField(_("giá trị"), null=True, blank=True)
    low = models.BigIntegerField(_("cận dưới"), null=True, blank=True)
    high = models.BigIntegerField(_("cận trên"), null=True, blank=True)
    words = models.CharField(_("lời ghi"), max_length=100, blank=True)
    source = models.CharField(_("nguồn"), max_length=200)
    captured_on = models.DateField(_("ghi nhận ngày"))

    class Meta:
        verbose_name = _("số liệu ngoài hệ thống")
        verbose_name_plural = _("số liệu ngoài hệ thống")
        ordering = ["indicator", "-end"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(value__isnull=False, low=None, high=None)
                | models.Q(value=None, low__isnull=False),
                name="outside_value_or_bounds",
            ),
            models.CheckConstraint(condition=~models.Q(source=""), name="outside_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.end:%d/%m/%Y}"
