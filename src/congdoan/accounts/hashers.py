"""Hashing of passwords: any length, any script, and the same word however a keyboard composes it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import BasePasswordHasher, PBKDF2PasswordHasher, ScryptPasswordHasher

from congdoan import vntext


class _Normalised(BasePasswordHasher):
    """Hash the NFC form. An "ế" typed as one character, as two or as three is one password."""

    def encode(self, password: str, salt: str, *args: Any, **kwargs: Any) -> str:
        """Return the hash of the NFC form of ``password``."""
        encoded: str = super().encode(vntext.nfc(password), salt, *args, **kwargs)
        return encoded


class NormalisingScryptHasher(_Normalised, ScryptPasswordHasher):
    """scrypt of the NFC form: costs memory as well as time, and has no limit of length."""


class NormalisingPBKDF2Hasher(_Normalised, PBKDF2PasswordHasher):
    """PBKDF2 of the NFC form: reads the hashes of earlier versions; signing in replaces them."""

    def verify(self, password: str, encoded: str) -> bool:
        """Say whether ``encoded`` was made of ``password``: normalised, or as typed, which earlier versions hashed."""
        if super().verify(password, encoded):
            return True
        as_typed = PBKDF2PasswordHasher()
        return password != vntext.nfc(password) and as_typed.verify(password, encoded)
