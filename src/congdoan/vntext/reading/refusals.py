"""Numbers that name or order something: "Điều 5", "khoá 12", "Nghị quyết 25", "thứ 3", "A4", "COVID-19"."""

from congdoan.vntext.reading.measures import noun_at
from congdoan.vntext.reading.patterns import compiled, key_of, spelt
from congdoan.vntext.reading.source import Source

_ALWAYS = spelt("thứ khóa quý tháng iso tcvn covid qcvn top haccp điều mùng mồng")
_ALWAYS_WORDS = tuple(
    map(
        key_of,
        (
            "trung ương",
            "thế kỷ",
            "lần thứ",
            "hội nghị lần",
            "phiên bản",
            "nghị quyết",
            "chỉ thị",
            "kết luận",
            "nghị định",
            "thông tư",
            "đề án",
            "bộ luật",
            "tổng đài",
            "huy hiệu",
        ),
    )
)
_EACH = spelt("mỗi hàng hằng một trong cả từng các những nhiều suốt bình vòng")
_NAMED = spelt(
    "khoản điểm chương mục phần tiết câu bài trang bảng biểu hình mẫu phòng tầng lô tổ nhóm đội lớp khối cụm khu ấp thôn xóm "
    "phố đường ngõ hẻm quận phường xã quyết nghị thị luận định tư luật án trình hoạch báo cáo dẫn lệnh văn lục "
    "hạng loại cấp bậc nhì nhất kỳ họp đợt vòng tập số km kilômét tuyến trạm cầu nhà máy may hầm lò trại "
    "đoàn ty nghiệp viện trường sư lữ binh quân đảo mốc hóa ca ô kênh đài radio chuyên f h k u g a b c d e vtv htv version windows office bác hội"
)
_NO_COUNT = _ALWAYS | spelt(
    "số phòng tầng lô tổ lớp mã năm ngày kỳ khoản mục hạng loại cấp bậc hình bảng biểu mẫu giờ lúc khối nhóm"
)
_NUMBER_WORD = spelt("tổng con dân hệ chỉ quân sĩ sỹ doanh trong với điểm cơ bội ẩn")
_VALUES = spelt(
    "là đạt được có còn tổng cộng gồm với trên hơn gần khoảng ước tăng giảm lên xuống nữ nam chiếm bằng thêm mới thành khác "
    "lập nạp đó toàn số chỉ tới cho vượt hoàn tiêu lượng : = > < ≥ ≤ ( • ~"
)
_COLON_LABEL = compiled(
    r"(?:tổng|số|lượng|dân|nữ|nam|diện tích|truy cập|đạt|kết quả|tiền|phí|quỹ|thu|chi|tỷ lệ|online|hôm nay|hôm qua)[^:\n]{0,60}:[\x20]{0,3}$"
)
_COUNT_LABEL = compiled(r"(?<!một\x20)(?<!\w)số (?![0-9])[^,;.:\n0-9]{3,60}$")
_LISTED = compiled(r"[,;:(\x20] ((?:phiếu|nam|nữ|giải|số|đoàn)[^,;.:\n0-9(]{1,40})$")


def before_is_code(source: Source, start: int, *, is_grouped: bool = False) -> bool:
    """Whether the digits hang on letters or marks that make them part of a name: A4, COVID-19, QH14, 25/CP."""
    key = source.key
    if start == 0:
        return False
    last = key[start - 1]
    if last.isalnum() and not last.isdigit():
        return True
    if last in "._@#&'’":
        return start > 1 and not key[start - 2].isspace() and last != "."
    if last == ":" and start > 1 and key[start - 2].isdigit():
        return True  # 1:5
    if last in "-‐‑–/" and start > 1:
        if last == "/" and is_grouped:
            return False  # "3.746 đoàn viên/3.812 người"
        return key[start - 2].isalpha() or (last == "/" and key[start - 2].isdigit())
    return False


def names_something(source: Source, index: int, *, has_noun: bool, is_bare: bool, is_early: bool) -> bool:
    """Whether the number at token ``index`` follows a word that it numbers.

    ``has_noun``: words of counting follow; ``is_bare``: no separators; ``is_early``: a year could be meant.
    """
    tokens = source.tokens
    if index == 0:
        return False
    at = index - 1
    if tokens[at].key in ("“", '"', "(", ":", "°"):
        at -= 1
    if at < 0:
        return False
    word = tokens[at].key
    if "\n" in source.key[tokens[at].end : tokens[index].start]:
        return False
    earlier = tokens[at - 1].key if at else ""
    has_colon = tokens[index - 1].key == ":"
    if word == key_of("số"):
        return earlier not in _NUMBER_WORD and not (has_noun and has_colon)
    if is_bare and f"{earlier} {word}" in _ALWAYS_WORDS:
        return True
    if word in ("ngày", "hôm") and is_bare:
        return earlier not in _EACH and not (has_colon and has_noun)
    if word in _ALWAYS and is_bare and not has_colon:
        return earlier not in _EACH
    if word == key_of("năm") and is_bare and is_early:
        return True
    if not is_bare or word not in (_NO_COUNT if has_colon else _NAMED):
        return False
    return not has_noun or _is_proper(source, index + 1)


def _is_proper(source: Source, index: int) -> bool:
    """Whether token ``index`` is written like a name, "Điều", and not like an abbreviation that is counted, "CĐCS"."""
    if index >= len(source.tokens):
        return False
    word = source.text[source.tokens[index].start : source.tokens[index].end]
    return word[:1].isupper() and not word[1:].isupper()


def introduces_value(source: Source, index: int) -> bool:
    """Whether what stands before token ``index`` lets a bare number without words of counting be a figure."""
    tokens = source.tokens
    start = tokens[index].start
    line_start, line_end = source.line(start)
    line = source.key[line_start : min(line_end, line_start + 80)]
    if line_end - line_start <= 80 and line.strip(" \t\r•●-–*+") == tokens[index].key:
        return len(tokens[index].key) > 3
    if index == 0 or tokens[index - 1].start < line_start:
        return False
    before = source.key[max(line_start, start - 90) : start]
    if before.rstrip().endswith(":"):
        return bool(_COLON_LABEL.search(before)) or tokens[index - 2].key not in _NO_COUNT
    if _COUNT_LABEL.search(before) and source.key[tokens[index].end : tokens[index].end + 1] in (
        ",",
        ";",
        ".",
        ")",
        "",
        "\n",
    ):
        return True
    if match := _LISTED.search(before):
        first = source.token_at(start - len(before) + match.start(1))
        return tokens[index - 1].key not in _NAMED and noun_at(source, first) is not None
    return tokens[index - 1].key in _VALUES


_STOP = spelt(
    "của và với trong trên tại ở cho để đã được là thì mà do từ đến về theo so nhưng hoặc hay cùng bởi vì nên khi nếu như tăng "
    "giảm đạt chiếm có này đó ra vào lên sau trước qua tới không chưa sẽ đang cũng còn khóa thứ bao gồm nhằm đề quy nêu ngày tháng"
)


def is_thing(source: Source, index: int) -> bool:
    """Whether token ``index`` may name something counted that the vocabulary does not know: "15 quạt trần"."""
    if index >= len(source.tokens):
        return False
    token = source.tokens[index]
    return (
        token.is_word
        and source.text[token.start].islower()
        and token.key not in _STOP
        and source.key[source.tokens[index - 1].end : token.start].strip(" ") == ""
        and source.tokens[index - 1].end < token.start
    )


def follows_a_name(source: Source, index: int) -> bool:
    """Whether a capitalised word inside a sentence stands before the number: "Sông Đà 10", "Xí nghiệp May 26"."""
    tokens = source.tokens
    if index == 0 or not tokens[index - 1].is_word:
        return False
    previous = tokens[index - 1]
    if not source.text[previous.start].isupper() or (
        source.text[previous.start : previous.end].isupper() and previous.end - previous.start > 2
    ):
        return False
    start, _end = source.sentence(previous.start)
    return previous.start > source.tokens[source.token_at(start)].start or index == 1
