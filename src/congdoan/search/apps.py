"""The app and what it starts with."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """The search engine port and its embedded engine."""

    name = "congdoan.search"
    verbose_name = _("Tìm kiếm")

    def ready(self) -> None:
        """Listen to what editors save, and look whether the chosen engine exists."""
        from congdoan.search import receivers  # models must be loaded

        receivers.connect()
        checks.register(_check_engine)


def _check_engine(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Say so, before anything runs, when the settings choose an engine that does not exist."""
    from congdoan.search import queries  # needs the settings, which a check may find wrong

    try:
        queries.engine()
    except ImproperlyConfigured as error:
        return [checks.Error(str(error), id="search.E001")]
    return []
