"""Indicators are proposed from the words around a figure."""

import pytest

from congdoan.vntext.reading import Hint, hints_from_toml, read_figures

HINTS = (
    Hint("law.sessions", words=("tuyên truyền pháp luật",), units=("sessions",)),
    Hint("flags.upper", words=("cờ thi đua",), also=("tổng liên đoàn",), units=("units",)),
    Hint("flags.province", words=("cờ thi đua",), also=("LĐLĐ tỉnh",), units=("units",)),
    Hint("founded", words=("thành lập mới",), units=("grassroots unions",)),
    Hint("total", words=("hiện có",), units=("grassroots unions",), never=("thành lập mới",)),
)


def proposed(text: str) -> list[str | None]:
    return [figure.indicator for figure in read_figures(text, HINTS)]


def test_the_words_of_the_sentence_decide() -> None:
    assert proposed("Tổ chức 46 buổi tuyên truyền pháp luật.") == ["law.sessions"]


def test_the_unit_must_fit() -> None:
    assert proposed("Phát 46 cuốn tuyên truyền pháp luật.") == [None]


def test_words_of_another_sentence_do_not_count() -> None:
    assert proposed("Có 46 buổi họp. Tuyên truyền pháp luật tốt.") == [None]


def test_the_giver_that_stands_nearest_decides() -> None:
    text = "26 đơn vị được Tổng Liên đoàn tặng cờ thi đua; LĐLĐ tỉnh tặng cờ thi đua cho 90 đơn vị."

    assert proposed(text) == ["flags.upper", "flags.province"]


def test_a_word_belongs_to_the_figure_it_stands_next_to() -> None:
    assert proposed("Thành lập mới 3 CĐCS, hiện có 412 CĐCS.") == ["founded", "total"]


def test_a_hint_with_an_unknown_field_is_refused() -> None:
    with pytest.raises(ValueError, match=r"a\.b"):
        hints_from_toml('[[hint]]\ncode = "a.b"\nwrods = ["x"]')
