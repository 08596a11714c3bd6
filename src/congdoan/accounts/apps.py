"""The app and what it starts with."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from congdoan.ui import rail


class AccountsConfig(AppConfig):
    """Users and signing in."""

    name = "congdoan.accounts"
    verbose_name = _("Tài khoản")

    def ready(self) -> None:
        """Listen to signing in and out; put one's own account on the desk's rail."""
        import_module(f"{self.name}.receivers")
        rail.register(
            rail.Entry(
                key="account",
                order=980,
                icon="user",
                title=_("Tài khoản"),
                url="accounts:account",
                match=("/tai-khoan/",),
            )
        )
