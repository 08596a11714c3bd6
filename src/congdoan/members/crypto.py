"""Encryption of personal fields and keyed hashes, by the keys of the setting ``FIELD_KEYS``.

The first key encrypts, every key decrypts: a new key is put in front. Hashes are made with a key derived from the last
(oldest) one, so that they stay the same while keys are added. See docs/decisions/0011-personal-fields.md.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from congdoan.members.errors import UnreadableError

SHORTEST_KEY = 32
"""Characters that a key must have at least; docs/settings.md says how to make one."""


def _derived(key: str, use: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"congdoan {use}".encode()).derive(
        key.encode()
    )


@lru_cache(maxsize=8)
def _ciphers(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(key, "fields"))) for key in keys])


@lru_cache(maxsize=8)
def _hash_key(key: str) -> bytes:
    return _derived(key, "hashes")


def _keys() -> tuple[str, ...]:
    keys = tuple(settings.FIELD_KEYS)
    if not keys:
        raise ImproperlyConfigured("FIELD_KEYS is not set: personal fields can be neither written nor read")
    return keys


def encrypt(text: str) -> str:
    """Return ``text`` encrypted with the first key; nothing stays nothing."""
    return _ciphers(_keys()).encrypt(text.encode()).decode() if text else ""


def decrypt(cipher: str) -> str:
    """Return what ``encrypt`` was given. Raises ``UnreadableError`` when none of the keys fits."""
    if not cipher:
        return ""
    try:
        return _ciphers(_keys()).decrypt(cipher.encode()).decode()
    except InvalidToken as error:
        raise UnreadableError from error


def encrypt_json(value: Any) -> str:
    """Return ``value`` (what JSON can hold) encrypted."""
    return encrypt(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def decrypt_json(cipher: str) -> Any:
    """Return what ``encrypt_json`` was given; ``None`` for an empty text."""
    return json.loads(decrypt(cipher)) if cipher else None


def renewed(cipher: str) -> str:
    """Return the same secret encrypted with the first key."""
    return encrypt(decrypt(cipher))


def keyed_hash(value: str, use: str, *, key: str | None = None) -> str:
    """Return the hash by which equal values are found without being readable; empty for an empty value.

    ``use`` keeps hashes of different fields apart. ``key`` is the one of ``FIELD_KEYS`` to derive from: the oldest
    unless said.
    """
    if not value:
        return ""
    secret = _hash_key(key if key is not None else _keys()[-1])
    return hmac.new(secret, f"{use}\x00{value}".encode(), hashlib.sha256).hexdigest()
