"""What counts and what it adds up to. Only the worker writes these tables; pages read totals, never sum facts.

``Fact`` and ``Total`` have keys of several columns, in the order in which they are read, and on SQLite no row id: the rows of
one report lie on one or two pages.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from congdoan.organisation.models import Unit
from congdoan.reporting.models.catalogue import Series
from congdoan.reporting.models.periods import Period
from congdoan.reporting.models.reports import Report, ReportVersion

AS_WAS = 0
"""Basis of totals by the tree of each period. 1 and 2 are two places for totals as-is: one is read while the other is built."""


class Batch(models.Model):
    """One refresh of the totals: its number is the epoch that figures name (lần cập nhật số liệu)."""

    at = models.DateTimeField(_("lúc"), db_index=True)
    reports = models.PositiveIntegerField(_("số báo cáo"))
    oldest = models.DateTimeField(_("chờ từ"), null=True, blank=True)

    class Meta:
        verbose_name = _("lần cập nhật số liệu")
        verbose_name_plural = _("lần cập nhật số liệu")

    def __str__(self) -> str:
        return str(self.pk)


class Clock(models.Model):
    """The one row under whose lock totals change, and what they were built on."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    epoch = models.PositiveBigIntegerField(default=0)
    as_is_basis = models.PositiveSmallIntegerField(default=1)
    as_is_version = models.PositiveIntegerField(default=0)
    as_is_day = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("trạng thái số tổng hợp")
        verbose_name_plural = _("trạng thái số tổng hợp")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_clock")]

    def __str__(self) -> str:
        return str(self.epoch)


class Dirty(models.Model):
    """A report whose contribution must be counted anew (hàng đợi tính lại). Added in the transaction that changes it."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(_("từ lúc"))

    class Meta:
        verbose_name = _("chờ tính lại")
        verbose_name_plural = _("chờ tính lại")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.report_id)


class Counting(models.Model):
    """Which sending of a report counts since which batch (lần tính của báo cáo); no ``version``: the report is only expected.

    Never changed. So what a figure was made of at any epoch is known for ever.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="countings")
    version = models.ForeignKey(
        ReportVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    epoch = models.PositiveBigIntegerField(db_index=True)

    class Meta:
        verbose_name = _("lần tính của báo cáo")
        verbose_name_plural = _("lần tính của báo cáo")
        constraints = [models.UniqueConstraint(fields=["report", "epoch"], name="counting_once_a_batch")]

    def __str__(self) -> str:
        return f"{self.report_id}@{self.epoch}"


class Counted(models.Model):
    """The version of the tree by which a unit's reports are counted now."""

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, primary_key=True, related_name="+")
    tree_version = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("đơn vị đã tính")
        verbose_name_plural = _("đơn vị đã tính")

    def __str__(self) -> str:
        return f"{self.unit_id}@{self.tree_version}"


class Fact(models.Model):
    """One accepted cell (số đã duyệt), of its own unit for ever. ``value`` is scaled; ``None``: not applicable. No row: missing.

    Each report has a fact of its sheet's own series too (``Sheet.coverage``): 1 once it counts, ``None`` while it is only expected.
    So n of N is summed like everything else.
    """

    pk = models.CompositePrimaryKey("unit_id", "period_id", "series_id")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="+", db_index=False)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="+", db_index=False)
    value = models.BigIntegerField(null=True, blank=True)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("số đã duyệt")
        verbose_name_plural = _("số đã duyệt")

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.period_id}/{self.series_id}"


class Total(models.Model):
    """A sum over all below a unit (số tổng hợp), for one period and series; with how many gave a number, and how many said
    that it does not apply. ``epoch``: the batch that changed it last."""

    pk = models.CompositePrimaryKey("basis", "unit_id", "period_id", "series_id")
    basis = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="+", db_index=False)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="+", db_index=False)
    value = models.BigIntegerField()
    reported = models.PositiveIntegerField()
    inapplicable = models.PositiveIntegerField()
    epoch = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = _("số tổng hợp")
        verbose_name_plural = _("số tổng hợp")

    def __str__(self) -> str:
        return f"{self.basis}/{self.unit_id}/{self.period_id}/{self.series_id}"
