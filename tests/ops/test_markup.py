"""The markup of the texts that come with the product."""

from __future__ import annotations

import json

import pytest

from congdoan.ops import markup


def test_blocks_are_parted_by_blank_lines():
    assert markup.parse("## Đầu\n\nMột câu\nhai dòng.\n\n- a\n- b") == [
        ("heading", "Đầu"),
        ("paragraph", "<p>Một câu hai dòng.</p>"),
        ("paragraph", "<ul><li>a</li><li>b</li></ul>"),
    ]


def test_what_looks_like_html_stays_text():
    assert markup.parse("1 < 2 & <b>x</b>")[0][1] == "<p>1 &lt; 2 &amp; &lt;b&gt;x&lt;/b&gt;</p>"


def test_a_quotation_names_its_speaker():
    assert markup.parse("> Tôi không sợ.\n> — Phạm Khắc Điền") == [
        ("quote", {"text": "Tôi không sợ.", "attribution": "Phạm Khắc Điền"})
    ]


def test_a_table_has_a_caption_and_knows_its_numbers():
    table = markup.parse("|= Ý kiến\n| Nhóm | Số\n| Lương | 1.100\n| Khác |")[0][1]["table"]
    assert table["caption"] == "Ý kiến"
    assert [column["type"] for column in table["columns"]] == ["text", "number"]
    assert [row["values"] for row in table["rows"]] == [["Lương", "1.100"], ["Khác", ""]]


def test_a_picture_becomes_what_the_caller_makes_of_it():
    blocks = markup.parse("![tea] Đồi chè. | Tranh vẽ đồi chè", lambda mark: (mark.name, mark.alt))
    assert blocks == [("figure", {"image": ("tea", "Tranh vẽ đồi chè"), "caption": "Đồi chè.", "credit": ""})]


def test_a_picture_where_none_may_stand_is_refused():
    with pytest.raises(ValueError, match="tea"):
        markup.parse("![tea] Đồi chè.")


def test_the_same_text_gives_the_same_bytes():
    stored = markup.as_stream(markup.parse("Một\n\nMột"))
    assert stored == markup.as_stream(markup.parse("Một\n\nMột"))
    assert len({block["id"] for block in json.loads(stored)}) == 2
