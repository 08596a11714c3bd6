"""The app and what it starts with."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """The search engine port and its embedded engine."""

    name = "congdoan.search"
    verbose_name = _("Tìm kiếm")
