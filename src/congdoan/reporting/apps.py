"""The app of reporting."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    """Indicators, sheets, periods, reports, review, totals."""

    name = "congdoan.reporting"
    verbose_name = _("báo cáo")

    def ready(self) -> None:
        """Follow the tree, stand on the desk, and know what registers know."""
        from congdoan.reporting import duties, prefill, rail, receivers
        from congdoan.reporting.queries import known_members

        receivers.connect()
        rail.register()
        duties.register()
        prefill.register(known_members.CODE, _("sổ đoàn viên: số đoàn viên cuối kỳ"), known_members.members)
