"""The app and what it starts with."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    """What a person is told: notices, reminders, the daily mail; and what waits for them."""

    name = "congdoan.notices"
    verbose_name = _("Thông báo")

    def ready(self) -> None:
        """Put the bell on the rail; say what a person's own changes are called."""
        from congdoan.notices import rail, recent  # needs the models

        rail.register()
        recent.say({"notice_preference.changed": _("Đổi cách nhận thông báo")})
