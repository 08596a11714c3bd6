"""What is typed into a cell: read back as shown, or refused with a fault and nothing else."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congdoan.reporting.engine.values import LARGEST, Fault, Value, ValueFaultError, percent, read, shown
from congdoan.reporting.errors import fault_words

TYPED = st.one_of(
    st.text(),
    st.from_regex(r"[-+=@(]?[0-9.,%xX /]{0,40}( (tỷ|triệu|nghìn))?", fullmatch=True),
    st.sampled_from(
        ["−5", "٣", "１２", "1e30", "NaN", "inf", "=SUM(A1:A3)", "+A1", "@x", "1.2.3", "0x10", "½", "\x00"]
    ),
)


@given(st.integers(-LARGEST, LARGEST), st.integers(0, 4))
def test_what_is_shown_reads_back_to_the_last_digit(number, decimals):
    assert read(shown(number, decimals), decimals=decimals, negative=True) == Value(number)


@given(TYPED, st.integers(0, 4), st.booleans())
def test_whatever_is_typed_is_a_value_or_a_fault_that_can_be_told(text, decimals, negative):
    try:
        value = read(text, decimals=decimals, negative=negative)
    except ValueFaultError as error:
        told = fault_words(error, "Buổi")
    else:
        told = ""
    if told:
        assert "“Buổi”" in told
        return
    assert value is None or value.number is None or abs(value.number) <= LARGEST
    assert value is None or value.number is None or negative or value.number >= 0


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("-5", Fault.NEGATIVE),
        ("1" + "0" * 30, Fault.TOO_LARGE),
        ("mười hai", Fault.NOT_A_NUMBER),
        ("hàng trăm", Fault.NOT_A_NUMBER),
        ("=1+1", Fault.FORMULA),
        ("+A1", Fault.FORMULA),
        ("@SUM(A1)", Fault.FORMULA),
        ("1,5", Fault.DECIMALS),
        ("9" * 200, Fault.TOO_LARGE),
    ],
)
def test_what_is_no_count_is_refused_for_what_it_is(text, fault):
    with pytest.raises(ValueFaultError) as refused:
        read(text)
    assert refused.value.fault is fault
    assert refused.value.text == text


def test_an_empty_cell_is_missing_and_a_zero_is_a_value():
    assert read("  ") is None
    assert read("0") == Value(0)
    assert read("x") == Value(None)


def test_a_rate_is_rounded_half_up_and_needs_its_own_denominator():
    """66,11 % of the seed page cannot come from its attendances: 80.676 of 52.089 workers would be 155 %."""
    assert percent(80_676, 52_089) == Decimal("154.88")
    assert percent(80_676, 122_033) == Decimal("66.11")
    assert percent(80_676, None) is None
    assert percent(80_676, 0) is None
