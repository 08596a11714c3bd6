"""Invented passages of many kinds with every figure marked by hand: how much of it is read."""

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from congdoan.vntext.reading import Found, read_figures

SET = Path(__file__).with_name("reading_set.toml")
_MARK = re.compile(r"\{\{(?P<number>[^|}]*)\|(?P<value>[^|}]*)(?:\|(?P<unit>[^}]*))?\}\}")

Value = Decimal | tuple[Decimal, Decimal]


class Wanted(NamedTuple):
    start: int
    end: int
    value: Value
    unit: str | None


def unmarked(text: str) -> tuple[str, list[Wanted]]:
    """The passage without its marks, and what they say."""
    plain, at, wanted = "", 0, []
    for mark in _MARK.finditer(text):
        plain += text[at : mark.start()]
        start = len(plain)
        plain += mark["number"]
        at = mark.end()
        wanted.append(Wanted(start, len(plain), value(mark["value"]), mark["unit"]))
    return plain + text[at:], wanted


def value(written: str) -> Value:
    if ".." in written:
        low, high = written.split("..")
        return Decimal(low), Decimal(high)
    above, _, below = written.partition("/")
    return Decimal(above) / Decimal(below or 1)


def value_of(figure: Found) -> Value:
    if figure.value is None:
        assert figure.value_min is not None
        assert figure.value_max is not None
        return Decimal(figure.value_min), Decimal(figure.value_max)
    return Decimal(figure.value)


PASSAGES = tomllib.loads(SET.read_text("utf-8"))["passage"]


def test_the_set_is_large_and_of_many_kinds() -> None:
    assert len(PASSAGES) >= 25
    assert sum(len(unmarked(passage["text"])[1]) for passage in PASSAGES) >= 200


@pytest.mark.parametrize("round_", sorted({passage["round"] for passage in PASSAGES}))
def test_figures_of_unlike_texts_are_read(round_: int) -> None:
    found, wanted, met, with_unit, unit_met = 0, 0, 0, 0, 0
    for passage in PASSAGES:
        if passage["round"] != round_:
            continue
        text, marks = unmarked(passage["text"])
        read = {
            (figure.number_start, figure.number_end, value_of(figure)): figure
            for figure in read_figures(text)
        }
        found += len(read)
        wanted += len(marks)
        for mark in marks:
            figure = read.get((mark.start, mark.end, mark.value))
            met += figure is not None
            with_unit += mark.unit is not None
            unit_met += figure is not None and mark.unit is not None and figure.unit == mark.unit

    assert met >= 0.98 * found, "precision"
    assert met >= 0.98 * wanted, "recall"
    assert unit_met >= 0.95 * with_unit, "units"
