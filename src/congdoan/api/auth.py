"""Who asks: a session of the site, or a key that acts in the name of a mandate."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import APIKeyCookie, HttpBearer

from congdoan.organisation.actions import tokens
from congdoan.organisation.queries.capacities import Capacity


class TokenAuth(HttpBearer):
    """``Authorization: Bearer cd_…``. The request then acts in the name of the key's mandate, whatever session it carries."""

    def authenticate(self, request: HttpRequest, token: str) -> Capacity | None:
        """Set ``request.user`` and ``request.capacity``; ``None`` for a key that opens nothing."""
        mandate = tokens.authenticate(token)
        if mandate is None or mandate.officer.user is None:
            return None
        capacity = Capacity(mandate.officer.user, mandate, timezone.localdate())
        request.user = mandate.officer.user
        request.capacity = capacity  # type: ignore[attr-defined]  # ours
        return capacity


class SessionAuth(APIKeyCookie):
    """The session of the site. What changes something needs the CSRF token too, as in any form."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Capacity | None:
        """Return the capacity of whoever is signed in; a request that brings a key is not helped by its session."""
        if request.headers.get("Authorization") or not key or not request.user.is_authenticated:
            return None
        capacity: Capacity = request.capacity  # type: ignore[attr-defined]  # ours
        return capacity


SIGNED_IN = [TokenAuth(), SessionAuth()]
