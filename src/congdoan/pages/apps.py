"""The app and what it starts with."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    """What every public page shares: settings of the site, page cache, live parts, visits."""

    name = "congdoan.pages"
    verbose_name = _("Trang")

    def ready(self) -> None:
        """Listen for changes of what pages show."""
        import_module(f"{self.name}.receivers")
