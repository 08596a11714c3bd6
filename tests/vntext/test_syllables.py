import re

import pytest
from hypothesis import given

from congdoan.vntext import is_syllable, looks_vietnamese
from congdoan.vntext.syllables import parse_syllable, spell
from tests.vntext.strategies import syllables


@given(syllables)
def test_a_syllable_survives_reading_and_spelling(word):
    syllable = parse_syllable(word)
    assert syllable is not None
    assert parse_syllable(spell(syllable)) == syllable


@pytest.mark.parametrize(
    ("word", "onset", "rime", "tone"),
    [
        ("gì", "g", "i", 1),
        ("giếng", "g", "iêng", 4),
        ("già", "gi", "a", 1),
        ("quốc", "qu", "ôc", 4),
        ("nghĩa", "ngh", "ia", 3),
        ("THUỶ", "th", "uy", 2),
        ("yêu", "", "yêu", 0),
        ("khuỷu", "kh", "uyu", 2),
    ],
)
def test_a_syllable_is_cut_into_onset_rime_and_tone(word, onset, rime, tone):
    syllable = parse_syllable(word)
    assert syllable is not None
    assert (syllable.onset, syllable.rime, syllable.tone) == (onset, rime, tone)


@pytest.mark.parametrize(
    "word", ["Facebook", "LĐLĐ", "toång", "các̀", "càc", "fạc", "ăâ", "", "hòà", "website"]
)
def test_what_is_no_syllable_is_not_taken_for_one(word):
    assert not is_syllable(word)


def test_looks_vietnamese_tells_it_from_french_and_from_plain_ascii():
    assert looks_vietnamese("Công đoàn Lào Cai, LĐLĐ tỉnh") == 1.0
    assert looks_vietnamese("Où êtes-vous allés après l’été dernier, à l’école fermée?") < 0.5
    assert looks_vietnamese("cong doan") == 0.0


@pytest.mark.seed
def test_nearly_every_marked_word_of_the_seed_page_is_a_syllable(seed):
    text = (seed / "page.txt").read_text(encoding="utf-8")
    marked = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii() and not word.isupper()]
    strange = {word for word in marked if not is_syllable(word)}
    # A heading fused with the line below it.
    assert strange == {"ngànhDiện"}
