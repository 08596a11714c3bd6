"""Citations of documents: a symbol with the words beside it, and short references to what was cited in full.

"Nghị quyết số 25- NQ/TW ngày 03/6/2013 của BCH Trung ương" is a citation in full; a later "Nghị quyết 25" means the same
document, as long as the text cites only one resolution of that number. The first citation is full, later ones may be short
(NĐ 30/2020/NĐ-CP, appendix I).
"""

import re
from dataclasses import dataclass
from datetime import date

from congdoan.vntext.dates import parse_date
from congdoan.vntext.errors import DateError
from congdoan.vntext.symbols.families import Symbol
from congdoan.vntext.symbols.finding import Composed, spans

KINDS: dict[str, tuple[str | None, ...]] = {
    # Vietnamese name: the types that it may have in a symbol; None for symbols that print no type.
    "chương trình hành động": ("CTr", "CTrHĐ"),
    "chương trình phối hợp": ("CTrPH", "CTPH", "CTr"),
    "chương trình": ("CTr",),
    "nghị quyết liên tịch": ("NQLT",),
    "nghị quyết": ("NQ", None),
    "nghị định": ("NĐ",),
    "quyết định": ("QĐ",),
    "quy định": ("QyĐ", "QĐ", "QĐi"),
    "quy chế": ("QC", "QCPH", "QCLT"),
    "chỉ thị": ("CT",),
    "kết luận": ("KL",),
    "kế hoạch": ("KH", "KHLT", "KHPH"),
    "đề án": ("ĐA",),
    "dự án": ("DA",),
    "phương án": ("PA",),
    "báo cáo": ("BC",),
    "hướng dẫn": ("HD", "HDLT"),
    "thông báo": ("TB",),
    "thông tri": ("TT",),
    "thông tư liên tịch": ("TTLT",),
    "thông tư": ("TT", "TTLT"),
    "tờ trình": ("TTr",),
    "biên bản": ("BB",),
    "công điện": ("CĐ",),
    "công văn": (None, "CV"),
    "pháp lệnh": (None, "PL"),
    "bộ luật": (None,),
    "luật": (None,),
    "án lệ": ("AL",),
    "sắc lệnh": ("SL",),
}
_KIND = "|".join(sorted(map(re.escape, KINDS), key=len, reverse=True))
_KIND_BEFORE = re.compile(rf"(?i:(?<!\w)(?P<kind>{_KIND}))\s{{1,3}}(?:[sS][ốỐ]\s{{0,2}}:?\s{{0,2}})?$")
_SHORT = re.compile(
    rf"(?i:(?<!\w)(?P<kind>{_KIND}))\s{{1,3}}(?:[sS][ốỐ]\s{{0,2}}:?\s{{0,2}})?(?P<number>\d{{1,5}}[a-zđ]?)(?:/(?P<year>(?:19|20)\d\d))?(?![\w/%]|[.,]\d)"
)
_DATE = re.compile(
    r"\s{0,2},?\s{0,2}(?P<date>ngày\s{1,2}(?:\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|\d{1,2}\s{1,2}tháng\s{1,2}\d{1,2}\s{1,2}năm\s{1,2}\d{4}))",
    re.IGNORECASE,
)
_NAME = r"[A-ZĐÀ-ỸƯƠ][\w]*"
_MINISTRIES = (
    "Lao động(?: ?[-–] ?Thương binh và Xã hội)?|Giáo dục và Đào tạo|Nội vụ|Tài chính|Y tế|Tư pháp|Xây dựng|Công an|Quốc phòng|Công Thương|"
    "Giao thông vận tải|Ngoại giao|Kế hoạch và Đầu tư|Khoa học và Công nghệ|Thông tin và Truyền thông|Tài nguyên và Môi trường|"
    "Nông nghiệp và (?:Phát triển nông thôn|Môi trường)|Văn hóa, Thể thao và Du lịch|Dân tộc và Tôn giáo"
)
_ISSUER = re.compile(
    r"\s{0,2},?\s{0,2}(?:của\s{1,2})?(?P<issuer>(?:(?:Ban Chấp hành|BCH|Ban Thường vụ|BTV|Đoàn Chủ tịch)\s{1,2})?"
    r"(?:Tổng Liên đoàn|Liên đoàn Lao động|LĐLĐ|TLĐ|Công đoàn|(?:Tỉnh|Thành|Huyện|Đảng) (?:ủy|Ủy|uỷ)|Trung ương|Bộ Chính trị|Ban Bí thư|"
    rf"Chính phủ|Thủ tướng|Quốc hội|[UỦ]y ban|UBND|HĐND|Hội đồng|Bộ (?:{_MINISTRIES})|Ban Chấp hành|BCH)"
    rf"(?:\s(?:{_NAME}|tỉnh|huyện|thành phố|thị xã|nhân dân|khóa|khoá))*)"
)
_WINDOW = 48
_AFTER = 200


@dataclass(frozen=True, slots=True)
class FoundReference:
    """A document that a text refers to, and the words that say which.

    ``text`` stands between ``start`` and ``end`` (half-open, code points of the stored text): kind, symbol, date and body as
    far as they are printed. ``short`` tells a reference by kind and number alone, resolved by a full one in the same text.
    ``kind`` is the Vietnamese name in small letters, ``issuer`` the body as printed; both None where they are not.
    """

    text: str
    start: int
    end: int
    symbol: Symbol
    short: bool
    kind: str | None = None
    dated: date | None = None
    issuer: str | None = None


def find_references(text: str) -> list[FoundReference]:
    """All references to documents with a symbol, in order. A short one that could mean two documents is left out."""
    source = Composed(text)
    composed = source.text
    full = spans(composed)
    found = [_full(text, source, start, end, symbol) for start, end, symbol in full]
    known: dict[tuple[str | None, str, int | None], set[Symbol]] = {}
    for _, _, symbol in full:
        for year in {None, symbol.year}:
            known.setdefault((symbol.type, _plain(str(symbol.number)), year), set()).add(symbol)
    taken = {start for start, _, _ in full}
    for match in _SHORT.finditer(composed):
        if match.start("number") in taken:
            continue
        year = int(match["year"]) if match["year"] else None
        kind = match["kind"].lower()
        meant = {
            symbol
            for kind_of in KINDS[kind]
            for symbol in known.get((kind_of, _plain(match["number"]), year), ())
        }
        if len(meant) == 1:
            start, end = source.stored(match.start()), source.stored(match.end())
            found.append(FoundReference(text[start:end], start, end, meant.pop(), short=True, kind=kind))
    return sorted(found, key=lambda reference: reference.start)


def _plain(number: str) -> str:
    return number.lstrip("0")


def _full(text: str, source: Composed, start: int, end: int, symbol: Symbol) -> FoundReference:
    composed = source.text
    before = _KIND_BEFORE.search(composed, max(0, start - _WINDOW), start)
    kind = before["kind"].lower() if before else None
    if before:
        start = before.start()
    dated = issuer = None
    after = _DATE.match(composed, end, end + _AFTER)
    if after:
        try:
            dated = parse_date(after["date"].lower().removeprefix("ngày").strip())
        except DateError:
            dated = None
        end = after.end()
    body = _ISSUER.match(composed, end, end + _AFTER)
    if body:
        issuer = body["issuer"]
        end = body.end()
    first, last = source.stored(start), source.stored(end)
    return FoundReference(text[first:last], first, last, symbol, False, kind, dated, issuer)
