"""Whatever numbers are printed by ``vntext`` are read back, wherever they stand."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from congdoan.vntext import format_decimal, format_int, format_money, format_percent
from congdoan.vntext.reading import read_figures

FRAMES = st.sampled_from(
    [
        "Năm 2019 toàn tỉnh có {} tham gia.",
        "Kết quả: {}; theo Nghị quyết 25-NQ/TW ngày 25/11/2013.",
        "- Đã đạt {} (khoá XI, Điều 5).",
        "Hội nghị lần thứ 4 ghi nhận {}, xếp thứ 3",
        "{}\n\n1. Phần sau",
    ]
)
NOUNS = st.sampled_from(
    [("người", "persons"), ("buổi", "sessions"), ("CĐCS", "grassroots unions"), ("câu hỏi", "questions")]
)
PIECES = [
    *"0123456789.,/-% \n\t\u00a0()“”:;",
    *("ngày ", "năm ", "tỷ ", "người ", "số ", "đến ", "hàng trăm ", "hai ", "e\u0301", "trong đó "),
]
SOUP = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


@given(FRAMES, NOUNS, st.integers(0, 10**9))
@settings(max_examples=300, deadline=None)
def test_whole_numbers_are_read_back(frame: str, noun: tuple[str, str], value: int) -> None:
    text = frame.format(f"{format_int(value)} {noun[0]}")

    [figure] = read_figures(text)

    assert (figure.number_text, figure.value, figure.unit) == (format_int(value), value, noun[1])


@given(FRAMES, st.decimals(0, 10**6, places=3, allow_nan=False, allow_infinity=False))
@settings(max_examples=200, deadline=None)
def test_measures_with_decimals_are_read_back(frame: str, value: Decimal) -> None:
    [figure] = read_figures(frame.format(f"{format_decimal(value)} ha"))

    assert (figure.value, figure.unit) == (value, "ha")


@given(FRAMES, st.decimals(0, 1000, places=2, allow_nan=False, allow_infinity=False))
@settings(max_examples=200, deadline=None)
def test_percentages_are_read_back(frame: str, value: Decimal) -> None:
    [figure] = read_figures(frame.format(format_percent(value)))

    assert (figure.value, figure.unit) == (value, "%")


@given(FRAMES, st.integers(0, 10**13))
@settings(max_examples=200, deadline=None)
def test_money_is_read_back(frame: str, dong: int) -> None:
    [figure] = read_figures(frame.format(format_money(dong)))

    assert (figure.value, figure.unit) == (dong, "VND")


@given(SOUP)
@settings(max_examples=500, deadline=None)
def test_figures_never_overlap_and_are_slices_of_the_text(text: str) -> None:
    reach = 0
    for figure in read_figures(text):
        assert reach <= figure.start <= figure.number_start < figure.number_end <= figure.end <= len(text)
        assert text[figure.start : figure.end] == figure.text
        assert text[figure.number_start : figure.number_end] == figure.number_text
        assert 0 <= figure.confidence <= 1
        reach = figure.end
