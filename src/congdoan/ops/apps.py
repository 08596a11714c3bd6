"""The app and what it starts with."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpsConfig(AppConfig):
    """Set-up, demonstration data, backup, health, schedule."""

    name = "congdoan.ops"
    verbose_name = _("Vận hành")
