"""The app of published figures and of live figures in text."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    """Published figures, live figures in rich text, report pages, reading figures out of text."""

    name = "congdoan.figures"
    verbose_name = _("số liệu công bố")

    def ready(self) -> None:
        """Freeze what a page shows when it is published; stand on the desk."""
        from congdoan.figures import rail, receivers
        from congdoan.figures.queries import resting as figures_resting
        from congdoan.reporting import resting

        receivers.connect()
        rail.register()
        resting.register(figures_resting.on_indicator)
