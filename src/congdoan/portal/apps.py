"""The app and what it starts with."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """The public portal: front page, news, albums, bulletins."""

    name = "congdoan.portal"
    verbose_name = _("Cổng thông tin")

    def ready(self) -> None:
        """Fill the registries of the apps below."""
        for module in ("views.pages", "receivers", "search_sources", "live_parts"):
            import_module(f"{self.name}.{module}")
