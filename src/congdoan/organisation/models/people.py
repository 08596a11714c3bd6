"""Departments, bodies and terms, officers and the mandates from which every right is computed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from congdoan import vntext
from congdoan.organisation.models.units import Unit
from congdoan.organisation.rights import Role


class Department(models.Model):
    """A department of a unit (ban, văn phòng), from a day to a day."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="departments", verbose_name=_("đơn vị")
    )
    code = models.SlugField(_("mã"), max_length=60)
    name = models.CharField(_("tên"), max_length=200)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=200, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=40, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến trước ngày"), null=True, blank=True)
    sort_order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    class Meta:
        verbose_name = _("ban, phòng")
        verbose_name_plural = _("ban, phòng")
        ordering = ["unit", "sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "code", "valid_from"], name="department_once"),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")),
                name="department_lasts",
            ),
        ]

    def __str__(self) -> str:
        return (get_language() == "en" and self.name_en) or self.name


class Body(models.Model):
    """An elected or appointed body of a unit (ban chấp hành, ban thường vụ, uỷ ban kiểm tra …)."""

    class Kind(models.TextChoices):
        EXECUTIVE = "executive", _("ban chấp hành")
        STANDING = "standing", _("ban thường vụ")
        PRESIDIUM = "presidium", _("đoàn chủ tịch")
        INSPECTION = "inspection", _("uỷ ban kiểm tra")
        STEERING = "steering", _("ban chỉ đạo")
        ORGANISING = "organising", _("ban tổ chức")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="bodies", verbose_name=_("đơn vị"))
    kind = models.CharField(_("loại"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("tên"), max_length=200)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("cơ quan lãnh đạo")
        verbose_name_plural = _("cơ quan lãnh đạo")
        constraints = [models.UniqueConstraint(fields=["unit", "kind", "name"], name="body_once")]

    def __str__(self) -> str:
        return (get_language() == "en" and self.name_en) or self.name


class Term(models.Model):
    """A term of a body (nhiệm kỳ), opened by a congress (đại hội)."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="terms", verbose_name=_("cơ quan"))
    number = models.PositiveSmallIntegerField(_("khoá"))
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến trước ngày"), null=True, blank=True)
    congress_on = models.DateField(_("ngày đại hội"), null=True, blank=True)

    class Meta:
        verbose_name = _("nhiệm kỳ")
        verbose_name_plural = _("nhiệm kỳ")
        ordering = ["body", "number"]
        constraints = [models.UniqueConstraint(fields=["body", "number"], name="term_once")]

    def __str__(self) -> str:
        end = "" if self.valid_to is None else str(self.valid_to.year)
        return f"{self.valid_from.year}–{end}"


class Officer(models.Model):
    """A person who acts for units (cán bộ công đoàn). Gets a user when invited.

    ``last_name`` holds family and middle names, ``first_name`` the given name.
    """

    last_name = models.CharField(_("họ và tên đệm"), max_length=120)
    first_name = models.CharField(_("tên"), max_length=60)
    phone = models.CharField(_("điện thoại"), max_length=40, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    staff_code = models.CharField(_("mã cán bộ"), max_length=40, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="officer",
        verbose_name=_("tài khoản"),
    )
    sort_key = models.CharField(max_length=1000, editable=False, db_index=True)
    folded = models.CharField(max_length=300, editable=False)

    class Meta:
        verbose_name = _("cán bộ công đoàn")
        verbose_name_plural = _("cán bộ công đoàn")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("staff_code"), condition=~models.Q(staff_code=""), name="officer_staff_code_once"
            ),
            models.CheckConstraint(condition=~models.Q(first_name=""), name="officer_has_name"),
        ]

    def __str__(self) -> str:
        return vntext.nfc(f"{self.last_name} {self.first_name}".strip())

    def derive(self) -> None:
        """Bring the name to NFC and make what is searched and sorted by. ``save`` does it; bulk writers must."""
        self.last_name, self.first_name = (
            vntext.nfc(self.last_name).strip(),
            vntext.nfc(self.first_name).strip(),
        )
        self.sort_key = vntext.name_key(str(self))[:1000]
        self.folded = f" {vntext.fold(str(self))}"[:300]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        super().save(*args, **kwargs)


class Position(models.Model):
    """A post that one can hold (chức vụ): "chair", "deputy" … Its ``role`` says which rights go with it."""

    code = models.SlugField(_("mã"), max_length=40, unique=True)
    name = models.CharField(_("tên"), max_length=120)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=120)
    role = models.CharField(_("vai trò"), max_length=20, choices=Role.choices)
    is_leadership = models.BooleanField(_("lãnh đạo, hiện trên trang công khai"), default=False)
    sort_order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    class Meta:
        verbose_name = _("chức vụ")
        verbose_name_plural = _("chức vụ")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name


class Mandate(models.Model):
    """An officer's post in a unit from a day to a day (chức vụ được giao). Every right is computed from it.

    ``valid_to`` is the first day without it; ``ended_at`` ends it at once. ``editorial_group`` is the part of the newsroom
    that an editor or approver works in.
    """

    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="mandates", verbose_name=_("cán bộ")
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="mandates", verbose_name=_("đơn vị")
    )
    position = models.ForeignKey(
        Position, on_delete=models.PROTECT, related_name="mandates", verbose_name=_("chức vụ")
    )
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mandates",
        verbose_name=_("ban, phòng"),
    )
    term = models.ForeignKey(
        Term,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mandates",
        verbose_name=_("nhiệm kỳ"),
    )
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến trước ngày"), null=True, blank=True)
    ended_at = models.DateTimeField(_("kết thúc lúc"), null=True, blank=True)
    end_reason = models.CharField(_("lý do kết thúc"), max_length=300, blank=True)
    decision_symbol = models.CharField(_("số quyết định"), max_length=60, blank=True)
    decision_on = models.DateField(_("ngày quyết định"), null=True, blank=True)
    editorial_group = models.ForeignKey(
        Group,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("nhóm biên tập"),
    )

    class Meta:
        verbose_name = _("chức vụ được giao")
        verbose_name_plural = _("chức vụ được giao")
        ordering = ["unit", "position__sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "unit", "position", "valid_from"], name="mandate_once_per_day"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")),
                name="mandate_lasts",
            ),
        ]
        indexes = [models.Index(fields=["unit", "valid_from"], name="mandate_of_unit")]

    def __str__(self) -> str:
        return f"{self.position_id} {self.unit_id}"


class Invitation(models.Model):
    """A one-time link by which an officer gets an account (lời mời). Only a keyed hash of the link is kept."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    sent_to = models.EmailField(_("gửi tới"), blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("người mời"),
    )
    created_at = models.DateTimeField(_("mời lúc"), auto_now_add=True)
    expires_at = models.DateTimeField(_("hết hạn lúc"))
    used_at = models.DateTimeField(_("dùng lúc"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("thu hồi lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("lời mời")
        verbose_name_plural = _("lời mời")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(used_at=None) | models.Q(revoked_at=None),
                name="invitation_used_or_revoked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.created_at:%d/%m/%Y}"


class ApiToken(models.Model):
    """A key by which a program acts in the name of a mandate (mã truy cập API). Only its hash is kept."""

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(_("tên"), max_length=120)
    token_hash = models.CharField(max_length=64, unique=True)
    hint = models.CharField(_("mở đầu"), max_length=12)
    created_at = models.DateTimeField(_("tạo lúc"), auto_now_add=True)
    expires_at = models.DateTimeField(_("hết hạn lúc"), null=True, blank=True)
    last_used_on = models.DateField(_("dùng lần cuối"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("thu hồi lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("mã truy cập API")
        verbose_name_plural = _("mã truy cập API")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.hint}…)"
