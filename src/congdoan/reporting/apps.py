"""The app of reporting."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    """Indicators, sheets, periods, reports, review, totals."""

    name = "congdoan.reporting"
    verbose_name = _("báo cáo")

    def ready(self) -> None:
        """Follow the tree."""
        from congdoan.reporting import receivers

        receivers.connect()
