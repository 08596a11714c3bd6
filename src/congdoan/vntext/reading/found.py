"""A figure that was found in a text, in the shape that the contract of ``congdoan read-figures`` promises."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Number = int | Decimal


@dataclass(frozen=True, slots=True)
class Found:
    """One figure. All offsets are code points of the text that was given, half-open.

    ``text`` runs from the number to the end of its words of measure; ``number_text`` is the number alone, with a "%" or a
    fraction, without words of magnitude. ``value`` applies the magnitude; it is ``None`` where only bounds are known
    (``value_min``, ``value_max``). ``unit`` is the English name of the unit of measure. ``qualifier`` has the keys text,
    start, end, op; ``period`` text, start, end, from, to, precision, basis. ``indicator`` is a proposal.
    ``confidence`` (0..1) says how sure it is that this is a figure and read rightly.
    """

    text: str
    start: int
    end: int
    number_text: str
    number_start: int
    number_end: int
    value: Number | None
    value_min: Number | None
    value_max: Number | None
    unit: str | None
    qualifier: dict[str, Any] | None
    period: dict[str, Any] | None
    indicator: str | None
    confidence: float

    def to_json(self) -> dict[str, Any]:
        """Plain values for JSON: whole numbers as integers, others as floats."""
        return {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "number_text": self.number_text,
            "number_start": self.number_start,
            "number_end": self.number_end,
            "value": _plain(self.value),
            "value_min": _plain(self.value_min),
            "value_max": _plain(self.value_max),
            "unit": self.unit,
            "qualifier": self.qualifier,
            "period": self.period,
            "indicator": self.indicator,
            "confidence": self.confidence,
        }


def whole(value: Decimal) -> Number:
    """An integer where nothing is lost."""
    return int(value) if value == value.to_integral_value() else value.normalize()


def _plain(value: Number | None) -> int | float | None:
    return float(value) if isinstance(value, Decimal) else value
