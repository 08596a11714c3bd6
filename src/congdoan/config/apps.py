"""The project itself as an app: it carries the translations and the management of settings."""

from __future__ import annotations

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Settings and root addresses."""

    name = "congdoan.config"
    label = "config"
    verbose_name = "Congdoan"
