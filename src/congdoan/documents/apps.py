"""The app and what it starts with."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """The library of documents (văn bản)."""

    name = "congdoan.documents"
    verbose_name = _("Văn bản")

    def ready(self) -> None:
        """Make documents searchable and follow their changes."""
        from congdoan.documents import receivers, search_sources  # noqa: F401  # models must be loaded; they register
