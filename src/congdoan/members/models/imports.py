"""Lists of members read from files, and pairs of records that may be one person."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from congdoan.members import crypto
from congdoan.members.models.people import Person
from congdoan.organisation.models import Unit


class ImportRun(models.Model):
    """One reading of a list of members (đợt nhập danh sách). Goes on at ``next_row`` after a break.

    ``rows_read`` is always created + updated + refused. Rows of the file are counted from 1, without the heading. The file
    itself is kept encrypted under ``stored_as`` until the run is over.
    """

    class Status(models.TextChoices):
        CHECKED = "checked", _("đã đọc thử")
        WAITING = "waiting", _("chờ chạy")
        RUNNING = "running", _("đang chạy")
        DONE = "done", _("đã xong")
        FAILED = "failed", _("hỏng")
        CANCELLED = "cancelled", _("đã huỷ")

    scope = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="member_imports", verbose_name=_("phạm vi")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người nhập"),
    )
    mandate_id = models.CharField(_("mã tư cách"), max_length=40, blank=True)
    mandate_text = models.CharField(_("tư cách"), max_length=300, blank=True)
    file_name = models.CharField(_("tên tệp"), max_length=200)
    file_digest = models.CharField(_("mã băm của tệp"), max_length=64)
    stored_as = models.CharField(_("nơi giữ tệp"), max_length=200, blank=True)
    options = models.JSONField(_("lựa chọn"), default=dict, blank=True)
    is_dry_run = models.BooleanField(_("chỉ đọc thử"))
    status = models.CharField(_("trạng thái"), max_length=9, choices=Status.choices)
    total_rows = models.PositiveIntegerField(_("số dòng của tệp"), null=True, blank=True)
    next_row = models.PositiveIntegerField(_("dòng tiếp theo"), default=1)
    rows_read = models.PositiveIntegerField(_("đã đọc"), default=0)
    created = models.PositiveIntegerField(_("thêm mới"), default=0)
    updated = models.PositiveIntegerField(_("cập nhật"), default=0)
    refused = models.PositiveIntegerField(_("bị loại"), default=0)
    created_at = models.DateTimeField(_("gửi lúc"), auto_now_add=True)
    started_at = models.DateTimeField(_("bắt đầu lúc"), null=True, blank=True)
    seen_at = models.DateTimeField(_("còn chạy lúc"), null=True, blank=True)
    finished_at = models.DateTimeField(_("xong lúc"), null=True, blank=True)
    error = models.CharField(_("lỗi"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("đợt nhập danh sách")
        verbose_name_plural = _("đợt nhập danh sách")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(rows_read=models.F("created") + models.F("updated") + models.F("refused")),
                name="import_run_adds_up",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="done") | models.Q(rows_read=models.F("total_rows")),
                name="import_run_done_read_all",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="failed") | ~models.Q(error=""), name="import_run_failed_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """A row that a run refused, with the reasons (dòng bị loại): encrypted until it is fetched, then deleted by retention."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="refused_rows")
    number = models.PositiveIntegerField(_("dòng"))
    cipher = models.TextField(_("nội dung dòng (mã hoá)"), editable=False)

    class Meta:
        verbose_name = _("dòng bị loại")
        verbose_name_plural = _("dòng bị loại")
        ordering = ["run", "number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="import_row_once")]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.number}"

    @property
    def content(self) -> Any:
        """What stood in the row and why it was refused, as JSON can hold it."""
        return crypto.decrypt_json(self.cipher)

    @content.setter
    def content(self, value: Any) -> None:
        self.cipher = crypto.encrypt_json(value)


class DuplicateProposal(models.Model):
    """Two records that may be one person (nghi trùng). People decide; nothing is merged by itself.

    ``first`` is the older record. ``reasons`` are codes such as "identity", "name_birth", "phone".
    """

    class Status(models.TextChoices):
        OPEN = "open", _("chờ xem xét")
        SAME = "same", _("một người")
        DIFFERENT = "different", _("hai người khác nhau")

    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("hồ sơ một"))
    second = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("hồ sơ hai")
    )
    score = models.PositiveSmallIntegerField(_("điểm, trên 100"))
    reasons = models.JSONField(_("lý do"), default=list)
    status = models.CharField(_("trạng thái"), max_length=9, choices=Status.choices, default=Status.OPEN)
    run = models.ForeignKey(
        ImportRun,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="duplicates",
        verbose_name=_("đợt nhập"),
    )
    found_at = models.DateTimeField(_("thấy lúc"), auto_now_add=True)
    decided_by = models.CharField(_("người quyết định"), max_length=300, blank=True)
    decided_mandate_id = models.CharField(_("mã tư cách"), max_length=40, blank=True)
    decided_at = models.DateTimeField(_("quyết định lúc"), null=True, blank=True)
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("nghi trùng")
        verbose_name_plural = _("nghi trùng")
        ordering = ["-score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_once"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="duplicate_older_first"
            ),
            models.CheckConstraint(condition=models.Q(score__lte=100), name="duplicate_score"),
            models.CheckConstraint(
                condition=models.Q(status="open", decided_at=None)
                | (~models.Q(status="open") & models.Q(decided_at__isnull=False)),
                name="duplicate_decided_or_open",
            ),
        ]
        indexes = [models.Index(fields=["status", "-score"], name="duplicate_waiting")]

    def __str__(self) -> str:
        return f"{self.first_id} = {self.second_id}?"
