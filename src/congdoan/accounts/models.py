"""Users."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from congdoan import vntext


class User(index.Indexed, AbstractUser):  # type: ignore[misc]  # Wagtail is untyped
    """A person who signs in (tài khoản). Never a unit: there are no shared accounts.

    ``last_name`` holds family and middle names ("Nguyễn Thị"), ``first_name`` the given name ("Hoa").
    """

    search_fields = [
        index.AutocompleteField("last_name"),
        index.AutocompleteField("first_name"),
        index.AutocompleteField("username"),
        index.AutocompleteField("email"),
    ]

    class Meta:
        verbose_name = _("tài khoản")
        verbose_name_plural = _("tài khoản")

    def get_full_name(self) -> str:
        """Return the name in Vietnamese order: family, middle, given."""
        return vntext.nfc(f"{self.last_name} {self.first_name}".strip())

    def __str__(self) -> str:
        return self.get_full_name() or self.get_username()
