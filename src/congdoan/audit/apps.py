"""The app and what it starts with."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """Who did what, and when: an append-only trail."""

    name = "congdoan.audit"
    verbose_name = _("Nhật ký")
