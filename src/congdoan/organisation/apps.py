"""The app and what it starts with."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationConfig(AppConfig):
    """Units, the tree in time, officers and mandates."""

    name = "congdoan.organisation"
    verbose_name = _("Tổ chức")

    def ready(self) -> None:
        """Listen to mandates and the tree; put the people on the rail; say whose work needs a second factor."""
        import_module(f"{self.name}.receivers")
        from congdoan.accounts import second_factor  # needs the models
        from congdoan.organisation import rail, second_step  # needs the models

        rail.register_units()
        rail.register_tokens()
        rail.register_people()
        second_factor.require_when(second_step.is_due)
