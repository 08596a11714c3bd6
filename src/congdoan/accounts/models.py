"""Users, and where they are signed in."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from congdoan import vntext
from congdoan.accounts import identifiers


class User(index.Indexed, AbstractUser):  # type: ignore[misc]  # Wagtail is untyped
    """A person who signs in (tài khoản). Never a unit: there are no shared accounts.

    ``last_name`` holds family and middle names ("Nguyễn Thị"), ``first_name`` the given name ("Hoa"). One may sign in by
    user name, e-mail, phone (kept in E.164) or staff code (mã cán bộ, kept without case).
    """

    phone = models.CharField(_("số điện thoại"), max_length=16, blank=True, default="")
    staff_code = models.CharField(_("mã cán bộ"), max_length=40, blank=True, default="")

    keep_sign_in: str = ""
    """Hash of the one session that outlives a change of the password; not stored."""

    search_fields = [
        index.AutocompleteField("last_name"),
        index.AutocompleteField("first_name"),
        index.AutocompleteField("username"),
        index.AutocompleteField("email"),
        index.AutocompleteField("phone"),
        index.AutocompleteField("staff_code"),
    ]

    class Meta:
        verbose_name = _("tài khoản")
        verbose_name_plural = _("tài khoản")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="accounts_user_email_once",
                violation_error_message=_("Đã có tài khoản dùng địa chỉ thư điện tử này."),
            ),
            models.UniqueConstraint(
                fields=["phone"],
                condition=~Q(phone=""),
                name="accounts_user_phone_once",
                violation_error_message=_("Đã có tài khoản dùng số điện thoại này."),
            ),
            models.UniqueConstraint(
                fields=["staff_code"],
                condition=~Q(staff_code=""),
                name="accounts_user_staff_code_once",
                violation_error_message=_("Đã có tài khoản dùng mã cán bộ này."),
            ),
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__startswith="+"),
                name="accounts_user_phone_is_e164",
                violation_error_message=_("Số điện thoại chưa đúng."),
            ),
        ]

    def get_full_name(self) -> str:
        """Return the name in Vietnamese order: family, middle, given."""
        return vntext.nfc(f"{self.last_name} {self.first_name}".strip())

    def clean(self) -> None:
        """Bring the names to their one spelling. Raises ``ValidationError`` for what is no phone number."""
        super().clean()
        self._take_one_spelling()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save in the one spelling by which signing in looks people up."""
        self._take_one_spelling()
        super().save(*args, **kwargs)

    def _take_one_spelling(self) -> None:
        self.staff_code = identifiers.staff_code(self.staff_code)
        if self.phone:
            number = identifiers.phone_or_none(self.phone)
            if number is None:
                raise ValidationError({"phone": _("Số điện thoại chưa đúng. Hãy viết như 0912 345 678.")})
            self.phone = number

    def __str__(self) -> str:
        return self.get_full_name() or self.get_username()


class SignIn(models.Model):
    """One device on which a user is signed in (phiên đăng nhập). Deleting the row ends the session at its next request.

    Holds neither the session's key nor a network address: ``key_hash`` recognises the key, ``device`` are two words.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="sign_ins",
        verbose_name=_("tài khoản"),
    )
    key_hash = models.CharField(_("dấu của phiên"), max_length=64, unique=True)
    started = models.DateTimeField(_("bắt đầu"), default=timezone.now)
    last_seen = models.DateTimeField(_("thấy lần cuối"), default=timezone.now)
    device = models.CharField(_("thiết bị"), max_length=60, blank=True, default="")

    class Meta:
        verbose_name = _("phiên đăng nhập")
        verbose_name_plural = _("phiên đăng nhập")
        ordering = ["-last_seen", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_seen__gte=F("started")), name="accounts_sign_in_seen_after_start"
            ),
            models.CheckConstraint(condition=~Q(key_hash=""), name="accounts_sign_in_has_key"),
        ]

    def __str__(self) -> str:
        return self.device or str(_("Thiết bị không rõ"))

    @staticmethod
    def hash_of(session_key: str) -> str:
        """Return how a session's key is kept: whoever reads the table cannot use what is in it."""
        return hashlib.sha256(f"congdoan-sign-in:{session_key}".encode()).hexdigest()
