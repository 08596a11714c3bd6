"""The app and what it starts with."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    """People and memberships: a module that a federation may leave switched off."""

    name = "congdoan.members"
    verbose_name = _("Đoàn viên")

    def ready(self) -> None:
        """Fill the desk; each entry asks at each use whether the register is on."""
        from congdoan.members import rail  # needs the models

        rail.register()
