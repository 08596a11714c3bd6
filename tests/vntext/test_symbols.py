"""Symbols of documents: found as they are typed, normal as they should be, and nothing taken for one that is none."""

from __future__ import annotations

import json
import random
import time
import tomllib
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congdoan.vntext.symbols import Symbol, find_references, find_symbols, parse_symbol, symbol_key
from tests.vntext.numbers_text import mixed_text

SET = tomllib.loads(Path(__file__).with_name("symbols_set.toml").read_text(encoding="utf-8"))
CASES = [
    (family["before"], printed, family["after"], symbol)
    for family in SET.values()
    for printed, symbol in family["cases"]
]


def test_nearly_all_of_a_large_set_are_found_where_they_stand_and_put_right():
    assert len(CASES) >= 150
    missed = []
    for before, printed, after, symbol in CASES:
        found = find_symbols(before + printed + after)
        span = (len(before), len(before) + len(printed))
        if [(one.text, one.start, one.end, one.symbol) for one in found] != [(printed, *span, symbol)]:
            missed.append((printed, found))
    recall = 1 - len(missed) / len(CASES)
    assert recall >= 0.95, missed


def test_normal_symbols_stay_as_they_are():
    assert [
        symbol for *_, symbol in CASES if (read := parse_symbol(symbol)) is None or read.symbol != symbol
    ] == []


@pytest.mark.parametrize(
    ("printed", "parts"),
    [
        ("25- NQ/TW", Symbol("25-NQ/TW", "NQ", "TW", 25)),
        ("06b /NQ-TLĐ", Symbol("06b/NQ-TLĐ", "NQ", "TLĐ", "06b")),
        ("110/ 2004/NĐ-CP", Symbol("110/2004/NĐ-CP", "NĐ", "CP", 110, 2004)),
        ("66.19/2026/NQ-CP", Symbol("66.19/2026/NQ-CP", "NQ", "CP", "66.19", 2026)),
        ("45/2019/QH14", Symbol("45/2019/QH14", None, "QH14", 45, 2019)),
        ("26/2018/AL", Symbol("26/2018/AL", "AL", None, 26, 2018)),
        ("2457/UBND-VX", Symbol("2457/UBND-VX", None, "UBND", 2457)),
        ("07/TTr-CĐCS/2024", Symbol("07/TTr-CĐCS/2024", "TTr", "CĐCS", 7, 2024)),
        ("số 342/LĐLĐ", Symbol("342/LĐLĐ", None, "LĐLĐ", 342)),
    ],
)
def test_a_symbol_is_read_into_its_parts(printed, parts):
    assert parse_symbol(printed) == parts


@pytest.mark.parametrize(
    "text", ["", "25", "25-NQ", "NQ/TW", "25-NQ/TW và", "12/12/2013", "1/2", "25 NQ TW KL"]
)
def test_what_is_no_symbol_as_a_whole_is_none(text):
    assert parse_symbol(text) is None


# Where it stands.


def test_places_count_the_letters_of_the_text_as_it_is_stored():
    text = "Căn cứ\u00a0Chương trình số\u00a0993/CTr-\u00a0LĐLĐ; Quyết định số 1406/QĐ-TLĐ."
    for stored in (text, unicodedata.normalize("NFD", text)):
        found = find_symbols(stored)
        assert [one.symbol for one in found] == ["993/CTr-LĐLĐ", "1406/QĐ-TLĐ"]
        assert [stored[one.start : one.end] for one in found] == [one.text for one in found]
        assert unicodedata.normalize("NFC", found[0].text) == "993/CTr-\u00a0LĐLĐ"


def test_several_symbols_in_one_line_are_all_found():
    found = find_symbols("các Nghị quyết 20-NQ/TW, 25-NQ/TW; (12/2012/QH13) và “01/CT-TLĐ”")
    assert [one.symbol for one in found] == ["20-NQ/TW", "25-NQ/TW", "12/2012/QH13", "01/CT-TLĐ"]


@pytest.mark.seed
def test_on_the_seed_page_each_symbol_is_found_and_nothing_else(seed):
    page = (seed / "page.txt").read_bytes().decode()
    annotated = json.loads((seed / "documents.json").read_text(encoding="utf-8"))
    symbols = {document["id"]: document["symbol"] for document in annotated["documents"]}
    wanted = [
        (
            mention["symbol_raw"]["text"],
            mention["symbol_raw"]["start"],
            mention["symbol_raw"]["end"],
            symbols[mention["doc"]],
        )
        for mention in annotated["mentions"]
        if mention["symbol_raw"]
    ]
    assert [(one.text, one.start, one.end, one.symbol) for one in find_symbols(page)] == wanted
    assert len(wanted) == 13


# What is none.


def test_in_text_full_of_other_numbers_nothing_is_found():
    text = mixed_text(random.Random(20191017), length=300_000)
    assert find_symbols(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "342/LĐLĐ tham gia", "đạt 195/CP", "Km 12/QL-4D", "số 12/TP-LC", "số 12/KCN-TL", "tệp 25-NQ-TW.pdf", "https://a.vn/?so=25-NQ/TW",
        "ab25-NQ/TW", "1,25-NQ/TW", "2/25-NQ/TW", "25-NQ/TWa", "25-NQ/TW/5", "250000-NQ/TW", "ngày 12/QĐ", "217 QĐ/ UBND",
    ],
)  # fmt: skip
def test_what_only_resembles_a_symbol_is_left(text):
    assert find_symbols(text) == []


# However it is typed.


@st.composite
def badly_typed(draw: st.DrawFn) -> tuple[str, str]:
    """A symbol in its normal form, and the same with wrong blanks and dashes."""
    number = draw(st.integers(1, 9999))
    shown = f"{number:02d}" if draw(st.booleans()) else str(number)
    kind = draw(st.sampled_from(["NQ", "QĐ", "CT", "CTr", "KH", "TTr", "ĐA", "QyĐ", "HD", "TB"]))
    party = draw(st.booleans())
    issuer = draw(
        st.sampled_from(["TW", "TU", "HU", "ĐU"] if party else ["LĐLĐ", "TLĐ", "UBND", "CĐCS", "CP", "TTg"])
    )
    blank = st.sampled_from(["", "", " ", "\u00a0"])
    dash = draw(st.sampled_from("-‐‑–—−"))
    gaps = [draw(blank) + sign + draw(blank) for sign in (("-", "/") if party else ("/", "-"))]
    typed = f"{shown}{gaps[0]}{kind}{gaps[1]}{issuer}".replace("-", dash)
    normal = f"{shown}-{kind}/{issuer}" if party else f"{shown}/{kind}-{issuer}"
    return normal, draw(st.sampled_from([typed, unicodedata.normalize("NFD", typed)]))


@given(
    badly_typed(),
    st.sampled_from(["", "Quyết định số ", "(", "về "]),
    st.sampled_from(["", ".", ", ngày", ")", " của"]),
)
def test_wrong_blanks_and_dashes_change_nothing(pair, before, after):
    normal, typed = pair
    text = before + typed + after
    (found,) = find_symbols(text)
    assert (found.symbol, found.text) == (normal, typed)
    assert text[found.start : found.end] == typed
    assert parse_symbol(typed).symbol == normal
    assert symbol_key(typed) == symbol_key(normal)


@given(st.text(alphabet="0123456789/-– .,NQTWCĐLtrsốvăn\u00a0\u0301\u0302@w:", max_size=200))
def test_any_text_is_survived_and_places_fit(text):
    for one in find_symbols(text):
        assert text[one.start : one.end] == one.text
    find_references(text)


def test_a_key_is_the_same_in_every_spelling():
    for spellings in (
        ["993/CTr-LĐLĐ", "993/CTr- LĐLĐ", "993/ctr-ldld", "993 ctr ldld", "số 993 CTR/LĐLĐ"],
        ["25-NQ/TW", "25 NQ TW", "25nq/tw", "025-nq/tw"],
        ["03-CT/TƯ", "3 ct tw", "03/CT-TW"],
    ):
        assert len({symbol_key(spelling) for spelling in spellings}) == 1
    assert symbol_key("25-NQ/TW") != symbol_key("25-NQ/TU")
    assert symbol_key("1/2012/QH13") != symbol_key("12/012/QH13")


# References.

CITING = (
    "Nghị quyết số 25-NQ/TW ngày 03 tháng 6 năm 2013 của Ban Chấp hành Trung ương Đảng khóa XI và Quyết định 12/QĐ-UBND, ngày 5/1/2019 "
    "của UBND tỉnh. Thực hiện Nghị quyết 25, theo Quyết định số 12; Luật 54/2024 và Nghị quyết Trung ương 4."
)


def test_the_words_beside_a_symbol_belong_to_the_reference():
    first, second, *_ = find_references(CITING)
    assert (first.kind, first.dated, first.short) == ("nghị quyết", date(2013, 6, 3), False)
    assert first.issuer == "Ban Chấp hành Trung ương Đảng khóa XI"
    assert first.text.startswith("Nghị quyết số 25")
    assert (second.symbol.symbol, second.dated, second.issuer) == (
        "12/QĐ-UBND",
        date(2019, 1, 5),
        "UBND tỉnh",
    )


def test_a_short_reference_means_what_the_text_cites_in_full():
    short = [(one.text, one.symbol.symbol) for one in find_references(CITING) if one.short]
    assert short == [("Nghị quyết 25", "25-NQ/TW"), ("Quyết định số 12", "12/QĐ-UBND")]


def test_a_short_reference_that_could_mean_two_documents_is_left():
    text = CITING + " Nghị quyết 25-NQ/TU của Tỉnh ủy."
    assert [one.symbol.symbol for one in find_references(text) if one.short] == ["12/QĐ-UBND"]


def test_a_ministry_is_named_whole_and_the_next_document_is_not_part_of_a_body():
    text = "Thông tư 01/2020/TT-BGDĐT của Bộ Giáo dục và Đào tạo và Quyết định 2/QĐ-TLĐ ngày 31/02/2020 của Tổng Liên đoàn"
    first, second = find_references(text)
    assert first.issuer == "Bộ Giáo dục và Đào tạo"
    assert (second.dated, second.issuer) == (None, "Tổng Liên đoàn")


# Time.


@pytest.mark.parametrize(
    "piece",
    [
        "25-NQ/",
        "1/2",
        "9",
        "số 1 ",
        "25-NQ/TW ",
        "Nghị quyết 25 ",
        "1/2020/",
        "a@",
        "www.",
        "1 QĐ-" + "A-" * 5,
    ],
)
def test_time_grows_with_the_text_only(piece):
    def needed(length: int) -> float:
        text = piece * (length // len(piece))
        began = time.perf_counter()
        find_references(text)
        return time.perf_counter() - began

    short, long = (min(needed(length) for _ in range(3)) for length in (25_000, 100_000))
    assert long < 8 * short + 0.2
