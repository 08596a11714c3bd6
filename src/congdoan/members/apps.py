"""The app and what it starts with."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    """People and memberships: a module that a federation may leave switched off."""

    name = "congdoan.members"
    verbose_name = _("Đoàn viên")

    def ready(self) -> None:
        """Fill the desk and listen to the tree; each asks at each use whether the register is on."""
        import_module(f"{self.name}.receivers")
        from congdoan.members import duties, rail  # need the models

        rail.register()
        duties.register()
