"""Secrets of second factors are kept encrypted: a stolen copy of the database makes no codes.

The key comes from ``FIELD_KEYS`` where they are set, else from ``SECRET_KEY``. Everything is encrypted with the first key
and read with any, so keys are rotated by putting a new one in front.
"""

from __future__ import annotations

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_PREFIX = "v1:"


class LostKeyError(Exception):
    """A secret cannot be read with any of the keys that are set."""


def lock(text: str) -> str:
    """Return ``text`` encrypted."""
    return _PREFIX + _keys(_secrets()).encrypt(text.encode()).decode()


def unlock(locked: str) -> str:
    """Return what ``lock`` was given. Raises ``LostKeyError`` when the key of that time is not among those set."""
    try:
        return _keys(_secrets()).decrypt(locked.removeprefix(_PREFIX).encode()).decode()
    except InvalidToken as error:
        raise LostKeyError("FIELD_KEYS or SECRET_KEY of the time of set-up is missing") from error


def _secrets() -> tuple[str, ...]:
    field_keys = [str(key) for key in getattr(settings, "FIELD_KEYS", [])]
    return (*field_keys, settings.SECRET_KEY, *(str(key) for key in settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=4)
def _keys(secrets: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derive(secret))) for secret in secrets])


def _derive(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"congdoan second factor").derive(
        secret.encode()
    )
