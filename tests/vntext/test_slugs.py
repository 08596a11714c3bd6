import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congdoan.vntext import SLUG_MAP, fold, slugify
from tests.vntext.strategies import marked_text, sentences


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Liên đoàn Lao động tỉnh Lào Cai", "lien-doan-lao-dong-tinh-lao-cai"),
        ("Chỉ thị số 05-CT/TW", "chi-thi-so-05-ct-tw"),
        ("  “ĐỔI MỚI” …  ", "doi-moi"),
        ("Ðảng", "dang"),
        ("6.383,9 km²", "6-383-9-km2"),
        ("Straße Ærø Łódź ﬁn İzmir", "strasse-aero-lodz-fin-izmir"),
        ("Москва и Київ", "moskva-i-kiiv"),
        ("Αθήνα", "athina"),
        ("中国", "u4e2d-u56fd"),
        ("… — !", ""),
        ("", ""),
    ],
)
def test_a_slug_is_the_text_without_diacritics(text, slug):
    assert slugify(text) == slug


@given(marked_text)
def test_a_slug_is_ascii_and_empty_only_without_letters_and_numbers(text):
    slug = slugify(text)
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug)
    if any(unicodedata.category(char)[0] in "LN" for char in text):
        assert slug
    assert slugify(slug) == slug


@given(sentences)
def test_a_slug_of_vietnamese_is_its_folded_words(text):
    assert (
        slugify(text) == fold(text).replace(" ", "-") == slugify(unicodedata.normalize("NFD", text.upper()))
    )


def test_a_slug_is_cut_between_words():
    assert slugify("Liên đoàn Lao động", 12) == "lien-doan"
    assert slugify("Liên đoàn Lao động", 13) == "lien-doan-lao"
    assert slugify("Liên đoàn Lao động", 14) == "lien-doan-lao"
    assert slugify("Nghiêng", 4) == "nghi"
    with pytest.raises(ValueError, match="0"):
        slugify("x", 0)


@given(sentences, st.integers(1, 40))
def test_a_cut_slug_is_a_beginning_of_the_whole(text, length):
    cut, whole = slugify(text, length), slugify(text)
    assert 0 < len(cut) <= length
    assert whole.startswith(cut)
    if length >= len(whole.split("-")[0]):
        assert cut.split("-") == whole.split("-")[: cut.count("-") + 1]


def test_the_map_holds_lower_case_characters_that_do_not_decompose():
    # What the editor's JavaScript does before it uses the map must not change the keys.
    for char, ascii_letters in SLUG_MAP.items():
        assert unicodedata.normalize("NFKD", char).lower() == char
        assert re.fullmatch("[a-z]*", ascii_letters)
