"""The cookie by which a device is known to have signed in to an account before.

It opens nothing. Its one use: wrong passwords that come in from elsewhere do not slow this device down (``limits``).
It holds, signed, up to ten pairs of a keyed mark of an account and a random name of the device, and is sent only to the
addresses of signing in, so it follows nobody through the site.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from congdoan.accounts import engine
from congdoan.accounts.models import User

COOKIE = "congdoan_device"
MAX_AGE = 400 * 24 * 3600
"""Seconds; browsers keep no cookie longer than that."""
MOST_ACCOUNTS = 10
"""An office computer has several users."""
_SALT = "congdoan.accounts.device"


def known_as(request: HttpRequest | None, user: User | None) -> str:
    """Return the secret name of the device for ``user``; "" for a device that has not signed in to this account."""
    if request is None or user is None:
        return ""
    return dict(_read(request)).get(_mark(user), "")


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Let the device be known to the account from now on."""
    mark = _mark(user)
    pairs = _read(request)
    name = dict(pairs).get(mark) or secrets.token_urlsafe(16)
    pairs = [(mark, name), *(pair for pair in pairs if pair[0] != mark)][:MOST_ACCOUNTS]
    response.set_cookie(
        COOKIE,
        signing.dumps(pairs, salt=_SALT),
        max_age=MAX_AGE,
        path=reverse("account_login"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _mark(user: User) -> str:
    return engine.keyed("device", str(user.pk), secret=settings.SECRET_KEY)


def _read(request: HttpRequest) -> list[tuple[str, str]]:
    try:
        pairs = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return []
    return [(str(mark), str(name)) for mark, name in pairs]
