"""A person of the register, the posts they hold and their card."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from congdoan import vntext
from congdoan.members import crypto
from congdoan.members.engine.identity import digits, masked
from congdoan.organisation.models import Officer, Position, Unit

IDENTITY = "identity"
"""Use of the keyed hash of identity numbers."""

EMPTIED = (
    "last_name", "first_name", "sort_key", "folded", "sex", "phone", "email", "address", "employment_category",
    "identity_cipher", "identity_hash", "member_no",
)  # fmt: skip
"""Text fields that erasure empties; the birth date and the links to an account and an officer go with them."""


class Person(models.Model):
    """A person whom the register knows (đoàn viên, người lao động). That they are a member is said by ``Membership``.

    ``last_name`` holds family and middle names, ``first_name`` the given name. Erasure empties the row and keeps it as a
    shell, so that counts of the past stay. ``uid`` is random; a tombstone and an erased record share it.
    """

    class Sex(models.TextChoices):
        FEMALE = "female", _("nữ")
        MALE = "male", _("nam")

    class BirthPrecision(models.TextChoices):
        DAY = "day", _("đủ ngày, tháng, năm")
        MONTH = "month", _("chỉ biết tháng, năm")
        YEAR = "year", _("chỉ biết năm")

    class Employment(models.TextChoices):
        CADRE = "cadre", _("cán bộ")
        CIVIL_SERVANT = "civil_servant", _("công chức")
        PUBLIC_EMPLOYEE = "public_employee", _("viên chức")
        WORKER = "worker", _("công nhân, người lao động")
        SELF_EMPLOYED = "self_employed", _("lao động tự do")

    uid = models.UUIDField(_("mã ngẫu nhiên"), unique=True, default=uuid.uuid4, editable=False)
    last_name = models.CharField(_("họ và tên đệm"), max_length=120, blank=True)
    first_name = models.CharField(_("tên"), max_length=60, blank=True)
    sort_key = models.CharField(_("khoá xếp tên"), max_length=1000, editable=False, db_index=True)
    folded = models.CharField(_("tên không dấu"), max_length=300, editable=False, db_index=True)
    birth_date = models.DateField(_("ngày sinh"), null=True, blank=True)
    birth_precision = models.CharField(
        _("ngày sinh biết đến"), max_length=5, choices=BirthPrecision.choices, blank=True
    )
    sex = models.CharField(_("giới tính"), max_length=6, choices=Sex.choices, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=40, blank=True, db_index=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True)
    employment_category = models.CharField(
        _("đối tượng"), max_length=16, choices=Employment.choices, blank=True
    )
    identity_cipher = models.TextField(_("số định danh (mã hoá)"), blank=True, editable=False)
    identity_hash = models.CharField(_("số định danh (băm)"), max_length=64, blank=True, editable=False)
    member_no = models.CharField(_("mã số đoàn viên"), max_length=40, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("tài khoản"),
    )
    officer = models.OneToOneField(
        Officer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("hồ sơ cán bộ"),
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("đã gộp vào"),
    )
    restricted_at = models.DateTimeField(_("hạn chế xử lý từ"), null=True, blank=True)
    tombstoned_at = models.DateTimeField(_("đã xoá lúc"), null=True, blank=True)
    row_version = models.PositiveIntegerField(_("lần sửa"), default=0, editable=False)
    created_at = models.DateTimeField(_("ghi lúc"), auto_now_add=True)
    updated_at = models.DateTimeField(_("sửa lúc"), auto_now=True)

    class Meta:
        verbose_name = _("hồ sơ đoàn viên")
        verbose_name_plural = _("hồ sơ đoàn viên")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["identity_hash"],
                condition=~models.Q(identity_hash=""),
                name="person_identity_once",
            ),
            models.UniqueConstraint(
                fields=["member_no"], condition=~models.Q(member_no=""), name="person_member_no_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(first_name="") | models.Q(tombstoned_at__isnull=False),
                name="person_has_name",
            ),
            models.CheckConstraint(
                condition=models.Q(birth_date=None, birth_precision="")
                | (models.Q(birth_date__isnull=False) & ~models.Q(birth_precision="")),
                name="person_birth_precision",
            ),
            models.CheckConstraint(
                condition=(models.Q(identity_cipher="") & models.Q(identity_hash=""))
                | (~models.Q(identity_cipher="") & ~models.Q(identity_hash="")),
                name="person_identity_both",
            ),
            models.CheckConstraint(
                condition=models.Q(tombstoned_at=None)
                | models.Q(
                    **dict.fromkeys(EMPTIED, ""),
                    birth_date=None,
                    user=None,
                    officer=None,
                ),
                name="person_erased_is_empty",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | models.Q(tombstoned_at__isnull=False),
                name="person_merged_is_empty",
            ),
        ]
        indexes = [models.Index(fields=["birth_date", "folded"], name="person_birth")]

    def __str__(self) -> str:
        return vntext.nfc(f"{self.last_name} {self.first_name}".strip())

    def derive(self) -> None:
        """Bring texts to NFC and make what is searched and sorted by. ``save`` does it; bulk writers must."""
        self.last_name, self.first_name, self.address = (
            vntext.nfc(text).strip() for text in (self.last_name, self.first_name, self.address)
        )
        self.phone, self.email = self.phone.strip(), self.email.strip().lower()
        name = str(self)
        self.sort_key = vntext.name_key(name)[:1000] if name else ""
        self.folded = f" {vntext.fold(name)}"[:300] if name else ""

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        super().save(*args, **kwargs)

    @property
    def identity_number(self) -> str:
        """The number on the identity card, readable. Only for a reader whose reading is in the log."""
        return crypto.decrypt(self.identity_cipher)

    @identity_number.setter
    def identity_number(self, number: str) -> None:
        plain = digits(number)
        self.identity_cipher = crypto.encrypt(plain)
        self.identity_hash = crypto.keyed_hash(plain, IDENTITY)

    @property
    def identity_masked(self) -> str:
        """The number as screens show it: all but the last digits covered."""
        return masked(self.identity_number)


class MemberPosition(models.Model):
    """A post that a person holds or held in a unit (chức vụ công đoàn). Gives no right: rights come from mandates."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="positions", verbose_name=_("người")
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    position = models.ForeignKey(
        Position, on_delete=models.PROTECT, related_name="+", verbose_name=_("chức vụ")
    )
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến trước ngày"), null=True, blank=True)
    decision_symbol = models.CharField(_("số quyết định"), max_length=60, blank=True)
    decision_on = models.DateField(_("ngày quyết định"), null=True, blank=True)

    class Meta:
        verbose_name = _("chức vụ của đoàn viên")
        verbose_name_plural = _("chức vụ của đoàn viên")
        ordering = ["-valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "unit", "position", "valid_from"], name="member_position_once"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")),
                name="member_position_lasts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position_id} {self.unit_id}"


class MemberCard(models.Model):
    """A card handed out to a member (thẻ đoàn viên). The code of its QR picture is kept encrypted, and hashed to look it up.

    A new card takes the place of the one before: only one is in force.
    """

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="cards", verbose_name=_("người")
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("đơn vị cấp"))
    number = models.CharField(_("số thẻ"), max_length=40)
    version = models.PositiveSmallIntegerField(_("lần cấp"), default=1)
    issued_on = models.DateField(_("ngày cấp"))
    revoked_on = models.DateField(_("ngày thu hồi"), null=True, blank=True)
    revoked_reason = models.CharField(_("lý do thu hồi"), max_length=200, blank=True)
    token_cipher = models.TextField(_("mã kiểm tra thẻ (mã hoá)"), editable=False)
    token_hash = models.CharField(_("mã kiểm tra thẻ (băm)"), max_length=64, unique=True, editable=False)
    issued_by = models.CharField(_("người cấp"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("thẻ đoàn viên")
        verbose_name_plural = _("thẻ đoàn viên")
        ordering = ["-version", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["number", "version"], name="member_card_once"),
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(revoked_on=None), name="member_card_one_in_force"
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_on=None, revoked_reason="")
                | (models.Q(revoked_on__gte=models.F("issued_on")) & ~models.Q(revoked_reason="")),
                name="member_card_revoked_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.version}"
