"""Whatever encoding a page was saved in, it is the same article; what is no text says so."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from congdoan.portal.importing import parse, parse_file
from congdoan.vntext import EncodingError
from tests.portal.importing.legacy import to_cp1258, to_tcvn3, to_vni

PAGES = Path(__file__).parent / "pages"
TEXT = (PAGES / "van_ban.txt").read_text(encoding="utf-8").replace("›", ">")
HTML = (PAGES / "table_layout.html").read_text(encoding="utf-8")

ENCODERS = {
    "utf-8": lambda text: text.encode(),
    "utf-8 with a mark": lambda text: text.encode("utf-8-sig"),
    "utf-8, decomposed": lambda text: unicodedata.normalize("NFD", text).encode(),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16 without a mark": lambda text: text.encode("utf-16-le"),
    "windows-1258": to_cp1258,
    "tcvn3": lambda text: to_tcvn3(text.replace("•", "*")),
    "vni": to_vni,
}


@pytest.mark.parametrize("name", ENCODERS)
def test_a_text_is_the_same_article_in_every_encoding(name):
    parsed = parse(ENCODERS[name](TEXT), "trang.txt")
    original = parse_file(PAGES / "van_ban.txt")
    assert parsed.source_digest == original.source_digest
    assert parsed.captions == original.captions
    assert parsed.breadcrumb == original.breadcrumb
    assert parsed.visits == original.visits


@pytest.mark.parametrize("name", ENCODERS)
def test_a_web_page_is_the_same_article_in_every_encoding(name):
    parsed = parse(ENCODERS[name](HTML), "trang.html")
    assert parsed.source_digest == parse_file(PAGES / "table_layout.html").source_digest


@pytest.mark.parametrize(
    ("data", "reason", "says"),
    [
        (b"", "empty", "trống"),
        (b" \r\n\t ", "empty", "trống"),
        (b"%PDF-1.7\n1 0 obj\n", "binary", "PDF"),
        (b"PK\x03\x04\x14\x00word/document.xml", "binary", "DOCX"),
        (bytes(range(256)) * 20, "binary", "không phải là văn bản"),
        (b"a" * (5 * 1024 * 1024 + 1), "too_large", "5 MB"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(data, reason, says):
    with pytest.raises(EncodingError) as refused:
        parse(data, "trang.txt")
    assert refused.value.reason == reason
    assert says in refused.value.user_message


def test_a_huge_file_is_refused_without_being_read(tmp_path, monkeypatch):
    huge = tmp_path / "trang.txt"
    with huge.open("wb") as file:
        file.truncate(20 * 1024 * 1024)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("the file was read"))
    with pytest.raises(EncodingError) as refused:
        parse_file(huge)
    assert "20 MB" in refused.value.user_message


def test_other_words_under_the_same_title_are_another_article():
    assert (
        parse(TEXT.encode()).source_digest
        != parse(TEXT.replace("mười bốn người", "mười lăm người").encode()).source_digest
    )


def test_a_newer_clock_and_counter_do_not_make_another_article():
    later = TEXT.replace("03/04/2018", "04/04/2018").replace("Thứ Ba", "Thứ Tư").replace("98.765", "98.770")
    assert parse(TEXT.encode()).source_digest == parse(later.encode()).source_digest
