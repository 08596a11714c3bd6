"""The way back from an officer's pages."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from congdoan.organisation.models import Officer


def officer_crumbs(person: Officer) -> list[dict[str, str]]:
    """Return the crumbs above a page of an officer: the list, and the officer."""
    return [
        {"title": _("Cán bộ"), "url": reverse("organisation:officers")},
        {"title": str(person), "url": reverse("organisation:officer", args=[person.pk])},
    ]
