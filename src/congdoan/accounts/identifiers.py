"""The names by which a person is known: one spelling of each for storing and for looking up."""

from __future__ import annotations

import re

import phonenumbers

from congdoan import vntext

REGION = "VN"
_LOOKS_LIKE_A_PHONE = re.compile(r"[+(]?\d[\d\s().\-–]{5,24}")


def phone_or_none(text: str) -> str | None:
    """Return the number in E.164 ("+84912345678"), whatever way it is written; ``None`` when it is none."""
    text = vntext.nfc(text).strip()
    # The parser would find a number inside a staff code.
    if not _LOOKS_LIKE_A_PHONE.fullmatch(text):
        return None
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def phone_for_people(number: str) -> str:
    """Return a stored number as people write it: 0912 345 678."""
    try:
        parsed = phonenumbers.parse(number, REGION)
    except phonenumbers.NumberParseException:
        return number
    national = phonenumbers.region_code_for_number(parsed) == REGION
    style = (
        phonenumbers.PhoneNumberFormat.NATIONAL if national else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return str(phonenumbers.format_number(parsed, style))


def staff_code(text: str) -> str:
    """Return a staff code without what a reader does not see: case and spaces around it."""
    return vntext.nfc(text).strip().casefold()
