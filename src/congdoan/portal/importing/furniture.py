"""What stands around the articles of old portals, told by its words: widgets, clock, breadcrumb, counters, facts.

Everything is compared folded (no case, no diacritics): portals write "Album ảnh", "Album Ảnh" and "ALBUM ẢNH".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from congdoan.portal.importing.breadcrumbs import breadcrumb_spans
from congdoan.portal.importing.lines import Line
from congdoan.portal.importing.moments import date_in
from congdoan.portal.importing.parsed import Part
from congdoan.vntext import fold

HEADINGS: dict[str, tuple[str, str, str]] = {
    # words: role, zone, widget
    **dict.fromkeys(
        ("binh chon", "tham do y kien", "tham do du luan", "tham do", "trung cau y kien"),
        ("poll_heading", "widget", "poll"),
    ),
    **dict.fromkeys(
        (
            *(
                "thong tin truy cap",
                "thong ke truy cap",
                "luot truy cap",
                "so luot truy cap",
                "thong ke",
                "truy cap",
            ),
            *("thong ke website", "bo dem", "so nguoi truy cap"),
        ),
        ("counter_heading", "widget", "visit_counter"),
    ),
    **dict.fromkeys(("thoi tiet", "du bao thoi tiet"), ("weather_heading", "widget", "weather")),
    **dict.fromkeys(
        (
            *(
                "cac tin khac",
                "tin khac",
                "cac tin da dua",
                "tin da dua",
                "tin lien quan",
                "cac tin lien quan",
            ),
            *("bai viet lien quan", "bai lien quan", "tin cung chuyen muc", "cac bai khac", "bai viet khac"),
            *(
                "nhung tin moi hon",
                "nhung tin cu hon",
                "cac tin cu hon",
                "cac tin moi hon",
                "tin moi hon",
                "tin cu hon",
            ),
            *(
                "tin bai khac",
                "cac tin bai khac",
                "cac bai viet khac",
                "tin tuc khac",
                "tin bai lien quan",
                "xem them",
            ),
        ),
        ("other_news_heading", "related", ""),
    ),
    **dict.fromkeys(
        ("album anh", "thu vien anh", "album", "thu vien hinh anh"), ("album_heading", "widget", "album")
    ),
    **dict.fromkeys(("ban tin cong doan", "ban tin"), ("bulletin_heading", "widget", "bulletin")),
    **dict.fromkeys(
        (
            *("lien ket", "lien ket so ban nganh", "lien ket website", "lien ket web", "website lien ket"),
            *(
                "cac trang lien ket",
                "lien ket trang",
                "lien ket nhanh",
                "trang lien ket",
                "lien ket cac so ban nganh",
            ),
        ),
        ("links_heading", "widget", "links"),
    ),
    **dict.fromkeys(
        (
            "y kien ban doc",
            "binh luan",
            "gui binh luan",
            "y kien phan hoi",
            "phan hoi",
            "viet binh luan",
            "gui phan hoi",
        ),
        ("comments_heading", "related", "comments"),
    ),
    **dict.fromkeys(
        (
            *(
                "in trang",
                "in bai viet",
                "ban in",
                "gui email",
                "chia se",
                "tro ve",
                "quay lai",
                "ve dau trang",
            ),
            *(
                "gui cho ban be",
                "luu bai viet nay",
                "gui bai viet qua email",
                "in ra",
                "dau trang",
                "len dau trang",
            ),
        ),
        ("tools", "related", "tools"),
    ),
    **dict.fromkeys(("video", "video clip", "phim tu lieu"), ("video_heading", "widget", "video")),
    **dict.fromkeys(
        ("van ban moi", "van ban", "van ban chi dao"), ("documents_heading", "widget", "documents")
    ),
    **dict.fromkeys(
        ("dang nhap", "tim kiem", "quang cao", "menu", "danh muc", "chuyen muc", "trang chu"),
        ("widget_heading", "widget", "other"),
    ),
}
ENDS_ARTICLE = {
    *("other_news_heading", "album_heading", "bulletin_heading", "links_heading", "comments_heading"),
    *("tools", "tags", "rating", "video_heading"),
}
"""Roles of lines after which nothing belongs to the article."""


_AFTER_WORDS = " :.-–—»|•"
_TAGS = re.compile(r"(tu khoa|tags?|the)\s*:")
_RATING = re.compile(
    r"(tong so diem cua bai viet|danh gia bai viet|click de danh gia|so lan (xem|doc)|luot xem|da xem|xem)\b.*"
)


def heading_of(folded: str) -> tuple[str, str, str] | None:
    """Role, zone and widget of a line that is nothing but the heading of a known widget."""
    if len(folded) > 60:
        return None
    return HEADINGS.get(folded.strip(_AFTER_WORDS).replace(" - ", " ").replace(",", ""))


# --- Facts and counters ----------------------------------------------------------------------------

_FACT = re.compile(
    r"(?P<label>[^\W\d_][^:\n]{1,60}?)\s*:\s*(?P<value>\d[\d.,]*(?:\s*(?:%|[^\W\d_][\w²³/]{0,11}(?: [^\W\d_]\w{0,11}){0,2}))?)"
)
_NO_FACT = re.compile(
    r"(dien thoai|dt|tel|fax|hotline|phone|mobile|email|giay phep|so giay phep|ma so|dia chi|trang|bai|luot|so luot|dang|hom|thang|tuan|"
    r"tong|khach|thanh vien|online|ngay|cap nhat|version|phien ban|so tai khoan|zalo|gio|ban quyen|tin|anh)\b"
)
_VISITS = re.compile(
    r"(?P<label>(?:tong (?:so )?(?:luot )?(?:luot )?truy cap|tong so|tong cong|tat ca|tong|so luot truy cap|luot truy cap|"
    r"so nguoi truy cap|da truy cap|total)[^:\d]{0,20}):?\s*(?P<value>\d[\d., ]*)"
)
_NUMBER = re.compile(r"\d[\d., \u00a0]*")


def fact_spans(text: str) -> tuple[int, int, int] | None:
    """End of the label, start and end of the value of "Diện tích: 6.383,9 Km2"; ``None`` when it is no such fact."""
    found = _FACT.fullmatch(text)
    if found is None or _NO_FACT.match(fold(found["label"])) or len(found["label"].split()) > 8:
        return None
    return found.end("label"), found.start("value"), found.end("value")


# --- Scanning what is not the article --------------------------------------------------------------

_QUOTED = re.compile(r"""["“”«].{20,280}["”“»]\.?""", re.DOTALL)
_INNER_QUOTE = re.compile(r"[\"“”«»]")


def is_slogan(text: str) -> bool:
    """A whole line in quotation marks."""
    return _QUOTED.fullmatch(text) is not None and not _INNER_QUOTE.search(text[1:-2])


def mark_furniture(text: str, lines: Sequence[Line], *, zone: str = "other") -> list[Part]:
    """Give every line its role as a part of the site; what is not recognised is "other". Returns their parts."""
    parts: list[Part] = []
    widget: Callable[[Line], bool] | None = None
    for line in lines:
        if (cut := _fused(line)) is not None:
            parts.extend(_fused_parts(text, line, cut))
            widget = None
            continue
        if _mark_alone(line):
            widget = _WIDGETS.get(line.widget, _Widget)() if line.role.endswith("_heading") else None
        elif widget is None or not widget(line):
            widget = None
            line.mark("other", zone)
        parts.append(line.part(text))
        if line.role == "breadcrumb":
            parts.extend(breadcrumb_parts(text, line))
    return parts


def breadcrumb_parts(text: str, line: Line) -> list[Part]:
    """The items of a line that is a breadcrumb."""
    return [
        line.part(text, line.start + first, line.start + last, role="breadcrumb_item")
        for first, last in breadcrumb_spans(line.text)
    ]


def _recognise(line: Line) -> tuple[str, str, str, str, str] | None:
    """Role, zone, widget, key and value of a line that tells by itself what it is."""
    if known := heading_of(line.folded):
        return (*known, "", "")
    if line.bullet:
        return None
    if date_in(line.text):
        return "date", "header", "", "", ""
    if is_slogan(line.text):
        return "slogan", "header", "", "", ""
    if breadcrumb_spans(line.text):
        return "breadcrumb", "main", "", "", ""
    if _TAGS.match(line.folded):
        return "tags", "related", "", "", ""
    if found := _VISITS.fullmatch(line.folded):
        return "counter_value", "widget", "visit_counter", _label(line.text), found["value"].strip()
    if spans := fact_spans(line.text):
        return "footer_fact", "footer", "", line.text[: spans[0]], line.text[spans[1] :]
    if len(line.folded) < 80 and _RATING.fullmatch(line.folded):
        return "rating", "related", "", "", ""
    return None


def _label(text: str) -> str:
    return text.partition(":")[0].strip(" 0123456789.,")


def _mark_alone(line: Line) -> bool:
    if known := _recognise(line):
        line.mark(*known)
    return known is not None


def role_alone(line: Line) -> str:
    """The role of a line that tells by itself what it is, a heading with something stuck to it included; else ""."""
    if cut := _fused(line):
        found = heading_of(" ".join(fold(line.text[:cut]).split()))
        return found[0] if found else ""
    known = _recognise(line)
    return known[0] if known else ""


def taken_by_widgets(lines: Sequence[Line]) -> list[bool]:
    """Which lines are the content of a widget whose heading stands above them."""
    taken = []
    widget: Callable[[Line], bool] | None = None
    for line in lines:
        known = _recognise(line)
        if known is not None:
            widget = _WIDGETS.get(known[2], _Widget)() if known[0].endswith("_heading") else None
        elif widget is not None and not widget(line):
            widget = None
        taken.append(widget is not None and known is None)
        line.mark("", "")
    return taken


def _fused(line: Line) -> int | None:
    """Where a widget's heading ends when the next thing is stuck to it: "Liên kếtDiện tích: 6.383,9 Km2"."""
    if len(line.text) > 160:
        return None
    for at in range(4, len(line.text)):
        if (
            line.text[at].isupper()
            and line.text[at - 1].islower()
            and heading_of(" ".join(fold(line.text[:at]).split()))
        ):
            return at
    return None


def _fused_parts(text: str, line: Line, cut: int) -> list[Part]:
    border = line.start + cut
    first = Line(line.start, border, line.raw_start, border, text[line.start : border])
    second = Line(border, line.end, border, line.raw_end, text[border : line.end])
    line.mark(*(heading_of(first.folded) or ("other", "other", "")))
    parts = []
    for piece in (first, second):
        if not _mark_alone(piece):
            piece.mark("other", "other")
        parts.append(piece.part(text))
    return parts


class _Widget:
    """What belongs to a widget after its heading. Called with each line; False when the widget is over."""

    def __call__(self, line: Line) -> bool:
        return False


class _Poll(_Widget):
    """A question, then its answers: bullets, or short lines that follow at once."""

    def __init__(self) -> None:
        self.asked = False
        self.answered = 0
        self.bulleted = False

    def __call__(self, line: Line) -> bool:
        if not self.asked:
            self.asked = not line.bullet and 8 <= len(line.text) <= 300
            line.mark("poll_question", "widget", "poll")
            return self.asked
        if _NUMBER.fullmatch(line.text) or len(line.text) > 160 or line.folded in _POLL_BUTTONS:
            return False
        if self.answered == 0:
            self.bulleted = bool(line.bullet)
        elif self.bulleted != bool(line.bullet) or (not line.bullet and line.after_gap):
            return False
        if not self.bulleted and (len(line.text) > 60 or (line.after_gap and self.answered)):
            return False
        self.answered += 1
        line.mark("poll_option", "widget", "poll")
        return True


_POLL_BUTTONS = {"binh chon", "ket qua", "xem ket qua", "bieu quyet", "gui", "binh chon ket qua"}


class _Counter(_Widget):
    """Numbers after the heading: one alone, or several with labels of which one is the total."""

    def __init__(self) -> None:
        self.has_total = False

    def __call__(self, line: Line) -> bool:
        if _NUMBER.fullmatch(line.text) and not self.has_total:
            self.has_total = True
            line.mark("counter_value", "widget", "visit_counter")
            return True
        labelled = re.fullmatch(r"[^\d:]{2,40}:?\s*\d[\d., ]*", line.folded)
        if labelled is None:
            return False
        found = _VISITS.fullmatch(line.folded)
        if found and not self.has_total:
            self.has_total = True
            line.mark("counter_value", "widget", "visit_counter", _label(line.text), found["value"].strip())
        else:
            line.mark("counter_line", "widget", "visit_counter")
        return True


class _Weather(_Widget):
    """Short lines with degrees or numbers."""

    def __call__(self, line: Line) -> bool:
        if len(line.text) > 60 or not re.search(r"\d ?°|\d ?%|do c\b|\bmua\b|\bnang\b|\bmay\b", line.folded):
            return False
        line.mark("weather_line", "widget", "weather")
        return True


_WIDGETS: dict[str, type[_Widget]] = {"poll": _Poll, "visit_counter": _Counter, "weather": _Weather}
