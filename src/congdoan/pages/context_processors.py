"""What every page of the portal and the desk may show."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from congdoan.pages import queries


def site(request: HttpRequest) -> dict[str, Any]:
    """Add the settings of the site, menu, footer facts and links; read only when a template asks for them."""
    return {
        "is_demo": settings.IS_DEMO,
        "base_url": settings.BASE_URL,
        "shell": SimpleLazyObject(lambda: queries.shell(request)),
    }
