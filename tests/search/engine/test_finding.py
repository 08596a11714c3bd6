"""What is found, in which order, and how it is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congdoan import vntext
from congdoan.search.engine import Document, EmbeddedEngine, Query, Snippet


def doc(key: str, title: str, **fields: object) -> Document:
    return Document(**{"kind": "article", "key": key, "title": title, "url": f"/{key}/", **fields})  # type: ignore[arg-type]  # shorthand


def keys(engine: EmbeddedEngine, text: str, **fields: object) -> list[str]:
    return [hit.key for hit in engine.search(Query(text, **fields)).hits]  # type: ignore[arg-type]  # shorthand


def marked(snippet: Snippet) -> list[str]:
    return [snippet.text[start:end] for start, end in snippet.spans]


# --- Diacritics --------------------------------------------------------------------------------------

TITLES = {
    "1": "Liên đoàn Lao động tỉnh Lào Cai tổng kết",
    "2": "Đặng Thị Hoà được biểu dương",
    "3": "Khoá tập huấn kỹ năng số cho cán bộ",
    "4": "Thoả ước lao động tập thể ở Bát Xát",
}


@pytest.fixture
def titled(engine):
    engine.index([doc(key, title) for key, title in TITLES.items()])
    return engine


@pytest.mark.parametrize(("key", "title"), TITLES.items())
@pytest.mark.parametrize(
    "typed",
    [str, vntext.fold, str.upper, lambda text: vntext.fold(text).upper(), lambda text: f"  {text}!? "],
    ids=["as it is", "folded", "capitals", "folded capitals", "with other signs"],
)
def test_a_title_is_found_however_it_is_typed(titled, key, title, typed):
    assert keys(titled, typed(title))[0] == key


@pytest.mark.parametrize(
    ("typed", "key"), [("Hòa", "2"), ("khóa tập huấn", "3"), ("kĩ năng", "3"), ("thỏa ước", "4")]
)
def test_fashions_of_spelling_make_no_difference(titled, typed, key):
    assert keys(titled, typed) == [key]
    assert keys(titled, f'"{typed}"') == [key]


def test_decoys_with_other_tones_come_after_what_was_typed(engine):
    engine.index(
        [
            doc("decoy1", "Bàn hành chính", date=date(2026, 1, 1)),
            doc("target", "Ban hành quy chế", date=date(2019, 1, 1)),
            doc("decoy2", "Bàn hạnh phúc", date=date(2026, 1, 1)),
            doc("target body", "Quy chế mới", body="Vừa được ban hành hôm qua", date=date(2018, 1, 1)),
        ]
    )

    assert keys(engine, "ban hành") == ["target", "target body", "decoy2", "decoy1"]
    assert set(keys(engine, "ban hanh")) == {"decoy1", "decoy2", "target", "target body"}


def test_a_quotation_is_a_phrase_with_the_diacritics_that_it_has(engine):
    engine.index(
        [
            doc("1", "Đại hội công đoàn"),
            doc("2", "Công tác của đoàn thanh niên"),
            doc("3", "Cộng đoàn dòng tu"),
        ]
    )

    assert keys(engine, '"công đoàn"') == ["1"]
    assert set(keys(engine, '"cong doan"')) == {"1", "3"}
    assert set(keys(engine, "cong doan")) == {"1", "2", "3"}
    assert keys(engine, "“công đoàn” đại") == ["1"]
    assert keys(engine, '"công đoàn" dòng') == []
    assert engine.search(Query('"công đoàn"')).total == 1


def test_title_comes_before_text_and_phrase_before_scattered_words(engine):
    engine.index(
        [
            doc(
                "scattered",
                "Tin",
                body="An ninh trật tự, toàn dân, lao động và vệ sinh",
                date=date(2026, 5, 1),
            ),
            doc("phrase", "Tin", body="Tháng hành động về an toàn vệ sinh lao động", date=date(2025, 1, 1)),
            doc("title", "An toàn, vệ sinh lao động", date=date(2010, 1, 1)),
            doc("longer", "Phát động tháng an toàn, vệ sinh lao động", date=date(2024, 1, 1)),
        ]
    )

    for typed in ("an toàn vệ sinh lao động", "an toan ve sinh lao dong"):
        assert keys(engine, typed) == ["title", "longer", "phrase", "scattered"]


@pytest.mark.parametrize("typed", ["cong doan lao cai", "tỉnh lào cai công đoàn", "hoi công đoàn lào cai"])
def test_words_of_two_syllables_stay_together_before_they_are_scattered(engine, typed):
    engine.index(
        [
            doc(
                "scattered", "Hội", summary="Thi tay nghề: công việc, đoàn viên, lao động, cải cách, tỉnh Lào"
            ),
            doc(
                "together",
                "Tin",
                body="Ở tỉnh Lào Cai, đại hội của công đoàn cơ sở " + "và nhiều việc khác " * 200,
            ),
        ]
    )
    assert keys(engine, typed) == ["together", "scattered"]


def test_when_nothing_holds_all_words_some_of_them_do_and_the_answer_says_so(engine):
    engine.index([doc("1", "Hội nghị người lao động"), doc("2", "Văn nghệ quần chúng")])

    results = engine.search(Query("hội nghị người vũ trụ"))

    assert results.relaxed
    assert [hit.key for hit in results.hits] == ["1"]
    assert results.total == 1


# --- Symbols -----------------------------------------------------------------------------------------


@pytest.fixture
def library(engine):
    engine.index(
        [
            doc("993", "Chương trình hành động", symbol="993/CTr-LĐLĐ", date=date(2013, 11, 25)),
            doc("25", "Nghị quyết về công tác dân vận", symbol="25-NQ/TW", date=date(2013, 6, 3)),
            doc("5", "Nghị quyết của Đoàn Chủ tịch", symbol="05/NQ-ĐCT", date=date(2018, 1, 1)),
            doc("125", "Nghị quyết khác", symbol="125-NQ/TW", date=date(2020, 1, 1)),
            doc(
                "cites",
                "Bài viết",
                body="Thực hiện Nghị quyết số 25-NQ/TW và 993/CTr- LĐLĐ",
                date=date(2024, 1, 1),
            ),
        ]
    )
    return engine


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("993/ctr-ldld", "993"),
        ("993/CTr-LĐLĐ", "993"),
        ("993 CTR LDLD", "993"),
        ("993/CTr- LĐLĐ", "993"),
        ("số 993/CTr-LĐLĐ", "993"),
        ("993/CTr", "993"),
        ("25 NQ TW", "25"),
        ("25- NQ/TW", "25"),
        ("nghị quyết 25-NQ/TW", "25"),
        ("05/NQ-ĐCT", "5"),
        ("5 nq dct", "5"),
    ],
)
def test_a_symbol_is_found_in_any_spelling(library, typed, key):
    assert keys(library, typed)[0] == key


def test_what_cites_a_symbol_is_found_after_the_document_itself(library):
    assert keys(library, "25-nq/tw") == ["25", "cites"]


# --- Rights -----------------------------------------------------------------------------------------


@pytest.fixture
def guarded(engine):
    engine.index(
        [
            doc("open", "Kế hoạch chung"),
            doc("secret", "Kế hoạch mật nhân sự", access=frozenset({"unit:7"}), facets={"field": "nhân sự"}),
            doc("both", "Kế hoạch công bố"),
            doc("both", "Secret plan", language="en", access=frozenset({"unit:7"})),
        ]
    )
    return engine


def test_what_one_may_not_see_is_neither_shown_nor_counted_nor_suggested(guarded):
    results = guarded.search(Query("ke hoach", facets=("field",)))

    assert {hit.key for hit in results.hits} == {"open", "both"}
    assert results.total == 2
    assert results.kinds == {"article": 2}
    assert results.facets == {"field": ()}
    assert keys(guarded, "nhân sự") == keys(guarded, "secret plan") == []
    assert guarded.suggest("kế hoạch mật") == ()
    assert guarded.search(Query("ke hoach", access=frozenset())).total == 0


def test_who_holds_the_key_sees_it(guarded):
    results = guarded.search(Query("ke hoach", access=frozenset({"public", "unit:7"}), facets=("field",)))

    assert results.total == 3
    assert results.facets == {"field": (("nhân sự", 1),)}
    assert (
        guarded.suggest("kế hoạch mật", access=frozenset({"unit:7"}))[0].title.text == "Kế hoạch mật nhân sự"
    )


def test_a_text_in_the_readers_language_is_not_shown_to_those_who_may_not_read_it(guarded):
    (shown,) = (hit for hit in guarded.search(Query("ke hoach", language="en")).hits if hit.key == "both")
    assert shown.title.text == "Kế hoạch công bố"


def test_a_thing_in_two_languages_is_found_by_both_and_shown_once_in_the_readers(engine):
    engine.index([doc("1", "Hội nghị công đoàn"), doc("1", "Union congress công đoàn", language="en")])

    for language, title in (("vi", "Hội nghị công đoàn"), ("en", "Union congress công đoàn")):
        for typed in ("cong doan", "congress", "hội nghị"):
            results = engine.search(Query(typed, language=language))
            assert [hit.title.text for hit in results.hits] == [title]
            assert results.total == 1


# --- Filters, order, pages -------------------------------------------------------------------------


@pytest.fixture
def many(engine):
    engine.index(
        doc(
            str(n),
            f"Báo cáo quý {n}",
            kind="report" if n % 3 else "article",
            date=date(2020, 1, 1 + n),
            facets={"year": str(2020 + n % 2), "tags": ["quý", f"t{n % 4}"]},
        )
        for n in range(20)
    )
    return engine


def test_kinds_are_counted_whatever_tab_is_open(many):
    results = many.search(Query("bao cao", kinds=("article",)))
    assert results.total == 7
    assert results.kinds == {"article": 7, "report": 13}


def test_filters_narrow_hits_and_counts_and_a_facet_counts_what_each_value_would_leave(many):
    results = many.search(Query("bao cao", filters={"year": ["2021"]}, facets=("year", "tags"), limit=50))

    assert results.total == len(results.hits) == 10
    assert {hit.facets["year"] for hit in results.hits} == {("2021",)}
    assert dict(results.facets["year"]) == {"2020": 10, "2021": 10}
    assert dict(results.facets["tags"]) == {"quý": 10, "t1": 5, "t3": 5}


@pytest.mark.parametrize(("sort", "first"), [("newest", "19"), ("oldest", "0")])
@pytest.mark.parametrize("text", ["", "bao cao"])
def test_results_can_be_sorted_by_date(many, text, sort, first):
    assert keys(many, text, sort=sort)[0] == first


def test_pages_of_results_hold_everything_once(many):
    pages = [key for offset in range(0, 24, 6) for key in keys(many, "báo cáo", offset=offset, limit=6)]
    assert sorted(pages, key=int) == [str(n) for n in range(20)]


# --- Snippets ---------------------------------------------------------------------------------------


def test_a_snippet_shows_the_original_words_marked_though_the_query_had_no_diacritics(engine):
    body = (
        "Mở đầu không liên quan. " * 400
        + "Liên đoàn Lao động tỉnh Lào Cai vừa tổ chức hội nghị. "
        + "Hết. " * 200
    )
    engine.index([doc("1", "Tin", body=body)])

    (hit,) = engine.search(Query("lien doan lao dong tinh lao cai")).hits

    assert marked(hit.snippet) == ["Liên đoàn Lao động tỉnh Lào Cai"]
    assert hit.snippet.text.startswith("… ")
    assert len(hit.snippet.text) < 300


def test_a_snippet_prefers_the_place_with_the_same_diacritics(engine):
    engine.index([doc("1", "Tin", body="Bán hàng. " + "Câu đệm. " * 100 + "Đã ban hành quy chế.")])
    (hit,) = engine.search(Query("ban hành")).hits
    assert marked(hit.snippet) == ["ban hành"]


def test_text_typed_in_decomposed_form_is_marked_at_the_right_place(engine):
    import unicodedata

    engine.index([doc("1", unicodedata.normalize("NFD", "Đại hội Công đoàn tỉnh"))])
    (hit,) = engine.search(Query(unicodedata.normalize("NFD", "công đoàn"))).hits
    assert marked(hit.title) == ["Công đoàn"]


def test_a_symbol_is_marked_too(library):
    hit = library.search(Query("993/ctr-ldld")).hits[0]
    assert marked(hit.symbol) == ["993/CTr-LĐLĐ"]


# --- Any text is a query ---------------------------------------------------------------------------


HOSTILE = [
    '"',
    '""',
    '" OR 1=1 --',
    'a" OR "b',
    "title:x",
    "{title} : x",
    "NEAR(a b, 3)",
    "a AND",
    "NOT",
    "* ^ ( ) { } : + -",
    "cong*",
    "^công",
    "\0",
    "công\0đoàn",
    "😀",
    "công 👩‍👩‍👧 đoàn",
    "‮ngược‬",
    "\ud800",
    "x" * 10_000,
    "công đoàn " * 1_000,
    '"' * 10_000,
    "1/" * 5_000,
    "%_%",
    "';DROP TABLE doc;--",
    "‎­͏",
    "ไทย ภาษา",
    "中文 查询",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("sort", ["relevance", "newest"])
def test_no_query_fails(library, text, sort):
    results = library.search(Query(text, sort=sort, facets=("x",)))
    assert results.total >= len(results.hits)
    library.suggest(text)


def test_a_text_without_a_word_finds_nothing_and_no_text_finds_everything(library):
    assert library.search(Query("???")).total == 0
    assert library.search(Query("   ")).total == 5


@given(text=st.text(max_size=80))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_fails_and_every_mark_lies_inside_its_text(library, text):
    results = library.search(Query(text))
    for hit in results.hits:
        for part in (hit.title, hit.snippet, hit.symbol):
            ends = [at for span in part.spans for at in span]
            assert ends == sorted(ends)
            assert not ends or (ends[0] >= 0 and ends[-1] <= len(part.text))


VIETNAMESE = st.lists(
    st.sampled_from(
        [
            "Đặng",
            "Thuỷ",
            "hoà",
            "bình",
            "công",
            "đoàn",
            "cơ",
            "sở",
            "quý",
            "lý",
            "kỹ",
            "thuật",
            "nghị",
            "quyết",
            "ưu",
            "đãi",
            "ăn",
            "uống",
            "yên",
            "ổn",
        ]
    ),
    min_size=1,
    max_size=6,
).map(" ".join)


@given(title=VIETNAMESE, others=st.lists(VIETNAMESE, max_size=4))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_with_and_without_diacritics_the_same_is_found_and_marked(engine, title, others):
    engine.clear()
    engine.index([doc("t", title), *(doc(str(n), other) for n, other in enumerate(others))])

    with_marks, without = engine.search(Query(title)), engine.search(Query(vntext.fold(title)))

    assert {hit.key for hit in with_marks.hits} == {hit.key for hit in without.hits}
    assert with_marks.total == without.total
    for results in (with_marks, without):
        (hit,) = (hit for hit in results.hits if hit.key == "t")
        assert marked(hit.title) == [vntext.nfc(title)]


# --- Suggestions -----------------------------------------------------------------------------------


def test_a_suggestion_goes_on_from_what_was_typed(titled):
    titled.index([replace(doc("9", "Lao động giỏi"), date=date(2026, 1, 1))])

    assert next(s.title.text for s in titled.suggest("lao do")) == "Lao động giỏi"
    assert [s.title.text for s in titled.suggest("tinh lao c")] == [TITLES["1"]]
    assert [s.title.text for s in titled.suggest("Lào tổng k")] == [TITLES["1"]]
    assert titled.suggest("xyz") == titled.suggest("") == ()
