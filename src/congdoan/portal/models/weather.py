"""The weather as last fetched."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Forecast(models.Model):
    """Weather of one place (thời tiết), fetched by the background worker and never by a page view.

    ``days`` is a list of ``{"date": "2019-10-17", "code": 3, "low": 18, "high": 27, "rain": 40}``: WMO weather code
    (table 4677), degrees Celsius, probability of rain in percent (each may be null).
    """

    place = models.CharField(_("nơi"), max_length=80, unique=True)
    latitude = models.DecimalField(max_digits=7, decimal_places=4)
    longitude = models.DecimalField(max_digits=7, decimal_places=4)
    temperature = models.FloatField(_("nhiệt độ hiện tại"), null=True)
    code = models.PositiveSmallIntegerField(_("mã thời tiết"), null=True)
    days = models.JSONField(default=list)
    fetched_at = models.DateTimeField(_("lấy lúc"))

    class Meta:
        verbose_name = _("thời tiết")
        verbose_name_plural = _("thời tiết")

    def __str__(self) -> str:
        return f"{self.place}, {self.fetched_at:%d/%m/%Y %H:%M}"
