"""Who asks: a session of the site, a key that acts in the name of a mandate, or, where data are public, anybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from ninja.security import APIKeyCookie, HttpBearer

from congdoan.accounts import second_factor
from congdoan.api.errors import NotAllowedError
from congdoan.organisation.actions import tokens
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Right


def _entitled(capacity: Capacity, rights: tuple[Right, ...]) -> Capacity:
    if rights and not any(capacity.may(right) for right in rights):
        raise NotAllowedError
    return capacity


class TokenAuth(HttpBearer):
    """``Authorization: Bearer cd_…``. The request then acts in the name of the key's mandate, whatever session it carries.

    With ``rights``, the mandate must have one of them over anything.
    """

    def __init__(self, *rights: Right) -> None:
        super().__init__()
        self.rights = rights

    def authenticate(self, request: HttpRequest, token: str) -> Capacity | None:
        """Set ``request.user`` and ``request.capacity``; ``None`` for a key that opens nothing."""
        mandate = tokens.authenticate(token)
        if mandate is None or mandate.officer.user is None:
            return None
        capacity = Capacity(mandate.officer.user, mandate, timezone.localdate())
        request.user = mandate.officer.user
        request.capacity = capacity  # type: ignore[attr-defined]  # ours
        return _entitled(capacity, self.rights)


class SessionAuth(APIKeyCookie):
    """The session of the site. What changes something needs the CSRF token too, as in any form.

    With ``rights``, the mandate must have one of them over anything.
    """

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self, *rights: Right) -> None:
        super().__init__()
        self.rights = rights

    def _get_key(self, request: HttpRequest) -> str | None:
        # Without a session there is nothing to forge: whoever has none, or brings a key, is told to sign in.
        if request.headers.get("Authorization") or self.param_name not in request.COOKIES:
            return None
        key: str | None = super()._get_key(request)
        return key

    def authenticate(self, request: HttpRequest, key: str | None) -> Capacity | None:
        """Return the capacity of whoever is signed in; a request that brings a key is not helped by its session."""
        if request.headers.get("Authorization") or not key or not request.user.is_authenticated:
            return None
        capacity: Capacity = request.capacity  # type: ignore[attr-defined]  # ours
        return _entitled(capacity, self.rights)


def visitor(request: HttpRequest) -> Capacity | None:
    """Let anybody read what is public: as nobody, or as whoever is signed in. A key that opens nothing is still refused.

    A session that owes its second factor sees what a visitor sees.
    """
    if request.headers.get("Authorization"):
        return None
    if settings.SESSION_COOKIE_NAME in request.COOKIES and _is_through(request):
        capacity: Capacity = request.capacity  # type: ignore[attr-defined]  # ours
        return capacity
    nobody = Capacity(AnonymousUser(), None, timezone.localdate())
    request.capacity = nobody  # type: ignore[attr-defined]  # ours
    return nobody


def _is_through(request: HttpRequest) -> bool:
    """Say whether somebody has signed in, with the second factor where one is due."""
    if not request.user.is_authenticated:
        return False
    return not second_factor.is_required(request) or second_factor.session_is_strong(request)


def signed_in(*rights: Right) -> list[Callable[[HttpRequest], Any]]:
    """Let those in who have signed in or bring a key, and whose mandate has one of ``rights``."""
    return [TokenAuth(*rights), SessionAuth(*rights)]


SIGNED_IN = signed_in()
ANYBODY: list[Callable[[HttpRequest], Any]] = [TokenAuth(), visitor]


def keep_private(request: HttpRequest, response: HttpResponseBase) -> None:
    """Keep what a key or a session shows out of caches."""
    capacity: Capacity = request.capacity  # type: ignore[attr-defined]  # ours
    if not capacity.is_visitor:
        response.headers["Cache-Control"] = "private, no-store"
