import sys
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congdoan.vntext import UNSEEN, fold, has_diacritics, highlight_spans, match_key, nfc, words
from tests.vntext.strategies import SYLLABLES, TONED_LETTERS, marked_text, sentences


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đặng Thị Thuỷ", "dang thi thuy"),
        ("LĐLĐ tỉnh Lào Cai", "ldld tinh lao cai"),
        ("số 127-CTr/TU", "so 127-ctr/tu"),
        ("90%\u00a0 đoàn viên", "90%  doan vien"),
        ("đo\u0302\u0323ng", "dong"),
        ("Ðảng", "dang"),  # eth, as old converters leave it
        ("İstanbul ß ﬁ Æ", "istanbul ß ﬁ æ"),
        ("100 km² Ａ", "100 km2 a"),
        ("한국 Ελλάδα Йод", "한국 ελλαδα иод"),
    ],
)
def test_folding_takes_off_case_tones_and_vowel_marks(text, folded):
    assert fold(text) == folded


def test_every_vietnamese_letter_folds_to_ascii():
    for letter in TONED_LETTERS + TONED_LETTERS.upper():
        assert fold(letter).isascii(), letter
        assert fold(unicodedata.normalize("NFD", letter)) == fold(letter)


def test_every_code_point_folds_to_one():
    for start in range(0, sys.maxunicode + 1, 256):
        text = nfc(" ".join(chr(code) for code in range(start, start + 256) if not 0xD800 <= code <= 0xDFFF))
        assert len(fold(text)) == len(match_key(text)) == len(text), f"U+{start:04X}"


@given(marked_text)
def test_an_offset_in_a_key_is_an_offset_in_the_text(text):
    assert len(fold(text)) == len(nfc(text))
    assert len(match_key(text)) == len(nfc(text))


@given(marked_text)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
    assert match_key(match_key(text)) == match_key(text)


@given(sentences)
def test_folding_does_not_depend_on_case_or_composition(text):
    assert fold(text.upper()) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)
    assert match_key(text.upper()) == match_key(unicodedata.normalize("NFD", text)) == match_key(text)


def test_a_mark_that_composes_with_nothing_keeps_its_place():
    assert fold("q\u0323a") == f"q{UNSEEN}a"
    assert [word.folded for word in words("q\u0323a công\u00adđoàn")] == ["qa", "congdoan"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("Thuỷ", "THỦY"),
        ("khoá", "khóa"),
        ("khoẻ", "khỏe"),
        ("kĩ", "kỹ"),
        ("bác sĩ", "Bác sỹ"),
        ("tỉ lệ", "tỷ lệ"),
        ("lí", "lý"),
        ("quí", "quý"),
        ("qúy", "quý"),
        ("vĩ", "vỹ"),
        ("hi vọng", "hy vọng"),
        ("Mỹ", "mĩ"),
        ("gìa", "già"),
        ("NGHĨA", "nghĩa"),
    ],
)
def test_spelling_variants_have_one_match_key(one, other):
    assert match_key(one) == match_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoa", "hòa"),
        ("thi", "thy"),  # only after h k l m s t v qu
        ("tai", "tay"),
        ("tui", "tuy"),
        ("thúy", "thủy"),
        ("dan", "đan"),
        ("dân", "dần"),
        ("ma", "mà"),
        ("hoi", "hôi"),
    ],
)
def test_different_words_keep_different_match_keys(one, other):
    assert match_key(one) != match_key(other)


def test_match_key_leaves_foreign_words_alone():
    assert match_key("Café résumé Facebook") == "café résumé facebook"


def test_words_are_cut_at_everything_but_letters_and_digits():
    text = "số 25-NQ/TW: 12.076 buổi, “Lao động”"
    found = words(text)

    assert [word.text for word in found] == ["số", "25", "NQ", "TW", "12", "076", "buổi", "Lao", "động"]
    assert [text[word.start : word.end] for word in found] == [word.text for word in found]
    assert found[-1].folded == "dong"
    assert found[-1].key == "động"


@given(marked_text)
def test_words_stand_where_they_say(text):
    found = words(text)
    assert all(nfc(text)[word.start : word.end] == word.text and word.folded for word in found)
    assert all(one.end < other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Đà", True), ("dân", True), ("CĐCS", True), ("cong doan", False), ("90 %\u00a0", False), ("", False)],
)
def test_has_diacritics(text, expected):
    assert has_diacritics(text) is expected


def highlighted(text, query):
    return [nfc(text)[start:end] for start, end in highlight_spans(text, query)]


def test_a_query_without_diacritics_highlights_the_phrase_as_printed():
    text = "Công đoàn Lào Cai, CÔNG\u00a0ĐOÀN cơ sở, tập đoàn công"
    assert highlighted(text, "cong doan") == ["Công đoàn", "CÔNG\u00a0ĐOÀN"]


def test_a_query_with_diacritics_highlights_its_own_word_first():
    text = "Đặng Văn Dâng dang tay"
    assert highlighted(text, "dâng") == ["Dâng"]
    assert highlighted(text, "dang") == ["Đặng", "Dâng", "dang"]
    assert highlighted(text, "dàng") == ["Đặng", "Dâng", "dang"]


def test_scattered_words_are_highlighted_one_by_one():
    assert highlighted("đối thoại tại huyện, giải đáp ý kiến", "y kien doi thoai") == [
        "đối",
        "thoại",
        "ý",
        "kiến",
    ]


def test_only_whole_words_are_highlighted():
    assert highlighted("thanh niên", "than") == []
    assert highlighted("anything", " ,. ") == []


def test_a_symbol_is_highlighted_however_it_is_punctuated():
    assert highlighted("Nghị quyết số 25- NQ/TW của", "25-nq/tw") == ["25- NQ/TW"]


@given(st.lists(st.sampled_from(SYLLABLES), min_size=3, max_size=20), st.data())
def test_a_phrase_of_the_text_is_found_in_it_without_diacritics(found, data):
    start = data.draw(st.integers(0, len(found) - 1))
    end = data.draw(st.integers(start + 1, len(found)))
    text, query = " ".join(found), fold(" ".join(found[start:end]))

    spans = highlight_spans(unicodedata.normalize("NFD", text), query)

    assert spans
    assert all(fold(text[at:to]) == query for at, to in spans)


@pytest.mark.seed
def test_keys_of_the_seed_page_have_its_length(seed):
    text = (seed / "page.txt").read_bytes().decode("utf-8")
    assert len(fold(text)) == len(match_key(text)) == len(text) == 11_438
    assert fold(text).count(" ") == text.count(" ") + text.count("\u00a0")
    # The page mixes both spellings of this word.
    assert len(highlight_spans(text, "khoá")) == len(highlight_spans(text, "khóa")) > 1
