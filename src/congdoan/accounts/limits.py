"""The counts behind ``engine``: kept in the cache for an hour at most, under keys that name nobody."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from congdoan.accounts import engine
from congdoan.accounts.errors import NewDeviceMustWaitError, TooManyAttemptsError

PATIENCE_SECONDS = 600
"""How long a new device may take to come back after it has waited."""


@dataclass(frozen=True, slots=True)
class Gate:
    """The gate before one secret (a password, a code) of one account, for one device.

    ``device`` is the secret name of a device that has signed in to this account before, or of the session for somebody
    who is signed in. Such a device is counted by itself: what others do from elsewhere never reaches it.
    """

    purpose: str
    account: str
    address: str
    device: str = ""

    def enter(self) -> None:
        """Count an attempt before the secret is looked at.

        Raises ``TooManyAttemptsError`` or ``NewDeviceMustWaitError`` when the secret is not to be looked at.
        """
        if not self.device:
            self._wait_as_new_device()
            self._slow_the_address()
        if _count(self._pair, engine.WINDOW_SECONDS) > engine.LIMIT:
            raise TooManyAttemptsError(engine.WINDOW_SECONDS)
        _count(self._over_address, engine.WINDOW_SECONDS)
        _count(self._over_account, engine.ACCOUNT_WINDOW_SECONDS)

    def passed(self) -> None:
        """Take the attempt back: the secret was right."""
        cache.delete(self._pair)
        for key in (self._over_address, self._over_account):
            if (cache.get(key) or 0) > 0:
                _change(key, -1)

    @property
    def _pair(self) -> str:
        if self.device:
            return self._key("known", self.account, self.device)
        return self._key("pair", self.account, self.address)

    @property
    def _over_address(self) -> str:
        return self._key("address", self.address)

    @property
    def _over_account(self) -> str:
        return self._key("account", self.account)

    def _key(self, what: str, *parts: str) -> str:
        return engine.keyed(f"{self.purpose}-{what}", *parts, secret=settings.SECRET_KEY)

    def _wait_as_new_device(self) -> None:
        """Let a device that is new to an account under attack wait before each attempt, for itself alone.

        The wait is the device's own (its address), never the account's: so an attacker can make the owner wait some
        minutes on a new device, once, but cannot keep the owner out.
        """
        seconds = engine.account_wait(cache.get(self._over_account) or 0)
        if not seconds:
            return
        ticket = self._key("ticket", self.account, self.address)
        now = time.time()
        due = cache.get(ticket)
        if due is None:
            cache.set(ticket, now + seconds, seconds + PATIENCE_SECONDS)
            raise NewDeviceMustWaitError(seconds)
        # Deleting says whether it was there: of two requests at once only one gets in.
        if now < due or not cache.delete(ticket):
            raise NewDeviceMustWaitError(int(due - now) + 1)

    def _slow_the_address(self) -> None:
        seconds = engine.address_wait(cache.get(self._over_address) or 0)
        if seconds and not cache.add(self._key("gap", self.address), 1, seconds):
            raise TooManyAttemptsError(seconds)


def gate(purpose: str, account: str, request: HttpRequest | None, *, device: str = "") -> Gate:
    """Return the gate before ``account`` for whoever sends ``request``."""
    address = str(request.META.get("REMOTE_ADDR", "")) if request is not None else ""
    return Gate(purpose=purpose, account=account, address=engine.network(address), device=device)


def take(key: str, *, most: int, seconds: int) -> bool:
    """Count one use of ``key`` and say whether it is still within ``most`` in ``seconds``."""
    return _count(engine.keyed("use", key, secret=settings.SECRET_KEY), seconds) <= most


def _count(key: str, seconds: int) -> int:
    cache.add(key, 0, seconds)
    return _change(key, 1)


def _change(key: str, by: int) -> int:
    try:
        return int(cache.incr(key, by))
    except ValueError:  # the key ran out between the two calls
        return max(by, 0)
