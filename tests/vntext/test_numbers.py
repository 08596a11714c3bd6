from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congdoan.vntext import (
    NARROW_SPACE,
    NumberError,
    format_decimal,
    format_int,
    format_money,
    format_percent,
    parse_money,
    parse_number,
)

amounts = st.one_of(
    st.integers(-(10**16), 10**16),
    st.builds(
        lambda value, unit: value * unit, st.integers(-99_999, 99_999), st.sampled_from([10**3, 10**6, 10**8])
    ),
)
decimals = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30).filter(
    lambda value: int(value.as_tuple().exponent) > -30
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12076, "12.076"),
        (0, "0"),
        (999, "999"),
        (1289, "1.289"),
        (-359410, "-359.410"),
        (10**9, "1.000.000.000"),
    ],
)
def test_thousands_are_grouped_by_dots(value, text):
    assert format_int(value) == text


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        ("6383.9", None, "6.383,9"),
        ("66.10", None, "66,10"),
        ("66.1", 2, "66,10"),
        ("66.115", 2, "66,12"),
        ("-0.005", 2, "-0,01"),
        ("-0.001", 2, "0,00"),
        ("9.99", 0, "10"),
        ("1E+3", None, "1.000"),
        ("123456789012345678901234567890123.5", None, "123.456.789.012.345.678.901.234.567.890.123,5"),
        ("123456789012345678901234567890123.5", 0, "123.456.789.012.345.678.901.234.567.890.124"),
    ],
)
def test_decimals_follow_a_comma_and_are_rounded_only_when_asked(value, places, text):
    assert format_decimal(Decimal(value), places) == text


@pytest.mark.parametrize("value", ["NaN", "Infinity"])
def test_what_is_no_number_is_not_written(value):
    with pytest.raises(ValueError, match=value):
        format_decimal(Decimal(value))


def test_percent_has_its_sign_close_or_after_a_narrow_space():
    assert format_percent(Decimal("66.11")) == "66,11%"
    assert format_percent(Decimal("66.11"), 1, space=NARROW_SPACE) == "66,1\u202f%"


@pytest.mark.parametrize(
    ("dong", "text"),
    [
        (55_294_000_000, "55,294 tỷ đồng"),
        (55_294_000_001, "55.294.000.001 đồng"),
        (119_214_000_000, "119,214 tỷ đồng"),
        (1_234_567_000, "1.234,567 triệu đồng"),
        (33_500_000, "33,5 triệu đồng"),
        (2_000_000_000_000, "2.000 tỷ đồng"),
        (500_000, "500 nghìn đồng"),
        (12_345, "12.345 đồng"),
        (999, "999 đồng"),
        (0, "0 đồng"),
        (-55_294_000_000, "-55,294 tỷ đồng"),
    ],
)
def test_money_is_written_short_where_that_is_exact(dong, text):
    assert format_money(dong) == text


@given(amounts)
def test_money_is_never_rounded(dong):
    assert parse_money(format_money(dong)) == dong


@given(st.integers())
def test_an_integer_comes_back(value):
    if abs(value) < 10**40:
        assert parse_number(format_int(value)) == value


@given(decimals)
def test_a_decimal_comes_back_unless_it_has_two_readings(value):
    text = format_decimal(value)
    whole, _, fraction = text.lstrip("-").partition(",")
    if len(fraction) == 3 and "." not in whole and whole != "0":
        with pytest.raises(NumberError):
            parse_number(text)
        text += "0"
    assert parse_number(text) == value
    assert parse_number(format_percent(value, space=NARROW_SPACE)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12.076", "12076"),
        ("6.383,9", "6383.9"),
        ("4.125,14", "4125.14"),
        ("66,11%", "66.11"),
        ("66,11\u202f%", "66.11"),
        ("99.8%", "99.8"),
        ("02", "2"),
        ("2160", "2160"),
        ("315120", "315120"),
        ("3,715,641", "3715641"),
        ("1,289.5", "1289.5"),
        ("12\u00a0076", "12076"),
        ("0,125", "0.125"),
        ("−6", "-6"),
        ("55,294 tỷ", "55294000000"),
        ("55,294 tỉ", "55294000000"),
        ("1.5 tỷ", "1500000000"),
        ("1.500 tỷ", "1500000000000"),
        ("2 nghìn tỷ", "2000000000000"),
        ("5 vạn", "50000"),
        ("3 chục", "30"),
        ("12 ngàn", "12000"),
        ("4 tr", "4000000"),
        ("119 tỷ 214 triệu", "119214000000"),
        ("2 triệu 5 nghìn 3 trăm", "2005300"),
        ("5 ty\u0309", "5000000000"),
    ],
)
def test_numbers_are_read_as_vietnamese_prints_them(text, value):
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "dong"),
    [
        ("119 tỷ 214 triệu đồng", 119_214_000_000),
        ("33.500.000đ", 33_500_000),
        ("33.500.000 VNĐ", 33_500_000),
        ("33.500.000 ₫", 33_500_000),
        ("trên", None),
        ("33.500.000đ/người", None),
        ("1 tỷ 200", None),
        ("12,5 đồng", None),
        ("1,289 đồng", None),
        ("đồng", None),
        ("-500 nghìn đồng", -500_000),
    ],
)
def test_money_is_read_in_whole_dong_or_refused(text, dong):
    if dong is None:
        with pytest.raises(NumberError):
            parse_money(text)
    else:
        assert parse_money(text) == dong


def test_an_ambiguous_comma_is_refused_with_both_readings():
    with pytest.raises(NumberError) as refusal:
        parse_number("1,289")

    assert refusal.value.user_message == (
        "“1,289” có thể hiểu theo hai cách. Nếu là hàng nghìn, hãy viết 1.289; nếu là số thập phân, hãy viết 1,2890."
    )
    assert parse_number("1.289") == 1289
    assert parse_number("1,2890") == Decimal("1.289")


@pytest.mark.parametrize(
    "text",
    ["", "  ", "abc", "18.1", "1/2", "39/45", "1.289 CĐCS", "12.07", "1.2.3", "1.289,", "012.076", "--5", "%", "-", "1 tỷ 2 tỷ",
     "1,5 tỷ 20 triệu", "tỷ", "5 tỷ tỷ", "１２", "9" * 100],
)  # fmt: skip
def test_what_is_no_number_is_refused_with_a_sentence(text):
    with pytest.raises(NumberError) as refusal:
        parse_number(text)
    message = refusal.value.user_message
    assert message.endswith(".")
    assert "%(" not in message


@given(st.text(alphabet="0123456789.,%- tỷriệuđồng", max_size=20))
def test_reading_a_number_gives_a_number_or_a_sentence(text):
    for parse in (parse_number, parse_money):
        try:
            value = parse(text)
        except NumberError as refusal:
            assert refusal.user_message  # noqa: PT017 – either outcome is right
        else:
            assert Decimal(value).is_finite()
