"""Calendars and periods are rows: cut-off days differ between regimes and change by decision."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from congdoan.reporting.engine.periods import PeriodType, Span


class Calendar(models.Model):
    """A reporting calendar (lịch báo cáo): on which day its months begin (1: civil; 15: administrative, from the 15th of the
    month before to the 14th)."""

    code = models.SlugField(_("mã"), max_length=40, unique=True)
    name = models.CharField(_("tên"), max_length=120)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=120)
    start_day = models.PositiveSmallIntegerField(_("ngày đầu tháng"), default=1)

    class Meta:
        verbose_name = _("lịch báo cáo")
        verbose_name_plural = _("lịch báo cáo")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(start_day__gte=1, start_day__lte=28), name="calendar_day"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Period(models.Model):
    """A period (kỳ báo cáo): from ``start`` to before ``end``."""

    class Type(models.TextChoices):
        MONTH = PeriodType.MONTH, _("tháng")
        QUARTER = PeriodType.QUARTER, _("quý")
        HALF = PeriodType.HALF, _("sáu tháng")
        NINE_MONTHS = PeriodType.NINE_MONTHS, _("chín tháng")
        YEAR = PeriodType.YEAR, _("năm")
        TERM = PeriodType.TERM, _("nhiệm kỳ")

    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="periods")
    type = models.CharField(_("loại kỳ"), max_length=12, choices=Type.choices)
    year = models.PositiveSmallIntegerField(_("năm"))
    number = models.PositiveSmallIntegerField(_("số"))
    start = models.DateField(_("từ ngày"))
    end = models.DateField(_("đến trước ngày"))

    class Meta:
        verbose_name = _("kỳ báo cáo")
        verbose_name_plural = _("kỳ báo cáo")
        ordering = ["-start", "type"]
        constraints = [
            models.UniqueConstraint(fields=["calendar", "type", "year", "number"], name="period_once"),
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="period_lasts"),
        ]
        indexes = [models.Index(fields=["calendar", "start"], name="period_by_day")]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """ "Quý III/2019", "Tháng 5/2026", "Năm 2018"."""
        number, year = self.number, self.year
        if self.type == PeriodType.MONTH:
            return str(_("Tháng %(number)s/%(year)s") % {"number": number, "year": year})
        if self.type == PeriodType.QUARTER:
            return str(
                _("Quý %(number)s/%(year)s") % {"number": ("I", "II", "III", "IV")[number - 1], "year": year}
            )
        if self.type == PeriodType.HALF:
            first = _("Sáu tháng đầu năm %(year)s") if number == 1 else _("Sáu tháng cuối năm %(year)s")
            return str(first % {"year": year})
        if self.type == PeriodType.NINE_MONTHS:
            return str(_("Chín tháng năm %(year)s") % {"year": year})
        if self.type == PeriodType.YEAR:
            return str(_("Năm %(year)s") % {"year": year})
        return str(_("Nhiệm kỳ từ năm %(year)s") % {"year": year})

    @property
    def span(self) -> Span:
        """The period as the engine knows it."""
        return Span(self.start, self.end, PeriodType(self.type), self.year, self.number)

    @property
    def code(self) -> str:
        """The period in one word, for files and the API: "2019-Q3", "2026-M11", "2018-Y1"."""
        letter = {"month": "M", "quarter": "Q", "half": "H", "nine_months": "N", "year": "Y", "term": "T"}[
            self.type
        ]
        return (
            f"{self.year}-{letter}{self.number:02d}"
            if letter == "M"
            else f"{self.year}-{letter}{self.number}"
        )
