"""What is asked of whom: sheets with versions, their lines and rules, and obligations."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from congdoan.organisation.models import Unit, UnitKind
from congdoan.reporting.engine.rules import RuleKind, Severity
from congdoan.reporting.models.catalogue import Series
from congdoan.reporting.models.periods import Calendar, Period


class Sheet(models.Model):
    """A blank (biểu mẫu) that units fill for each period of one type of one calendar."""

    code = models.SlugField(_("mã"), max_length=60, unique=True)
    name = models.CharField(_("tên"), max_length=200)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=200, blank=True)
    calendar = models.ForeignKey(
        Calendar, on_delete=models.PROTECT, related_name="sheets", verbose_name=_("lịch")
    )
    period_type = models.CharField(_("kỳ"), max_length=12, choices=Period.Type.choices)
    owner = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="sheets", verbose_name=_("đơn vị ban hành")
    )
    coverage = models.OneToOneField(
        Series,
        on_delete=models.PROTECT,
        related_name="covers",
        verbose_name=_("dãy đếm báo cáo"),
        editable=False,
    )

    class Meta:
        verbose_name = _("biểu mẫu")
        verbose_name_plural = _("biểu mẫu")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name


class SheetVersion(models.Model):
    """A sheet as it stands from a day on. A draft may be edited; once published it never changes."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("phiên bản"))
    valid_from = models.DateField(_("dùng cho kỳ bắt đầu từ ngày"))
    published_at = models.DateTimeField(_("ban hành lúc"), null=True, blank=True)
    note = models.CharField(_("thay đổi"), max_length=300, blank=True)
    guidance = models.TextField(_("hướng dẫn"), blank=True)
    revision = models.PositiveIntegerField(_("lần lưu"), default=0)

    class Meta:
        verbose_name = _("phiên bản biểu mẫu")
        verbose_name_plural = _("phiên bản biểu mẫu")
        ordering = ["sheet", "number"]
        constraints = [models.UniqueConstraint(fields=["sheet", "number"], name="sheet_version_once")]

    def __str__(self) -> str:
        return f"{self.sheet} ({self.number})"


class Section(models.Model):
    """A part of a sheet: one screen on a phone."""

    version = models.ForeignKey(SheetVersion, on_delete=models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField(_("thứ tự"))
    title = models.CharField(_("tiêu đề"), max_length=200)
    title_en = models.CharField(_("tiêu đề tiếng Anh"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("phần của biểu mẫu")
        verbose_name_plural = _("phần của biểu mẫu")
        ordering = ["version", "order"]
        constraints = [models.UniqueConstraint(fields=["version", "order"], name="section_once")]

    def __str__(self) -> str:
        return self.title_en if get_language() == "en" and self.title_en else self.title


class Line(models.Model):
    """One cell to fill (dòng của biểu mẫu)."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="lines")
    order = models.PositiveSmallIntegerField(_("thứ tự"))
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="lines")
    label = models.CharField(_("nhãn"), max_length=200)
    label_en = models.CharField(_("nhãn tiếng Anh"), max_length=200, blank=True)
    is_required = models.BooleanField(_("bắt buộc"), default=False)
    is_part = models.BooleanField(_("trong đó"), default=False)
    prefill = models.CharField(_("điền sẵn từ"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("dòng của biểu mẫu")
        verbose_name_plural = _("dòng của biểu mẫu")
        ordering = ["section", "order"]
        constraints = [
            models.UniqueConstraint(fields=["section", "order"], name="line_once"),
            models.UniqueConstraint(fields=["section", "series"], name="line_series_once"),
        ]

    def __str__(self) -> str:
        return self.label_en if get_language() == "en" and self.label_en else self.label


class Rule(models.Model):
    """A rule of a sheet (quy tắc kiểm tra): an identity or a test of plausibility, as data. Keys are those of series."""

    version = models.ForeignKey(SheetVersion, on_delete=models.CASCADE, related_name="rules")
    code = models.SlugField(_("mã"), max_length=60)
    kind = models.CharField(_("loại"), max_length=8, choices=[(kind.value, kind.value) for kind in RuleKind])
    left = models.JSONField(_("vế trái"), default=list)
    right = models.JSONField(_("vế phải"), default=list, blank=True)
    low = models.BigIntegerField(_("nhỏ nhất"), null=True, blank=True)
    high = models.BigIntegerField(_("lớn nhất"), null=True, blank=True)
    factor = models.PositiveSmallIntegerField(_("số lần"), default=10)
    severity = models.CharField(
        _("mức"),
        max_length=8,
        choices=[(level.value, level.value) for level in Severity],
        default=Severity.ERROR,
    )

    class Meta:
        verbose_name = _("quy tắc")
        verbose_name_plural = _("quy tắc")
        ordering = ["version", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="rule_once")]

    def __str__(self) -> str:
        return self.code


class Obligation(models.Model):
    """Who owes a sheet (nghĩa vụ báo cáo): the units of a kind below one, from a day to a day, with the due day.

    ``due_days`` after the last day of the period. Only periods that begin within the dates are owed.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="obligations")
    top = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("trong phạm vi"))
    kind = models.ForeignKey(
        UnitKind, on_delete=models.PROTECT, related_name="+", verbose_name=_("loại đơn vị")
    )
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến trước ngày"), null=True, blank=True)
    due_days = models.PositiveSmallIntegerField(_("hạn nộp (số ngày sau kỳ)"), default=10)

    class Meta:
        verbose_name = _("nghĩa vụ báo cáo")
        verbose_name_plural = _("nghĩa vụ báo cáo")
        ordering = ["sheet", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "top", "kind", "valid_from"], name="obligation_once"),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")),
                name="obligation_lasts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.kind_id} < {self.top_id}"
