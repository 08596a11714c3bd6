"""Finds the symbols of documents in running text, in all the ways in which they are typed.

Every run of digits is looked at once, and the patterns that may begin there are bounded, so the time grows with the text.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

from congdoan.vntext.folding import nfc
from congdoan.vntext.symbols.families import (
    BARE_ISSUERS,
    BARE_TYPES,
    KNOWN_ISSUERS,
    TYPES,
    Symbol,
    is_party,
    issuer_of,
    made,
    type_of,
)

_CAPITALS = "A-ZĐƯÂÊÔƠĂ"
_BLANK = "[ \u00a0\u202f\u2009]?"
# The dash first: [/-–] would be a range.
_DASH = "\\-‐‑‒–—−"
_SEP = f"{_BLANK}[{_DASH}/]{_BLANK}"
_NUMBER = r"(?P<number>\d{1,5}(?:\.\d{1,3})?[a-zđA-CĐ]?)"
_YEAR = r"(?:19|20)\d\d"
_TYPE = "(?P<type>" + "|".join(sorted(map(re.escape, TYPES), key=len, reverse=True)) + ")"
_ANY_TYPE = _TYPE[:-1] + "|" + "|".join(BARE_TYPES) + ")"
# Newspapers write T.Ư. A small letter stands inside (GDTrH), or at the end of these two only.
_GROUP = f"(?:T\\.[ƯW]|TTg|TTr|ThU|(?:[{_CAPITALS}&]{{2,12}}(?:[a-zđ](?=[{_CAPITALS}])[{_CAPITALS}]{{1,6}})?\\d{{0,2}}))"
_ISSUER = f"(?P<issuer>{_GROUP}(?:{_BLANK}[{_DASH}]{_BLANK}{_GROUP}){{0,4}})"
_END = r"(?![\w&])(?!/\d)"
_FILE = r"(?!\.(?:pdf|docx?|xlsx?|pptx?|html?|zip|rar|txt|jpe?g|png|rtf)\b)"
_KNOWN = (
    "(?P<issuer>"
    + "|".join(sorted(map(re.escape, [*KNOWN_ISSUERS, *BARE_ISSUERS, "TƯ", "VPTƯ"]), key=len, reverse=True))
    + "|QH\\d\\d?|UBTVQH\\d\\d?)"
)
_LETTER_GROUP = f"[{_CAPITALS}&]{{1,10}}(?:[a-zđ]{{1,2}}[{_CAPITALS}&]{{1,6}})?\\d?"
_STOP = f"{_END}{_FILE}"

_CORE = re.compile(
    f"{_NUMBER}(?:{_BLANK}/{_BLANK}(?P<year>{_YEAR}))?(?P<sep>{_SEP}){_TYPE}{_SEP}{_ISSUER}(?:{_BLANK}/(?P<last>{_YEAR}))?{_STOP}"
)
_ANY_CASE = re.compile(
    f"{_NUMBER}(?:/(?P<year>{_YEAR}))?(?P<sep>[{_DASH}/]){_ANY_TYPE}[{_DASH}/]{_KNOWN}(?:/(?P<last>{_YEAR}))?{_STOP}",
    re.IGNORECASE,
)
_LAW = re.compile(
    f"{_NUMBER}{_BLANK}/{_BLANK}(?P<year>{_YEAR}){_BLANK}/{_BLANK}(?P<issuer>(?:QH|UBTVQH)\\d{{1,2}}|(?P<type>AL)){_STOP}"
)
_LETTER = re.compile(
    f"{_NUMBER}(?:/(?P<year>{_YEAR}))?/(?P<issuer>[{_CAPITALS}&]{{2,10}}\\d?)(?P<rest>(?:[{_DASH}]{_LETTER_GROUP}){{1,3}})"
    f"(?:/(?P<last>{_YEAR}))?{_STOP}"
)
_LOST = re.compile(f"{_NUMBER}[ \u00a0]{_TYPE}{_SEP}{_ISSUER}{_STOP}")
_BARE = re.compile(
    f"{_NUMBER}(?:/(?P<year>{_YEAR}))?/(?:(?P<issuer>LĐLĐ|TLĐ|CĐN|CĐCS|ĐCT|UBND|HĐND|CP|TTg|TW|TU)|(?P<type>SL|AL))(?:/(?P<last>{_YEAR}))?{_STOP}"
)
_TYPE_ALONE = re.compile(f"{_NUMBER}(?:/(?P<year>{_YEAR}))?/{_TYPE}(?:/(?P<last>{_YEAR}))?{_STOP}")

# Roads, towns, estates, classes: what stands behind a stroke in addresses.
_PLACES = frozenset("KM TP ĐT QL TL HL TX ĐX TDP KP KCN CCN KĐT KDC KTT KTX VN USD VNĐ".split())  # noqa: SIM905 – reads as a table
_SHORT_LETTER_ISSUERS = frozenset("VP CP TU TW HU ĐU CĐ".split())  # noqa: SIM905 – the same

_DIGITS = re.compile("[0-9]+")
# What may follow the digits of a symbol at all; most numbers of a text end here.
_LIKELY = re.compile(f"(?:\\.\\d{{1,3}})?[a-zđA-CĐ]?(?:{_SEP}[\\w]|[ \u00a0][{_CAPITALS}])")
_BEFORE = re.compile(r"[\w/.,%&+‐‑‒–—−\-]")
_GLUED_SO = re.compile(r"(?:^|\W)[sS][ốỐ]$")
_AFTER_SO = re.compile(r"(?:\b[sS][ốỐ]|\b[vV]ăn|\bCV)\s{0,2}:?\s{0,2}$")
_AFTER_KIND = re.compile(
    r"(?i:\b(?:quyết định|nghị quyết|chỉ thị|kế hoạch|báo cáo|thông báo|hướng dẫn|tờ trình|hợp đồng|biên bản|đề án|công văn|văn bản|kết luận))"
    r"\s{1,2}(?:[sS]ố\s{0,2}:?\s{0,2})?$"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S{1,2000}|[\w.+-]{1,64}@\S{1,255}")
_WINDOW = 32


@dataclass(frozen=True, slots=True)
class FoundSymbol:
    """A symbol in a text: ``text`` as printed between ``start`` and ``end`` (half-open, code points of the stored text)."""

    text: str
    start: int
    end: int
    symbol: str
    type: str | None
    issuer: str | None
    number: int | str
    year: int | None


def find_symbols(text: str) -> list[FoundSymbol]:
    """All symbols in ``text``, in order, not overlapping. Takes time in proportion to its length."""
    source = Composed(text)
    found = []
    for start, end, symbol in spans(source.text):
        first, last = source.stored(start), source.stored(end)
        found.append(
            FoundSymbol(
                text[first:last],
                first,
                last,
                symbol.symbol,
                symbol.type,
                symbol.issuer,
                symbol.number,
                symbol.year,
            )
        )
    return found


def parse_symbol(text: str) -> Symbol | None:
    """The symbol that ``text`` is as a whole, however it is typed ("01-kl/tw", "số 25- NQ/TW"); None if it is none."""
    composed = re.sub(r"^\s*[sS][ốỐ]\s*:?\s*", "", Composed(text).text).strip()
    read = _read_at(composed, 0, "Quyết định số ")
    return read[1] if read and read[0] == len(composed) else None


def spans(text: str) -> list[tuple[int, int, Symbol]]:
    """The symbols of a composed text with their places in it."""
    found: list[tuple[int, int, Symbol]] = []
    addresses = (
        [match.span() for match in _ADDRESS.finditer(text)]
        if "@" in text or "www." in text or "://" in text
        else []
    )
    starts = [start for start, _ in addresses]
    done = 0
    for run in _DIGITS.finditer(text):
        start = run.start()
        if start < done or run.end() - start > 5 or not _LIKELY.match(text, run.end()):
            continue
        before = text[max(0, start - _WINDOW) : start]
        if before and _BEFORE.match(before[-1]) and not _GLUED_SO.search(before):
            continue
        read = _read_at(text, start, before)
        if read is None:
            continue
        at = bisect_right(starts, start) - 1
        if at >= 0 and start < addresses[at][1]:
            continue
        done = read[0]
        found.append((start, done, read[1]))
    return found


def _read_at(text: str, at: int, before: str) -> tuple[int, Symbol] | None:
    """The symbol that begins at ``at``; some are symbols only by the words ``before`` them."""
    match = _LAW.match(text, at)
    if match:
        kind = match["type"]
        return match.end(), made(match["number"], kind, None if kind else match["issuer"], year=match["year"])
    match = _CORE.match(text, at) or _ANY_CASE.match(text, at)
    if match:
        return match.end(), _typed(match, party_order="/" not in match["sep"])
    match = _LOST.match(text, at)
    if match and is_party(_tidy(match["issuer"])):
        return match.end(), made(
            match["number"], type_of(match["type"]), _tidy(match["issuer"]), party_order=True
        )
    match = _LETTER.match(text, at)
    if match and _is_letter(match):
        return match.end(), _letter(match)
    match = _BARE.match(text, at)
    if match is None:
        match = _TYPE_ALONE.match(text, at)
        said = match is not None and _AFTER_KIND.search(before)
    else:
        said = _AFTER_SO.search(before) or _AFTER_KIND.search(before)
    if match and said:
        parts = match.groupdict()
        year = parts["year"] or parts["last"]
        issuer = issuer_of(parts["issuer"]) if parts.get("issuer") else None
        return match.end(), made(
            match["number"], match["type"], issuer, year=year, year_last=parts["last"] is not None
        )
    return None


def _typed(match: re.Match[str], *, party_order: bool) -> Symbol:
    year = match["year"] or match["last"]
    return made(
        match["number"],
        type_of(match["type"]),
        _tidy(match["issuer"]),
        year=year,
        year_last=match["year"] is None and match["last"] is not None,
        party_order=party_order,
    )


def _tidy(issuer: str) -> str:
    return issuer_of(re.sub(f"[{_DASH}]", "-", re.sub(r"[\s.]", "", issuer)))


def _is_letter(match: re.Match[str]) -> bool:
    issuer = match["issuer"]
    if (
        issuer in _PLACES
        or issuer in TYPES
        or any(part in _PLACES for part in re.split(f"[{_DASH}]", match["rest"]))
    ):
        return False
    return len(issuer) > 2 or issuer in _SHORT_LETTER_ISSUERS


def _letter(match: re.Match[str]) -> Symbol:
    rest = re.sub(f"[{_DASH}]", "-", match["rest"])
    year = match["year"] or match["last"]
    whole = made(match["number"], None, match["issuer"] + rest, year=year, year_last=match["year"] is None)
    return Symbol(whole.symbol, None, match["issuer"], whole.number, whole.year)


# Icelandic and African letters that look like Đ and are met in its place.
_LOOKS_LIKE_D = str.maketrans("ÐƉð", "ĐĐđ")
_MARKED = re.compile("[^\u0300-\u036f][\u0300-\u036f]+")


class Composed:
    """A text in NFC, Đ put right, that knows where each of its letters stands in the text as it is stored."""

    def __init__(self, text: str) -> None:
        text = text if text.isascii() else text.translate(_LOOKS_LIKE_D)
        self.text = text
        self._places: list[tuple[int, int]] | None = None
        if text.isascii() or _MARKED.search(text) is None:
            return
        pieces: list[str] = []
        self._places = [(0, 0)]
        at = length = 0
        for cluster in _MARKED.finditer(text):
            composed = nfc(cluster[0])
            pieces += (text[at : cluster.start()], composed)
            length += cluster.start() - at + len(composed)
            at = cluster.end()
            self._places.append((length, at))
        self.text = "".join([*pieces, text[at:]])

    def stored(self, offset: int) -> int:
        """The place in the stored text of a place in ``text`` that does not lie inside one letter with its marks."""
        if self._places is None:
            return offset
        composed, stored = self._places[bisect_right(self._places, (offset, 1 << 60)) - 1]
        return stored + offset - composed
