"""Users."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _

from congdoan import vntext


class User(AbstractUser):
    """A person who signs in (tài khoản). Never a unit: there are no shared accounts.

    ``last_name`` holds family and middle names ("Nguyễn Thị"), ``first_name`` the given name ("Hoa").
    """

    class Meta:
        verbose_name = _("tài khoản")
        verbose_name_plural = _("tài khoản")

    def get_full_name(self) -> str:
        """Return the name in Vietnamese order: family, middle, given."""
        return vntext.nfc(f"{self.last_name} {self.first_name}".strip())

    def __str__(self) -> str:
        return self.get_full_name() or self.get_username()
