import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congdoan.vntext import dictionary_key, name_key, sort_key
from tests.vntext.strategies import marked_text, sentences, syllables

KEYS = [sort_key, dictionary_key, name_key]


def resorted(texts, key):
    """Sorted from the wrong end, so that equal keys do not keep the right order by luck."""
    turned = list(reversed(texts))
    turned.sort(key=key)
    return turned


def test_letters_come_in_the_order_of_the_alphabet():
    letters = "a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z".split()  # noqa: SIM905 – reads as an alphabet
    assert resorted(letters, sort_key) == letters


def test_tones_come_after_letters_and_case_after_tones():
    words = ["an", "An", "àn", "ản", "ãn", "án", "ạn", "Ạn", "anh", "ăn", "ân"]
    assert resorted(words, sort_key) == words


def test_all_letters_are_weighed_before_any_tone_but_a_dictionary_goes_by_syllable():
    words = ["ban hành", "bán buôn", "ban", "bàn cờ"]
    assert sorted(words, key=sort_key) == ["ban", "bán buôn", "bàn cờ", "ban hành"]
    assert sorted(words, key=dictionary_key) == ["ban", "ban hành", "bàn cờ", "bán buôn"]


def test_signs_and_digits_stand_before_letters():
    words = ["", "“A”", "2 tháng 9", "a b", "ab", "zz", "я"]
    assert resorted(words, sort_key) == words


def test_people_are_sorted_by_given_name_then_surname_then_middle_names():
    people = [
        "Trần Văn An",
        "Lê Thị Ánh",
        "Lê Thị Bình",
        "Nguyễn An Bình",
        "Nguyễn Thị Bình",
        "Nguyễn Thị Thanh Bình",
        "Vũ Đức",
        "Phạm Văn Đức",
        "Hoàng Yến",
    ]
    expected = [*people[:6], "Phạm Văn Đức", "Vũ Đức", "Hoàng Yến"]
    assert resorted(people, name_key) == expected


@pytest.mark.parametrize("key", KEYS)
@given(text=marked_text)
def test_a_key_is_plain_and_the_same_for_decomposed_text(key, text):
    assert re.fullmatch("[0-9a-z]*", key(text))
    assert key(unicodedata.normalize("NFD", text)) == key(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize("key", [sort_key, dictionary_key])
@given(text=sentences, more=syllables)
def test_a_longer_text_stands_after_its_own_beginning(key, text, more):
    assert key(text) < key(f"{text} {more}")


@given(st.lists(syllables, min_size=1, max_size=4), st.lists(syllables, min_size=1, max_size=4))
def test_the_dictionary_compares_syllable_by_syllable(one, other):
    by_syllable = [sort_key(syllable) for syllable in one] < [sort_key(syllable) for syllable in other]
    assert (dictionary_key(" ".join(one)) < dictionary_key(" ".join(other))) is by_syllable


@given(st.lists(st.sampled_from(["la", "là", "lá", "lạ", "lan", "lăn", "LA"]), max_size=8))
def test_only_equal_texts_have_equal_keys(texts):
    assert len({sort_key(text) for text in texts}) == len(set(texts))
