"""The app and what it starts with."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """An officer's start page: what waits for me."""

    name = "congdoan.desk"
    verbose_name = _("Bàn làm việc")

    def ready(self) -> None:
        """Fill the rail, and the start page with what the newsroom has."""
        from congdoan.desk import rail, sources  # needs the models

        rail.register()
        sources.register()
