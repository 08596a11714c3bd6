"""The app and what it starts with."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    """What a person is told: notices, reminders, the daily mail; and what waits for them."""

    name = "congdoan.notices"
    verbose_name = _("Thông báo")
