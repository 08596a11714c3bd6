"""Numbers that name a person: identity card, member number."""

from __future__ import annotations

SHOWN_DIGITS = 3
COVER = "•"


def digits(number: str) -> str:
    """Return an identity number as it is kept: letters and digits only, capitals ("033 085-001 234" → "033085001234")."""
    return "".join(char for char in number.upper() if char.isascii() and char.isalnum())


def masked(number: str) -> str:
    """Return ``number`` with all but its last digits covered; empty for an empty one."""
    if len(number) <= SHOWN_DIGITS:
        return COVER * len(number)
    return COVER * (len(number) - SHOWN_DIGITS) + number[-SHOWN_DIGITS:]


def is_identity_number(number: str) -> bool:
    """Say whether a plain number has the form of an identity card: 12 digits (CCCD) or 9 (old CMND)."""
    return number.isascii() and number.isdigit() and len(number) in (9, 12)
