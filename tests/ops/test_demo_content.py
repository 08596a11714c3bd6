"""What is written for the demonstration: complete, consistent, invented, and nobody else's sentences."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from congdoan import vntext
from congdoan.ops import markup
from congdoan.ops.demo.drawings import KEYS

CONTENT = Path(markup.__file__).parent / "demo" / "content"
FILES = sorted(CONTENT.rglob("*.toml"))
CATEGORIES = (
    "hoat-dong-cong-doan",
    "chinh-sach-phap-luat",
    "doi-song-viec-lam",
    "thi-dua-khen-thuong",
    "an-toan-lao-dong",
    "ban-tuyen-giao-nc",
)
KINDS = {
    "resolution",
    "directive",
    "decision",
    "programme",
    "plan",
    "guidance",
    "report",
    "notice",
    "official_letter",
}
REAL_DOCUMENTS = {
    "20-NQ/TW": date(2008, 1, 28),
    "12-NQ/TW": date(2012, 1, 16),
    "25-NQ/TW": date(2013, 6, 3),
    "127-CTr/TU": date(2013, 8, 7),
    "993/CTr-LĐLĐ": date(2013, 11, 25),
    "217-QĐ/TW": date(2013, 12, 12),
    "218-QĐ/TW": date(2013, 12, 12),
    "01/CT-TLĐ": date(2014, 1, 6),
    "05-CT/TW": date(2016, 5, 15),
}
ASCII_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
YEAR = re.compile(r"(?<![\d.,])(19|20)\d\d(?![\d.,]*\d)")
RUN = 8


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))


def _by_category() -> dict[str, list[dict[str, Any]]]:
    return {path.stem: _read(f"articles/{path.name}")["article"] for path in (CONTENT / "articles").iterdir()}


def _articles() -> list[dict[str, Any]]:
    return [article for articles in _by_category().values() for article in articles]


def _strings(value: Any) -> Iterator[str]:
    """Every text in ``value``, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def _parse(text: str) -> tuple[list[markup.Block], list[markup.PictureMark]]:
    marks: list[markup.PictureMark] = []

    def place(mark: markup.PictureMark) -> int:
        marks.append(mark)
        return len(marks)

    return markup.parse(text, place), marks


def _shape(text: str) -> list[str]:
    """Which blocks ``text`` has besides plain paragraphs, in their order."""
    kinds = []
    for kind, value in _parse(text)[0]:
        if kind != "paragraph":
            kinds.append(kind)
        elif str(value).startswith("<ul>"):
            kinds.append("list")
    return kinds


def _texts_in_markup() -> Iterator[tuple[str, str]]:
    for article in _articles():
        yield article["key"], article["body"]
        if "body_en" in article:
            yield f"{article['key']} (English)", article["body_en"]
    for page in _read("pages.toml")["page"]:
        yield page["slug"], page["body"]
        yield f"{page['slug']} (English)", page["body_en"]
    for document in _read("documents.toml")["document"]:
        if document["file"]:
            yield document["key"], document["text"]


def _words(text: str) -> list[str]:
    """The words of ``text`` without diacritics, case and punctuation: spelling hides no copied sentence."""
    return re.findall(r"\w+", vntext.fold(text))


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _words(text)
    return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}


def test_every_category_has_ten_articles() -> None:
    categories = _read("categories.toml")["category"]
    assert tuple(category["slug"] for category in categories) == CATEGORIES
    assert all(
        category[field] for category in categories for field in ("title", "title_en", "intro", "intro_en")
    )
    assert {category["slug"]: category["parent"] for category in categories if category["parent"]} == {
        "ban-tuyen-giao-nc": "hoat-dong-cong-doan"
    }
    assert {slug: len(articles) for slug, articles in _by_category().items()} == dict.fromkeys(CATEGORIES, 10)


def test_every_article_is_complete_and_of_readable_length() -> None:
    wrong = []
    for article in _articles():
        key = article["key"]
        needed = (
            "title",
            "lead",
            "author",
            "organisation",
            "picture",
            "picture_caption",
            "picture_alt",
            "body",
        )
        wrong += [f"{key}: no {field}" for field in needed if not str(article.get(field, "")).strip()]
        if not ASCII_KEY.fullmatch(key):
            wrong.append(f"{key}: not an address")
        if len(article["title"]) > 120 or len(article.get("title_en", "")) > 120:
            wrong.append(f"{key}: title too long")
        if not 250 <= len(article["body"].split()) <= 600:
            wrong.append(f"{key}: {len(article['body'].split())} words")
        if not 1 <= len(re.findall(r"[.!?”](?:\s|$)", article["lead"])) <= 3:
            wrong.append(f"{key}: the lead is not one to three sentences")
    assert not wrong


def test_keys_and_titles_are_unique() -> None:
    keys = Counter(article["key"] for article in _articles())
    titles = Counter(article["title"] for article in _articles())
    assert max(keys.values()) == max(titles.values()) == 1


def test_articles_lie_over_three_years_and_more_thickly_of_late() -> None:
    days = [article["days_ago"] for article in _articles()]
    assert min(days) >= 0
    assert 1000 <= max(days) <= 1095
    assert sum(day < 30 for day in days) >= 8
    assert sum(day < 365 for day in days) > sum(365 <= day < 730 for day in days) > 0
    assert sum(day >= 730 for day in days) > 0


def test_exactly_one_recent_article_leads() -> None:
    leading = [article["days_ago"] for article in _articles() if article.get("lead_story")]
    assert len(leading) == 1
    assert leading[0] <= 3


def test_references_point_to_other_articles() -> None:
    keys = {article["key"] for article in _articles()}
    wrong = [
        (article["key"], other)
        for article in _articles()
        for other in article.get("related", [])
        if other not in keys or other == article["key"]
    ]
    assert not wrong


def test_tags_come_from_the_common_vocabulary() -> None:
    vocabulary = {tag["name"]: tag["name_en"] for tag in _read("site.toml")["tag"]}
    used = Counter(tag for article in _articles() for tag in article["tags"])
    assert set(used) == set(vocabulary)
    assert all(vocabulary.values())
    assert min(used.values()) >= 2
    assert all(1 <= len(article["tags"]) == len(set(article["tags"])) <= 4 for article in _articles())


def test_every_picture_can_be_drawn_and_is_described() -> None:
    for article in _articles():
        assert article["picture"] in KEYS, article["key"]
    for name, text in _texts_in_markup():
        for mark in _parse(text)[1]:
            assert mark.name in KEYS, name
            assert mark.caption, name
            assert mark.alt, name


def test_an_article_is_whole_in_english_or_has_no_english() -> None:
    fields = ("title_en", "lead_en", "body_en", "picture_caption_en", "picture_alt_en")
    wrong = []
    translated = 0
    for article in _articles():
        present = [field for field in fields if article.get(field, "").strip()]
        if present and len(present) < len(fields):
            wrong.append(f"{article['key']}: only {present}")
        if present and _shape(article["body"]) != _shape(article["body_en"]):
            wrong.append(f"{article['key']}: the English is built otherwise")
        translated += bool(present)
    newest = sorted(_articles(), key=lambda article: int(article["days_ago"]))[:8]
    assert not wrong
    assert translated == 14
    assert all("body_en" in article for article in newest)


def test_tables_in_english_hold_the_same_numbers() -> None:
    for article in _articles():
        if "body_en" not in article:
            continue
        tables = [
            [
                [re.sub(r"[^\d]+", " ", cell).strip() for cell in row["values"][1:]]
                for kind, value in _parse(article[body])[0]
                if kind == "table"
                for row in value["table"]["rows"]
            ]
            for body in ("body", "body_en")
        ]
        assert tables[0] == tables[1], article["key"]


def test_articles_are_built_in_various_ways() -> None:
    built: Counter[str] = Counter()
    for article in _articles():
        built.update(set(_shape(article["body"])))
    assert built["heading"] >= 15
    assert built["quote"] >= 10
    assert built["table"] >= 6
    assert built["figure"] >= 8
    assert built["list"] >= 6


def test_the_markup_is_read_without_remains() -> None:
    wrong = []
    for name, text in _texts_in_markup():
        for kind, value in _parse(text)[0]:
            shown = " ".join(_strings(value))
            if re.search(r"!\[|\|=|^#|\n|\*|(?<!\w)> ", shown):
                wrong.append(f"{name}: {shown[:60]}")
            if kind == "quote" and not value["attribution"]:
                wrong.append(f"{name}: a quotation by nobody")
            if kind == "table":
                widths = {len(row["values"]) for row in value["table"]["rows"]}
                if not value["table"]["caption"] or widths != {len(value["table"]["columns"])}:
                    wrong.append(f"{name}: a table without caption or with ragged rows")
                if any(not cell for row in value["table"]["rows"] for cell in row["values"]):
                    wrong.append(f"{name}: an empty cell")
    assert not wrong


def test_what_is_dated_relative_to_today_names_no_year_and_nothing_names_a_district() -> None:
    wrong = []
    # The organisation is history: it names the districts and years of its time.
    for path in (path for path in FILES if path.parent.name != "union"):
        text = path.read_text(encoding="utf-8")
        if re.search(r"\bhuyện\b", text, re.IGNORECASE):
            wrong.append(f"{path.name}: names a district")
        # Reports of the demonstration are of the years whose figures were published.
        if path.name not in {"documents.toml", "site.toml", "reporting.toml", "report_page.toml"}:
            wrong += [f"{path.name}: {year[0]}" for year in YEAR.finditer(text)]
    assert not wrong


def test_text_is_composed_unicode_with_typographic_quotes() -> None:
    wrong = []
    for path in FILES:
        for text in _strings(_read(str(path.relative_to(CONTENT)))):
            if text != vntext.nfc(text) or '"' in text or "\u00a0" in text or "  " in text:
                wrong.append(f"{path.name}: {text[:60]}")
            if text.count("“") != text.count("”"):
                wrong.append(f"{path.name}: quotes do not match in {text[:60]}")
    assert not wrong


def test_pages_are_complete_in_both_languages() -> None:
    pages = {page["slug"]: page for page in _read("pages.toml")["page"]}
    assert set(pages) == {"gioi-thieu", "lien-he", "tro-nang", "quyen-rieng-tu"}
    for page in pages.values():
        assert page["title"]
        assert page["title_en"]
        assert _shape(page["body"]) == _shape(page["body_en"])
    for field in ("phone", "mail", "address"):
        assert _read("site.toml")["site"][field] in pages["lien-he"]["body"]


def test_documents_are_complete_and_the_real_ones_bear_their_real_symbols_and_dates() -> None:
    documents = _read("documents.toml")["document"]
    assert len(documents) == 26
    for field in ("key", "slug", "title"):
        assert len({document[field] for document in documents}) == 26, field
    assert len({(document["symbol"], document["issued_on"].year) for document in documents}) == 26
    for document in documents:
        assert ASCII_KEY.fullmatch(document["slug"])
        assert document["kind"] in KINDS
        assert isinstance(document["issued_on"], date)
        assert all(document[field].strip() for field in ("title", "symbol", "issuer", "abstract", "field"))
        assert document["file"] is ("text" in document)
    real = {
        document["symbol"]: document["issued_on"]
        for document in documents
        if document["symbol"] in REAL_DOCUMENTS
    }
    assert real == REAL_DOCUMENTS
    invented = [document for document in documents if document["symbol"] not in REAL_DOCUMENTS]
    assert all(date(2016, 1, 1) <= document["issued_on"] <= date(2019, 12, 31) for document in invented)
    assert all("Liên đoàn Lao động tỉnh Lào Cai" in document["issuer"] for document in invented)
    assert sum(document["file"] for document in invented) >= 12
    assert {document["kind"] for document in documents} == KINDS


def test_numbers_of_invented_documents_rise_within_a_year_and_series() -> None:
    series: dict[tuple[int, str], list[tuple[date, int]]] = {}
    for document in _read("documents.toml")["document"]:
        if document["symbol"] in REAL_DOCUMENTS:
            continue
        number, _, kind = document["symbol"].partition("/")
        series.setdefault((document["issued_on"].year, kind), []).append((document["issued_on"], int(number)))
    for rows in series.values():
        assert [number for _, number in sorted(rows)] == sorted(number for _, number in rows)


def test_albums_hold_different_pictures_with_captions() -> None:
    albums = _read("albums.toml")["album"]
    assert len(albums) == 4
    for album in albums:
        assert all(album[field] for field in ("key", "title", "title_en", "intro", "intro_en"))
        assert 8 <= len(album["photos"]) <= 12
        drawings = {(photo["picture"], photo["variant"]) for photo in album["photos"]}
        assert len(drawings) == len(album["photos"])
        for photo in album["photos"]:
            assert photo["picture"] in KEYS
            assert 1 <= photo["variant"] <= 6
            assert all(photo[field].strip() for field in ("caption", "caption_en", "alt", "alt_en"))


def test_bulletins_come_every_quarter_and_fill_four_pages() -> None:
    bulletins = _read("bulletins.toml")["bulletin"]
    assert len(bulletins) == 8
    newest = bulletins[0]
    assert [bulletin["number"] for bulletin in bulletins] == list(
        range(newest["number"], newest["number"] - 8, -1)
    )
    days = [bulletin["days_ago"] for bulletin in bulletins]
    assert all(85 <= later - earlier <= 95 for earlier, later in pairwise(days))
    for bulletin in bulletins:
        assert bulletin["title"]
        assert bulletin["summary"]
        assert len(bulletin["contents"]) == 4
        for part in bulletin["contents"]:
            assert part["title"]
            assert 80 <= len(part["text"].split()) <= 150, part["title"]


def test_no_address_of_the_demonstration_leads_anywhere() -> None:
    links = _read("links.toml")["link"]
    assert len(links) == 10
    assert len({link["url"] for link in links}) == 10
    for link in links:
        assert all(link[field] for field in ("title", "title_en", "group", "group_en"))
        address = urlsplit(link["url"])
        assert address.scheme == "https"
        assert str(address.hostname).endswith(".example")
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        assert all(mail.endswith(".example") for mail in re.findall(r"[\w.]+@[\w.]*\w", text)), path.name
        assert set(re.findall(r"\b0\d{2,3}[ .]?\d{3}[ .]?\d{3,4}\b", text)) <= {"0214 000 0000"}, path.name


def test_the_site_has_its_settings_facts_and_poll() -> None:
    site = _read("site.toml")
    needed = (
        "name",
        "name_en",
        "slogan",
        "slogan_en",
        "address",
        "phone",
        "mail",
        "footer_note",
        "working_hours",
    )
    assert all(site["site"][field] for field in needed)
    assert site["visits"]["start"] == 315120
    facts = {fact["label"]: (fact["value"], fact["unit"], fact["as_of"]) for fact in site["fact"]}
    assert facts == {"Diện tích": ("6.383,9", "km²", "2019"), "Dân số": ("656.900", "người", "2013")}
    assert all(fact["source"] and fact["label_en"] for fact in site["fact"])
    assert len(site["menu"]) <= 7
    assert all(
        entry["title"] and entry["title_en"] and entry["path"].startswith("/") for entry in site["menu"]
    )
    assert site["poll"]["question"]
    assert site["poll"]["question_en"]
    assert 2 <= len(site["poll"]["option"]) <= 6
    assert all(option["title"] and option["title_en"] for option in site["poll"]["option"])


@pytest.mark.seed
def test_no_run_of_eight_words_is_taken_from_the_seed_page(seed: Path) -> None:
    taken = _runs((seed / "page.txt").read_text(encoding="utf-8"))
    assert len(taken) > 1000
    shared = [
        (path.name, " ".join(run))
        for path in FILES
        for text in _strings(_read(str(path.relative_to(CONTENT))))
        for run in _runs(text) & taken
    ]
    assert not shared


@pytest.mark.seed
def test_articles_state_none_of_the_totals_of_the_province(seed: Path) -> None:
    page = (seed / "page.txt").read_text(encoding="utf-8")
    totals = set(re.findall(r"\d{1,3}(?:\.\d{3})+", page))
    assert "44.927" in totals
    for article in _articles():
        said = set(re.findall(r"\d{1,3}(?:\.\d{3})+", " ".join(_strings(article))))
        assert not said & totals, article["key"]
