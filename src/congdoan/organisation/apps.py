"""The app and what it starts with."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationConfig(AppConfig):
    """Units, the tree in time, officers and mandates."""

    name = "congdoan.organisation"
    verbose_name = _("Tổ chức")
