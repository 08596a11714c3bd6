"""The app and what it starts with."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipationConfig(AppConfig):
    """Calls: what people take part in. For now, polls of the portal."""

    name = "congdoan.participation"
    verbose_name = _("Tham gia")

    def ready(self) -> None:
        """Fill the registries of the apps below."""
        import_module(f"{self.name}.live_parts")
