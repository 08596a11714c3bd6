"""Pages that were saved as plain text."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from congdoan.portal.importing import (
    Figure,
    Heading,
    ItemList,
    PageError,
    Paragraph,
    Poll,
    PrintedFact,
    parse,
    parse_file,
)

PAGES = Path(__file__).parent / "pages"


@pytest.fixture(scope="module")
def page():
    return parse_file(PAGES / "van_ban.txt")


@pytest.mark.seed
def test_every_part_of_the_seed_page_is_where_the_annotation_says(seed):
    raw = (seed / "page.txt").read_bytes().decode("utf-8")
    expected = json.loads((seed / "page.json").read_text(encoding="utf-8"))["parts"]
    parsed = parse_file(seed / "page.txt")

    keys = ("role", "start", "end", "raw_start", "raw_end", "zone", "widget", "order", "key", "value")
    found = [part.as_json() for part in parsed.parts]
    assert [{key: part.get(key) for key in keys} for part in found] == [
        {key: part.get(key) for key in keys} for part in expected
    ]
    assert len(found) == 29
    for part, annotated in zip(found, expected, strict=True):
        assert part["text"] == raw[annotated["start"] : annotated["end"]]
        assert annotated["text"] in (None, part["text"])
        assert part["text"].startswith(annotated["head"])
        assert part["text"].endswith(annotated["tail"])


@pytest.mark.seed
def test_the_article_of_the_seed_page_is_whole_and_clean(seed):
    parsed = parse_file(seed / "page.txt")
    raw = (seed / "page.txt").read_bytes().decode("utf-8")

    assert [type(block) for block in parsed.blocks] == [
        Figure,
        Paragraph,
        Paragraph,
        Figure,
        Paragraph,
        Paragraph,
    ]
    assert (parsed.author, parsed.organisation) == ("Phương Thúy", "LĐLĐ tỉnh")
    assert parsed.byline == "Phương Thúy(LĐLĐ tỉnh)"
    assert parsed.breadcrumb == ("Tin tức sự kiện", "Ban Tuyên giáo NC")
    assert (parsed.published_on, parsed.captured_on) == (None, dt.date(2019, 10, 17))
    assert parsed.visits == 315_120
    assert parsed.poll is not None
    assert [option[:3] for option in parsed.poll.options] == ["Tin", "Tra"]
    assert parsed.facts == [
        PrintedFact("Diện tích", "6.383,9", "km²", ""),
        PrintedFact("Dân số", "656.900", "", "2013"),
    ]
    stored = " ".join([parsed.title, parsed.lead, *(block.text for block in parsed.blocks), parsed.byline])
    assert "\u00a0" not in stored
    assert stored.split() == raw[353:11326].split()


def test_the_article_is_told_from_what_stands_around_it(page):
    assert page.title == "Tổ giúp việc ở bến Đồi Chè và chín ngày sửa lại mái nhà cho người gác đò"
    assert page.lead.startswith("Chín ngày, mười bốn người")
    assert page.breadcrumb == ("Tin tức", "Tổ giúp việc")
    assert (page.byline, page.author, page.organisation) == ("Tin, ảnh: Ma Thị Dín", "Ma Thị Dín", "")
    assert [type(block) for block in page.blocks] == [
        Paragraph,
        Figure,
        Paragraph,
        Heading,
        Paragraph,
        ItemList,
        Paragraph,
    ]


def test_a_caption_without_a_full_stop_between_paragraphs_is_no_paragraph(page):
    assert page.captions == ["Tổ giúp việc bến Đồi Chè chuyển tấm lợp qua sông trong buổi sáng đầu tiên"]


def test_the_clock_of_the_page_is_not_the_day_of_the_article(page):
    assert (page.published_at, page.captured_on) == (None, dt.date(2018, 4, 3))


def test_parts_of_the_site_are_offered(page):
    assert page.slogan == "Sáng giếng, trong làng, ấm lòng người thợ."
    assert page.poll == Poll("Bạn đọc trang này để làm gì?", ("Xem tin", "Tìm văn bản", "Hỏi công đoàn"))
    assert page.visits == 98_765
    assert page.facts == [
        PrintedFact("Diện tích", "312,4", "km²", ""),
        PrintedFact("Dân số", "20.415", "", "2017"),
    ]
    assert page.offered_parts == ["slogan", "poll", "visits", "facts"]


def test_offsets_count_the_text_of_the_file_whatever_its_line_ends():
    text = (PAGES / "van_ban.txt").read_text(encoding="utf-8").replace("\n", "\r\n")
    parsed = parse(text.encode())
    assert parsed.text == text
    assert all(text[part.start : part.end] == part.text for part in parsed.parts)
    assert parsed.source_digest == parse_file(PAGES / "van_ban.txt").source_digest


def test_a_text_with_nothing_around_the_article_is_read():
    parsed = parse(
        "Đội xe của bến Nậm Thi nhận thêm hai người\n\n"
        "Từ tuần sau, đội xe của bến Nậm Thi có thêm hai người lái, đều là người trong xã và đã qua lớp học nghề.\n\n"
        "Hai người mới sẽ đi cùng người cũ trong một tháng, rồi mới nhận xe riêng. Đội trưởng nói như vậy là kịp mùa.\n\n"
        "Lý Thị Ghển (Công đoàn bến Nậm Thi)\n".encode()
    )
    assert parsed.title == "Đội xe của bến Nậm Thi nhận thêm hai người"
    assert parsed.lead.startswith("Từ tuần sau")
    assert [block.text[:10] for block in parsed.blocks] == ["Hai người "]
    assert (parsed.author, parsed.organisation) == ("Lý Thị Ghển", "Công đoàn bến Nậm Thi")
    assert parsed.category is None


def test_a_date_below_the_title_is_the_day_of_the_article():
    parsed = parse(
        "Tin tức » Đời sống\nBếp ăn mới của mỏ Tả Van\nThứ 4, 06/05/2020 08:32\n"
        "Sáng nay mỏ Tả Van mở bếp ăn mới, rộng gấp đôi bếp cũ, có chỗ rửa tay và có quạt hút khói ở mỗi góc bếp.\n".encode()
    )
    assert parsed.published_at == dt.datetime.fromisoformat("2020-05-06T08:32")
    assert (parsed.has_time, parsed.captured_on) == (True, None)
    assert parsed.title == "Bếp ăn mới của mỏ Tả Van"


@pytest.mark.parametrize("text", ["Một dòng duy nhất", "Bình chọn\n\nThời tiết\n\nLiên kết", "1\n2\n3"])
def test_a_text_without_an_article_is_refused_with_a_reason(text):
    with pytest.raises(PageError) as refused:
        parse(text.encode())
    assert refused.value.reason == "no_article"
    assert "tiêu đề" in refused.value.user_message
