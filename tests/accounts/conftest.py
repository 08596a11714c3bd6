"""Signing in as tests do it, and codes as an app makes them."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache

from congdoan.accounts import actions, second_factor

PASSWORD = "mat-khau-du-dai"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _no_attempts_yet():
    cache.clear()


@pytest.fixture
def sign_in():
    """Sign in through the form; what comes after the client is the name."""

    def through_the_form(client, name, password=PASSWORD, address="10.0.0.1", **more):
        data = {"username": name, "password": password, **more}
        return client.post("/dang-nhap/", data, REMOTE_ADDR=address)

    return through_the_form


@pytest.fixture
def code():
    """Codes of the app with ``SECRET``: of this moment, or ``steps`` away from it."""

    def at(steps=0, secret=SECRET):
        return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))

    return at


@pytest.fixture
def with_totp():
    """Give a user an app; returns the recovery codes."""
    return lambda user: actions.enable_totp(user, SECRET)


@pytest.fixture
def everybody_needs_a_second_factor():
    """As if every signed-in user reviewed or signed."""

    def always(request):
        return True

    second_factor.require_when(always)
    yield
    second_factor.no_longer_when(always)
