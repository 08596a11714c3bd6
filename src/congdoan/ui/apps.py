"""The app and what it starts with."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    """Shells, components, tokens: how every page looks."""

    name = "congdoan.ui"
    verbose_name = _("Giao diện")
