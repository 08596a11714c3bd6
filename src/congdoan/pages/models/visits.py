"""Counted visits: numbers of a day, nothing about a visitor."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class VisitDay(models.Model):
    """Visits of one day in the time zone of the site (lượt truy cập). Robots are not counted."""

    day = models.DateField(_("ngày"), unique=True)
    visits = models.PositiveBigIntegerField(_("lượt truy cập"), default=0)

    class Meta:
        verbose_name = _("lượt truy cập trong ngày")
        verbose_name_plural = _("lượt truy cập theo ngày")
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day}: {self.visits}"


class OnlineVisitors(models.Model):
    """How many visitors one web process has seen in the last minutes (đang trực tuyến)."""

    process = models.CharField(max_length=64, unique=True)
    visitors = models.PositiveIntegerField(default=0)
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "online visitors"

    def __str__(self) -> str:
        return f"{self.process}: {self.visitors}"
