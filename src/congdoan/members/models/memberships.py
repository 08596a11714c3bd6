"""Memberships in time, what happened to them, transfers, and counts that are frozen. Dates are half-open."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from congdoan.members.models.people import Person
from congdoan.organisation.models import Unit

COUNTED = models.Q(person__merged_into=None)
"""Memberships that make a number. Those of a record merged into another hold days that the kept record covers too."""


def active_on(day: Any, prefix: str = "") -> models.Q:
    """Memberships that hold on ``day``; ``prefix`` names the relation ("memberships__")."""
    return models.Q(**{f"{prefix}admitted_on__lte": day}) & (
        models.Q(**{f"{prefix}ended_on": None}) | models.Q(**{f"{prefix}ended_on__gt": day})
    )


class Membership(models.Model):
    """A person is a member in a unit from a day to before a day (đoàn viên của đơn vị).

    The state of a person (member, left) is never stored: it follows from these rows and the day. The rows of one person
    do not overlap (see the migrations). ``ended_on`` is the first day without.
    """

    class Entry(models.TextChoices):
        ADMISSION = "admission", _("kết nạp")
        TRANSFER = "transfer", _("chuyển đến")
        READMISSION = "readmission", _("kết nạp lại")
        IMPORT = "import", _("nhập danh sách")

    class Leaving(models.TextChoices):
        RESIGNED = "resigned", _("xin thôi")
        STRUCK_OFF = "struck_off", _("xoá tên")
        EXPELLED = "expelled", _("khai trừ")
        TRANSFERRED = "transferred", _("chuyển đi")
        CONTRACT_ENDED = "contract_ended", _("chấm dứt hợp đồng")
        RETIRED = "retired", _("nghỉ hưu")
        DIED = "died", _("qua đời")
        UNIT_DISSOLVED = "unit_dissolved", _("đơn vị giải thể")

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("người")
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("đơn vị")
    )
    admitted_on = models.DateField(_("từ ngày"))
    ended_on = models.DateField(_("đến trước ngày"), null=True, blank=True)
    entry_kind = models.CharField(_("vào bằng cách"), max_length=12, choices=Entry.choices)
    entry_symbol = models.CharField(_("quyết định kết nạp"), max_length=60, blank=True)
    entry_signed_on = models.DateField(_("ngày quyết định kết nạp"), null=True, blank=True)
    leaving_reason = models.CharField(_("lý do rời"), max_length=16, choices=Leaving.choices, blank=True)
    leaving_symbol = models.CharField(_("quyết định thôi"), max_length=60, blank=True)
    leaving_signed_on = models.DateField(_("ngày quyết định thôi"), null=True, blank=True)
    created_at = models.DateTimeField(_("ghi lúc"), auto_now_add=True)

    class Meta:
        verbose_name = _("thời gian là đoàn viên")
        verbose_name_plural = _("thời gian là đoàn viên")
        ordering = ["person", "admitted_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_on=None) | models.Q(ended_on__gt=models.F("admitted_on")),
                name="membership_lasts",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on=None, leaving_reason="")
                | (models.Q(ended_on__isnull=False) & ~models.Q(leaving_reason="")),
                name="membership_ends_with_reason",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(ended_on=None), name="membership_one_open"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "admitted_on", "ended_on"], name="membership_of_unit"),
            models.Index(fields=["person", "admitted_on"], name="membership_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.unit_id} {self.admitted_on:%d/%m/%Y}"


class MembershipEvent(models.Model):
    """Something that happened to a membership, with its decision (biến động đoàn viên). Written once, never changed.

    Only the erasure of the person takes it away (see the migrations). The counts of a movement report come from
    ``Membership``; this is the story.
    """

    class Kind(models.TextChoices):
        ADMISSION = "admission", _("kết nạp")
        READMISSION = "readmission", _("kết nạp lại")
        IMPORT = "import", _("nhập danh sách")
        TRANSFER_OUT = "transfer_out", _("chuyển đi")
        TRANSFER_IN = "transfer_in", _("chuyển đến")
        LEAVING = "leaving", _("thôi là đoàn viên")
        CORRECTION = "correction", _("sửa thông tin")

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="events")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="events")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    kind = models.CharField(_("loại"), max_length=12, choices=Kind.choices)
    happened_on = models.DateField(_("ngày"))
    recorded_at = models.DateTimeField(_("ghi lúc"), auto_now_add=True)
    decision_symbol = models.CharField(_("số quyết định"), max_length=60, blank=True)
    decision_on = models.DateField(_("ngày quyết định"), null=True, blank=True)
    reason = models.CharField(_("lý do"), max_length=300, blank=True)
    actor_text = models.CharField(_("người ghi"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("biến động đoàn viên")
        verbose_name_plural = _("biến động đoàn viên")
        ordering = ["person", "happened_on", "pk"]
        indexes = [models.Index(fields=["person", "happened_on"], name="membership_event_of_person")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.happened_on:%d/%m/%Y}"


class Transfer(models.Model):
    """A member is to go from one unit to another (chuyển sinh hoạt): the old unit releases, the new one accepts.

    Whichever side asks has agreed by asking. Only ``actions.transfers`` changes the status. ``reached`` is the membership
    in the new unit once both agreed.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("chờ đồng ý")
        DONE = "done", _("đã chuyển")
        REFUSED = "refused", _("bị từ chối")
        WITHDRAWN = "withdrawn", _("đã rút")

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="transfers", verbose_name=_("người")
    )
    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="transfers", verbose_name=_("đang là đoàn viên")
    )
    from_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="transfers_out", verbose_name=_("từ đơn vị")
    )
    to_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="transfers_in", verbose_name=_("đến đơn vị")
    )
    effective_on = models.DateField(_("chuyển từ ngày"))
    status = models.CharField(_("trạng thái"), max_length=9, choices=Status.choices, default=Status.OPEN)
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)

    requested_at = models.DateTimeField(_("đề nghị lúc"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người đề nghị"),
    )
    requested_mandate_id = models.CharField(_("mã tư cách đề nghị"), max_length=40, blank=True)
    requested_mandate = models.CharField(_("tư cách đề nghị"), max_length=300, blank=True)
    released_at = models.DateTimeField(_("đơn vị cũ đồng ý lúc"), null=True, blank=True)
    released_by = models.CharField(_("người đồng ý cho chuyển"), max_length=300, blank=True)
    released_mandate_id = models.CharField(_("mã tư cách cho chuyển"), max_length=40, blank=True)
    accepted_at = models.DateTimeField(_("đơn vị mới tiếp nhận lúc"), null=True, blank=True)
    accepted_by = models.CharField(_("người tiếp nhận"), max_length=300, blank=True)
    accepted_mandate_id = models.CharField(_("mã tư cách tiếp nhận"), max_length=40, blank=True)
    closed_at = models.DateTimeField(_("kết thúc lúc"), null=True, blank=True)
    refused_by = models.CharField(_("người từ chối"), max_length=300, blank=True)
    refused_reason = models.CharField(_("lý do từ chối"), max_length=300, blank=True)
    reached = models.OneToOneField(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="reached_by"
    )

    class Meta:
        verbose_name = _("chuyển sinh hoạt")
        verbose_name_plural = _("chuyển sinh hoạt")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(status="open"), name="transfer_one_open"
            ),
            models.CheckConstraint(
                condition=~models.Q(from_unit=models.F("to_unit")), name="transfer_between_units"
            ),
            models.CheckConstraint(
                condition=models.Q(released_at__isnull=False) | models.Q(accepted_at__isnull=False),
                name="transfer_asked_by_a_side",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="done")
                | models.Q(
                    released_at__isnull=False,
                    accepted_at__isnull=False,
                    reached__isnull=False,
                    closed_at__isnull=False,
                ),
                name="transfer_done_by_both",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="refused") | ~models.Q(refused_reason=""),
                name="transfer_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(status="open", closed_at=None)
                | (~models.Q(status="open") & models.Q(closed_at__isnull=False)),
                name="transfer_closed_or_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.from_unit_id} → {self.to_unit_id}"


class HeadcountSnapshot(models.Model):
    """The members of one unit (not of those below) over one month, counted and frozen (số đoàn viên đã chốt).

    ``women`` and ``sex_unknown`` are of ``closing``. Stays when people are erased; the database refuses a change.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    month = models.DateField(_("tháng"))
    opening = models.PositiveIntegerField(_("đầu kỳ"))
    incoming = models.PositiveIntegerField(_("tăng"))
    outgoing = models.PositiveIntegerField(_("giảm"))
    closing = models.PositiveIntegerField(_("cuối kỳ"))
    women = models.PositiveIntegerField(_("nữ, cuối kỳ"))
    sex_unknown = models.PositiveIntegerField(_("chưa rõ giới tính, cuối kỳ"))
    taken_at = models.DateTimeField(_("chốt lúc"))

    class Meta:
        verbose_name = _("số đoàn viên đã chốt")
        verbose_name_plural = _("số đoàn viên đã chốt")
        ordering = ["month", "unit"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "month"], name="headcount_once"),
            # As text: ``month__day`` would need a function that only Django gives to SQLite, so neither SQLite's own check
            # of a backup nor any other program could read the table.
            models.CheckConstraint(condition=models.Q(month__endswith="-01"), name="headcount_month"),
            models.CheckConstraint(
                condition=models.Q(closing=models.F("opening") + models.F("incoming") - models.F("outgoing")),
                name="headcount_adds_up",
            ),
            models.CheckConstraint(
                condition=models.Q(closing__gte=models.F("women") + models.F("sex_unknown")),
                name="headcount_women_within",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month:%m/%Y}"
