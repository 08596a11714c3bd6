"""What is kept about the register itself: who read, who exported, how long data stay, who was erased."""

from __future__ import annotations

import secrets
from typing import Any, Never

from django.db import models
from django.utils.translation import gettext_lazy as _

from congdoan.organisation.models import Unit


class ReadEntry(models.Model):
    """One reading of personal data (nhật ký đọc). Written by ``actions.reading`` and never changed or deleted.

    Holds names of fields, never their values, and no foreign key: ``subject_id`` is the plain number of a person, empty
    for a list. The database itself refuses an update or delete (see the migrations).
    """

    class Kind(models.TextChoices):
        READ = "read", _("xem hồ sơ")
        REVEAL = "reveal", _("xem số định danh")
        SEARCH = "search", _("tìm, xem danh sách")
        EXPORT = "export", _("xuất dữ liệu")
        PRINT = "print", _("in")
        CHANGE = "change", _("sửa")
        DENIED = "denied", _("bị từ chối")

    at = models.DateTimeField(_("lúc"), db_index=True, editable=False)
    reader_id = models.CharField(_("mã người đọc"), max_length=40, editable=False)
    reader_text = models.CharField(_("người đọc"), max_length=200, editable=False)
    mandate_id = models.CharField(_("mã tư cách"), max_length=40, blank=True, editable=False)
    mandate_text = models.CharField(_("tư cách"), max_length=300, blank=True, editable=False)
    unit_id = models.BigIntegerField(_("mã đơn vị của người đọc"), null=True, editable=False)
    subject_id = models.BigIntegerField(_("mã hồ sơ"), null=True, editable=False)
    kind = models.CharField(_("việc"), max_length=6, choices=Kind.choices, editable=False)
    fields = models.JSONField(_("các trường"), default=list, editable=False)
    rows = models.PositiveIntegerField(_("số hồ sơ"), default=1, editable=False)
    reason = models.CharField(_("lý do"), max_length=300, blank=True, editable=False)
    request_id = models.CharField(_("mã yêu cầu"), max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("dòng nhật ký đọc")
        verbose_name_plural = _("nhật ký đọc")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reader_id=""), name="read_entry_has_reader"),
            models.CheckConstraint(
                condition=~models.Q(kind__in=["reveal", "export"]) | ~models.Q(reason=""),
                name="read_entry_reveal_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_id", "-id"], name="read_entry_of_subject"),
            models.Index(fields=["reader_id", "-id"], name="read_entry_of_reader"),
        ]

    def __str__(self) -> str:
        return f"{self.reader_text}: {self.get_kind_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert. Raises ``TypeError`` for an entry that is already written."""
        if self.pk is not None:
            raise TypeError("an entry of the reading log is never changed")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        """Refuse: raises ``TypeError``."""
        raise TypeError("an entry of the reading log is never deleted")


def _watermark() -> str:
    return secrets.token_hex(6).upper()


class Export(models.Model):
    """A file of members that left the system, or was asked for (lần xuất dữ liệu). ``watermark`` stands on every page of it.

    ``filters`` says which rows, never with what a person typed to find one by name. ``needs_approval`` is decided when it is asked for.
    """

    class Status(models.TextChoices):
        REQUESTED = "requested", _("chờ người thứ hai duyệt")
        APPROVED = "approved", _("được phép")
        REFUSED = "refused", _("bị từ chối")
        DONE = "done", _("đã xuất")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    requester_id = models.CharField(_("mã người xuất"), max_length=40, editable=False)
    requester_text = models.CharField(_("người xuất"), max_length=200, editable=False)
    mandate_id = models.CharField(_("mã tư cách"), max_length=40, blank=True, editable=False)
    mandate_text = models.CharField(_("tư cách"), max_length=300, blank=True, editable=False)
    requested_at = models.DateTimeField(_("lúc"))
    reason = models.CharField(_("lý do"), max_length=300)
    filters = models.JSONField(_("bộ lọc"), default=dict)
    fields = models.JSONField(_("các trường"), default=list)
    row_count = models.PositiveIntegerField(_("số dòng"))
    row_limit = models.PositiveIntegerField(_("giới hạn dòng"))
    watermark = models.CharField(_("dấu nhận biết"), max_length=24, unique=True, default=_watermark)
    needs_approval = models.BooleanField(_("cần người thứ hai duyệt"))
    status = models.CharField(_("trạng thái"), max_length=9, choices=Status.choices)
    approver_id = models.CharField(_("mã người duyệt"), max_length=40, blank=True)
    approver_text = models.CharField(_("người duyệt"), max_length=300, blank=True)
    decided_at = models.DateTimeField(_("duyệt lúc"), null=True, blank=True)
    refused_reason = models.CharField(_("lý do từ chối"), max_length=300, blank=True)
    done_at = models.DateTimeField(_("xuất lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("lần xuất dữ liệu")
        verbose_name_plural = _("lần xuất dữ liệu")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="export_with_reason"),
            models.CheckConstraint(
                condition=models.Q(row_count__lte=models.F("row_limit")), name="export_within_limit"
            ),
            models.CheckConstraint(
                condition=~models.Q(approver_id=models.F("requester_id")), name="export_approved_by_another"
            ),
            models.CheckConstraint(
                condition=models.Q(needs_approval=False)
                | ~models.Q(status__in=["approved", "done"])
                | ~models.Q(approver_id=""),
                name="export_large_needs_approver",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="refused") | ~models.Q(refused_reason=""),
                name="export_refused_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.watermark


class RetentionRule(models.Model):
    """How long one kind of data stays, and on what ground (thời hạn lưu)."""

    class Kind(models.TextChoices):
        LEFT_MEMBERS = "left_members", _("hồ sơ người đã thôi là đoàn viên")
        REQUESTS = "requests", _("yêu cầu đã giải quyết")
        REFUSED_ROWS = "refused_rows", _("dòng bị loại khi nhập danh sách")
        TRANSFERS = "transfers", _("đề nghị chuyển sinh hoạt đã kết thúc")

    kind = models.CharField(_("loại dữ liệu"), max_length=16, choices=Kind.choices, unique=True)
    months = models.PositiveSmallIntegerField(_("số tháng"))
    ground = models.CharField(_("căn cứ"), max_length=300)

    class Meta:
        verbose_name = _("thời hạn lưu")
        verbose_name_plural = _("thời hạn lưu")
        ordering = ["kind"]
        constraints = [
            models.CheckConstraint(condition=models.Q(months__gte=1), name="retention_some_months"),
            models.CheckConstraint(condition=~models.Q(ground=""), name="retention_has_ground"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Tombstone(models.Model):
    """Says that a person was erased, and nothing about them (dấu xoá). Applied again after a restore; never changed."""

    class Ground(models.TextChoices):
        REQUEST = "request", _("theo yêu cầu của người đó")
        RETENTION = "retention", _("hết thời hạn lưu")
        MERGED = "merged", _("gộp hai hồ sơ của một người")
        MISTAKE = "mistake", _("ghi nhầm")

    uid = models.UUIDField(_("mã ngẫu nhiên"), unique=True, editable=False)
    erased_at = models.DateTimeField(_("xoá lúc"), editable=False)
    ground = models.CharField(_("căn cứ"), max_length=9, choices=Ground.choices, editable=False)
    by_id = models.CharField(_("mã người xoá"), max_length=40, blank=True, editable=False)
    by_mandate_id = models.CharField(_("mã tư cách"), max_length=40, blank=True, editable=False)

    class Meta:
        verbose_name = _("dấu xoá")
        verbose_name_plural = _("dấu xoá")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.uid)
