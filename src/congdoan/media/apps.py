"""The app and what it starts with."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    """Images and files; renditions; metadata stripped."""

    name = "congdoan.media"
    verbose_name = _("Hình ảnh và tệp")

    def ready(self) -> None:
        """Listen to uploads."""
        import_module(f"{self.name}.receivers")
