"""Reports: one unit, one period, one sheet; what is being typed; what was sent, once and for ever; each step of review."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from congdoan.organisation.models import Unit
from congdoan.reporting.models.catalogue import Series
from congdoan.reporting.models.periods import Period
from congdoan.reporting.models.sheets import Sheet, SheetVersion

OWED_UNTIL = Greatest("due_on", Coalesce("reopened_until", "due_on"))
"""``Report.owed_until`` as part of a query."""


class Report(models.Model):
    """What one unit owes for one period on one sheet (báo cáo). The row exists from the day the period opens, so that what is
    expected is counted from rows. Only ``actions`` change its status.

    ``accepted`` is the sending that counts; it keeps counting while a correction is under way.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("chưa gửi")
        SUBMITTED = "submitted", _("chờ duyệt")
        RETURNED = "returned", _("trả lại để sửa")
        ACCEPTED = "accepted", _("đã duyệt")

    UNFINISHED = (Status.OPEN, Status.RETURNED)
    """States in which a report is filled."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reports")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="reports")
    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="reports")
    sheet_version = models.ForeignKey(SheetVersion, on_delete=models.PROTECT, related_name="reports")
    status = models.CharField(_("trạng thái"), max_length=10, choices=Status.choices, default=Status.OPEN)
    due_on = models.DateField(_("hạn nộp"))
    reopened_until = models.DateField(_("mở lại đến ngày"), null=True, blank=True)
    revision = models.PositiveIntegerField(_("lần lưu"), default=0)
    is_nil = models.BooleanField(_("không phát sinh"), default=False)
    is_correction = models.BooleanField(_("đang sửa số đã duyệt"), default=False)
    correction_reason = models.TextField(_("lý do sửa"), blank=True)
    current = models.ForeignKey(
        "ReportVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("bản gửi"),
    )
    accepted = models.ForeignKey(
        "ReportVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("bản đã duyệt"),
    )
    first_submitted_at = models.DateTimeField(_("gửi lần đầu"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("gửi lúc"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("duyệt lúc"), null=True, blank=True)
    updated_at = models.DateTimeField(_("cập nhật"), null=True, blank=True)

    class Meta:
        verbose_name = _("báo cáo")
        verbose_name_plural = _("báo cáo")
        ordering = ["-period__start", "unit__code"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "period", "sheet"], name="report_once"),
            models.CheckConstraint(
                condition=~models.Q(status="submitted") | models.Q(current__isnull=False),
                name="submitted_report_has_a_sending",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="accepted") | models.Q(accepted__isnull=False),
                name="accepted_report_has_what_counts",
            ),
            models.CheckConstraint(
                condition=models.Q(is_correction=False) | ~models.Q(correction_reason=""),
                name="correction_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["period", "sheet", "status"], name="report_by_period"),
            models.Index(fields=["status", "due_on"], name="report_by_due_day"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.period_id}/{self.sheet_id}"

    @property
    def is_unfinished(self) -> bool:
        """Whether the report is being filled."""
        return self.status in self.UNFINISHED

    @property
    def owed_until(self) -> date:
        """The last day on which the report is not late: its due day, or the later one until which it was reopened."""
        return max(self.due_on, self.reopened_until or self.due_on)


class Entry(models.Model):
    """What stands in one cell while a report is being filled (ô đang nhập). ``typed`` keeps what cannot be read as a value."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="entries")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        _("trạng thái"),
        max_length=8,
        choices=[
            ("reported", _("có số")),
            ("na", _("không áp dụng")),
            ("bad", _("chưa đọc được")),
            ("none", _("trống")),
        ],
    )
    number = models.BigIntegerField(_("số"), null=True, blank=True)
    typed = models.CharField(_("đã gõ"), max_length=200, blank=True)
    comment = models.TextField(_("ghi chú"), blank=True)
    source = models.CharField(_("nguồn điền sẵn"), max_length=200, blank=True)
    revision = models.PositiveIntegerField(_("lần lưu"), default=0)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(_("lúc"))

    class Meta:
        verbose_name = _("ô đang nhập")
        verbose_name_plural = _("ô đang nhập")
        constraints = [
            models.UniqueConstraint(fields=["report", "series"], name="entry_once"),
            models.CheckConstraint(
                condition=models.Q(state="reported", number__isnull=False)
                | (~models.Q(state="reported") & models.Q(number=None)),
                name="entry_number_only_when_reported",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.series_id}"


class ReportVersion(models.Model):
    """One sending of a report (bản gửi): all its cells, their hash, in whose name. Written once; the database refuses changes.

    ``content`` as ``engine.contents`` writes it; ``digest`` covers it and the sending before, so that a chain results.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("lần gửi"))
    sheet_version = models.ForeignKey(SheetVersion, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField(_("nội dung"))
    digest = models.CharField(_("mã băm"), max_length=64)
    reason = models.TextField(_("lý do"), blank=True)
    client_key = models.UUIDField(_("mã lần gửi"), default=uuid.uuid4)
    sent_at = models.DateTimeField(_("gửi lúc"))
    sent_by_text = models.CharField(_("người gửi"), max_length=200, blank=True)
    mandate_id_text = models.CharField(_("tư cách (mã)"), max_length=40, blank=True)
    mandate_text = models.CharField(_("tư cách"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("bản gửi")
        verbose_name_plural = _("bản gửi")
        ordering = ["report", "number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="sending_once"),
            models.UniqueConstraint(fields=["report", "client_key"], name="sending_not_doubled"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}.{self.number}"


class ReviewStep(models.Model):
    """One step of a report (bước xử lý), bound to the hash of the sending it is about. Written once; the database refuses changes."""

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", _("gửi")
        WITHDRAWN = "withdrawn", _("rút lại")
        RETURNED = "returned", _("trả lại")
        ACCEPTED = "accepted", _("duyệt")
        CORRECTING = "correcting", _("mở để sửa")
        REOPENED = "reopened", _("mở lại hạn")
        ASKED = "asked", _("hỏi lại")

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="steps")
    version = models.ForeignKey(
        ReportVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="steps"
    )
    kind = models.CharField(_("bước"), max_length=10, choices=Kind.choices)
    at = models.DateTimeField(_("lúc"))
    actor_text = models.CharField(_("người làm"), max_length=200, blank=True)
    mandate_id_text = models.CharField(_("tư cách (mã)"), max_length=40, blank=True)
    mandate_text = models.CharField(_("tư cách"), max_length=200, blank=True)
    reason = models.TextField(_("lý do"), blank=True)
    comments = models.JSONField(_("ghi chú từng ô"), default=dict, blank=True)
    gaps = models.JSONField(_("chỗ còn thiếu"), default=list, blank=True)
    digest = models.CharField(_("mã băm"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("bước xử lý")
        verbose_name_plural = _("bước xử lý")
        ordering = ["report", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind__in=["returned", "correcting", "asked"]) | ~models.Q(reason=""),
                name="step_back_needs_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.kind}"


class Summary(models.Model):
    """A level's own summary of a period, signed by its leader (tổng hợp có ký): the totals as they stood, with n of N and epoch."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="summaries")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="+")
    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField(_("nội dung"))
    digest = models.CharField(_("mã băm"), max_length=64)
    epoch = models.PositiveBigIntegerField(_("lần cập nhật số liệu"))
    signed_at = models.DateTimeField(_("ký lúc"))
    signed_by_text = models.CharField(_("người ký"), max_length=200)
    mandate_id_text = models.CharField(_("tư cách (mã)"), max_length=40, blank=True)
    mandate_text = models.CharField(_("tư cách"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("tổng hợp có ký")
        verbose_name_plural = _("tổng hợp có ký")
        ordering = ["-signed_at"]

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.period_id}/{self.sheet_id}"
