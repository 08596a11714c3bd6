"""The app and what it starts with."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Users and signing in."""

    name = "congdoan.accounts"
    verbose_name = _("Tài khoản")

    def ready(self) -> None:
        """Listen to signing in and out."""
        import_module(f"{self.name}.receivers")
