"""What stands in one cell: a value, "not applicable", or nothing. Zero is a value; missing is not zero.

Values are integers scaled by the decimals of their indicator (money: đồng, no decimals), so that sums are exact.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from congdoan.vntext.errors import NumberError
from congdoan.vntext.numbers import format_decimal, format_int, parse_number

LARGEST = 10**15
"""Largest value of a cell, scaled. Sums of the whole country stay far below the limit of a 64-bit integer."""

NOT_APPLICABLE = frozenset({"-", "–", "—", "x", "kad", "ko ad", "k/a", "n/a", "na", "không áp dụng"})
"""What people write for "not applicable"."""


class State(StrEnum):
    """State of a cell. A missing cell has no row and no state."""

    REPORTED = "reported"
    NOT_APPLICABLE = "na"


class Fault(StrEnum):
    """Why what was typed is no value."""

    NOT_A_NUMBER = "not_a_number"
    FORMULA = "formula"
    NEGATIVE = "negative"
    TOO_LARGE = "too_large"
    DECIMALS = "decimals"


class ValueFaultError(ValueError):
    """What was typed cannot be taken; ``text`` is kept for the person who typed it."""

    def __init__(self, fault: Fault, text: str, decimals: int = 0) -> None:
        super().__init__(f"{fault}: {text!r}")
        self.fault, self.text, self.decimals = fault, text, decimals


@dataclass(frozen=True, slots=True)
class Value:
    """A filled cell: ``number`` (scaled) when reported, ``None`` when not applicable."""

    number: int | None

    @property
    def state(self) -> State:
        """Return the state that goes with the number."""
        return State.NOT_APPLICABLE if self.number is None else State.REPORTED


def read(text: str, *, decimals: int = 0, negative: bool = False) -> Value | None:
    """Read what was typed, in the Vietnamese way ("1.289", "55,294 tỷ"). Empty is missing: ``None``.

    Raises ``ValueFaultError`` for text, formulas, negative numbers (unless ``negative``), too many decimals, too large numbers.
    """
    tidy = " ".join(text.split())
    if not tidy:
        return None
    if tidy.casefold() in NOT_APPLICABLE:
        return Value(None)
    if tidy[0] in "=@" or (
        tidy[0] in "+-"
        and len(tidy) > 1
        and not tidy[1:].lstrip().replace(".", "").replace(",", "")[:1].isdigit()
    ):
        raise ValueFaultError(Fault.FORMULA, text)
    if len(tidy) > 60:
        raise ValueFaultError(Fault.TOO_LARGE, text)
    try:
        number = parse_number(tidy) if (known := _as_shown(tidy, decimals)) is None else known
    except NumberError as error:
        raise ValueFaultError(Fault.NOT_A_NUMBER, text) from error
    if number < 0 and not negative:
        raise ValueFaultError(Fault.NEGATIVE, text)
    if abs(number) > LARGEST:
        raise ValueFaultError(Fault.TOO_LARGE, text)
    scaled = number.scaleb(decimals)
    if scaled != scaled.to_integral_value():
        raise ValueFaultError(Fault.DECIMALS, text, decimals)
    if abs(scaled) > LARGEST:
        raise ValueFaultError(Fault.TOO_LARGE, text)
    return Value(int(scaled))


def _as_shown(text: str, decimals: int) -> Decimal | None:
    """Read what ``shown`` writes: "1,000" is ambiguous elsewhere, but not in a cell that shows three decimals."""
    if not decimals or not re.fullmatch(rf"-?(\d{{1,3}}(\.\d{{3}})*|\d+),\d{{1,{decimals}}}", text, re.ASCII):
        return None
    return Decimal(text.replace(".", "").replace(",", "."))


def shown(number: int | None, decimals: int = 0) -> str:
    """Write a scaled number in the Vietnamese way; "" for ``None``."""
    if number is None:
        return ""
    if not decimals:
        return format_int(number)
    return format_decimal(Decimal(number).scaleb(-decimals), decimals)


def unscaled(number: int, decimals: int) -> int | Decimal:
    """Return the number as people mean it."""
    return number if not decimals else Decimal(number).scaleb(-decimals)


def percent(numerator: int | None, denominator: int | None, places: int = 2) -> Decimal | None:
    """Return 100 × numerator ÷ denominator, rounded half up; ``None`` without a denominator."""
    if numerator is None or not denominator:
        return None
    exact = Decimal(100) * numerator / denominator
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
