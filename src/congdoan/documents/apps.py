"""The app and what it starts with."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """The library of documents (văn bản)."""

    name = "congdoan.documents"
    verbose_name = _("Văn bản")
