"""Numbers are read aloud the way people do, and what is read can be understood as that number alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congdoan.vntext.spelling import MOST, spell

DIGITS = {
    **{
        word: value
        for value, word in enumerate(["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"])
    },
    "mốt": 1,
    "tư": 4,
    "lăm": 5,
}
WORTH = {"nghìn": 10**3, "triệu": 10**6}


def understood(words: list[str]) -> int:
    """Read words back without knowing how they were made."""
    if "tỷ" in words:
        at = len(words) - 1 - words[::-1].index("tỷ")
        return understood(words[:at]) * 10**9 + (understood(words[at + 1 :]) if words[at + 1 :] else 0)
    total = group = pending = 0
    for word in words:
        if word in DIGITS:
            pending = DIGITS[word]
            group += pending
        elif word == "mười":
            group += 10
        elif word == "mươi":
            group += pending * 9
        elif word == "trăm":
            group += pending * 99
        elif word in WORTH:
            total += group * WORTH[word]
            group = 0
        else:
            assert word == "linh"
    return total + group


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (101, "một trăm linh một"),
        (115, "một trăm mười lăm"),
        (1005, "một nghìn không trăm linh năm"),
        (1289, "một nghìn hai trăm tám mươi chín"),
        (12076, "mười hai nghìn không trăm bảy mươi sáu"),
        (80676, "tám mươi nghìn sáu trăm bảy mươi sáu"),
        (1000005, "một triệu không trăm linh năm"),
        (3715641, "ba triệu bảy trăm mười lăm nghìn sáu trăm bốn mươi mốt"),
        (55294000000, "năm mươi lăm tỷ hai trăm chín mươi tư triệu"),
        (1500 * 10**9, "một nghìn năm trăm tỷ"),
        (-7, "âm bảy"),
        (Decimal("66.11"), "sáu mươi sáu phẩy mười một"),
        (Decimal("99.8"), "chín mươi chín phẩy tám"),
        (Decimal("0.05"), "không phẩy không năm"),
        (Decimal("1.294"), "một phẩy hai chín bốn"),
    ],
)
def test_vietnamese_words(number, words):
    assert spell(number) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"),
        (21, "twenty-one"),
        (105, "one hundred and five"),
        (12076, "twelve thousand and seventy-six"),
        (1000000, "one million"),
        (Decimal("66.11"), "sixty-six point one one"),
        (-40, "minus forty"),
    ],
)
def test_english_words(number, words):
    assert spell(number, "en") == words


@given(st.integers(0, MOST - 1) | st.integers(0, 10**7))
def test_what_is_read_aloud_is_understood_as_the_same_number(number):
    assert understood(spell(number).split()) == number


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_two_numbers_never_sound_the_same(one, more):
    assert spell(one) != spell(one + more)
    assert spell(one, "en") != spell(one + more, "en")


@given(st.integers(0, 999), st.text("0123456789", min_size=1, max_size=4))
def test_decimals_are_read_as_they_are_written(whole, digits):
    before, _, after = spell(Decimal(f"{whole}.{digits}")).partition(" phẩy ")
    assert understood(before.split()) == whole
    words = after.split()
    if len(digits) == 2 and digits[0] != "0":
        assert understood(words) == int(digits)
    else:
        assert "".join(str(DIGITS[word]) for word in words) == digits


def test_what_cannot_be_read_aloud_is_refused():
    for number in (Decimal("NaN"), Decimal("Infinity"), MOST):
        with pytest.raises(ValueError, match="read aloud"):
            spell(number)
