"""From HTML to a parsed page."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from urllib.parse import unquote

from bs4 import BeautifulSoup
from bs4.exceptions import ParserRejectedMarkup

from congdoan.portal.importing import furniture
from congdoan.portal.importing.assembling import assemble
from congdoan.portal.importing.breadcrumbs import without_root
from congdoan.portal.importing.html import finding
from congdoan.portal.importing.html.finding import Found
from congdoan.portal.importing.html.metadata import Metadata, read_metadata
from congdoan.portal.importing.html.repairing import repaired, without_comments
from congdoan.portal.importing.html.runs import safe_address, to_html
from congdoan.portal.importing.html.walking import Piece, walk
from congdoan.portal.importing.lines import Line
from congdoan.portal.importing.moments import date_in
from congdoan.portal.importing.numbering import in_order
from congdoan.portal.importing.parsed import Article, Figure, ParsedPage, Part, clean, cut_at_word
from congdoan.portal.importing.plain import no_article

Beside = Callable[[str], bytes | None]
"""Gives the file that a saved page names by a relative address, when it lies in the folder beside the page."""

_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_MARKUP = re.compile(
    r"<(?:p|div|table|td|br|h[1-6]|article|section|span|font|b|strong)\b[^<>]{0,500}>", re.IGNORECASE
)
_PROLOG = re.compile(r"^\s*<\?xml[^>]*\?>")
_DATA = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,", re.IGNORECASE)
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S+)")


def looks_like_html(text: str) -> bool:
    """Whether a text is HTML rather than plain text."""
    return _HTML.search(text[:20_000]) is not None or len(_MARKUP.findall(text[:20_000])) >= 4


def parse_html(text: str, beside: Beside) -> ParsedPage:
    """Read HTML. Raises ``PageError`` when there is no article in it or it is too tangled to read."""
    saved_from = _SAVED_FROM.search(text[:5000])
    try:
        soup = BeautifulSoup(repaired(without_comments(_PROLOG.sub("", text))), "html.parser")
    except ParserRejectedMarkup:
        raise no_article() from None
    metadata = read_metadata(soup)
    if saved_from:
        metadata.source_url = saved_from[1]
    pieces = walk(soup, safe_address(metadata.source_url, ""))
    found = finding.find_article(pieces, metadata)
    if found is None:
        raise no_article()
    return _Page(pieces, metadata, found, beside).parsed()


class _Page:
    """Puts one page together. ``lines`` has a line for each piece, with offsets in ``text``."""

    def __init__(self, pieces: Sequence[Piece], metadata: Metadata, found: Found, beside: Beside) -> None:
        self.pieces = pieces
        self.metadata = metadata
        self.found = found
        self.beside = beside
        self.text = ""
        self.lines = self._lines()

    def _lines(self) -> list[Line]:
        texts, lines, at = [], [], 0
        named_lead = next(
            (index for index in self.found.body if finding.is_named_lead(self.pieces[index])), None
        )
        for index, piece in enumerate(self.pieces):
            text = piece.text
            line = Line(
                at,
                at + len(text),
                at,
                at + len(text),
                text,
                bullet="•" if piece.kind == "item" else "",
                after_gap=index == 0 or self.pieces[index - 1].element is not piece.element,
                hint="" if piece.kind in ("text", "item") else piece.kind,
                html=to_html(piece.runs),
                rows=piece.rows,
                has_head=piece.has_head,
                ordered=piece.ordered,
                group=piece.group,
                src=piece.src,
                alt=piece.alt,
                set_apart=piece.set_apart,
            )
            if piece.kind in ("text", "heading") and index == named_lead:
                line.hint = "lead"
            elif piece.kind == "text" and index in self.found.body and finding.is_named_byline(piece):
                line.hint = "byline"
            lines.append(line)
            texts.append(text)
            at += len(text) + 1
        self.text = "\n".join(texts)
        return lines

    def parsed(self) -> ParsedPage:
        """The page, read."""
        inside, outside = self._zones()
        title = self._title()
        dated = self._own_date(inside, outside)
        parts = self._furniture(outside)
        if self.found.title is not None:
            line = self.lines[self.found.title]
            line.mark("title", "article")
            parts.append(line.part(self.text))
        assembled = assemble(self.text, title, [self.lines[at] for at in inside])
        article = self._with_known_author(assembled.article)
        if not article.has_content:
            raise no_article()
        article, pictures, missing = self._with_pictures(article)
        clock = self._clock(outside, dated)
        return ParsedPage(
            article=article,
            parts=tuple(in_order([*parts, *assembled.parts])),
            text=self.text,
            source_url=safe_address(self.metadata.source_url, ""),
            breadcrumb=self._breadcrumb(title, parts),
            published_at=dated[0] if dated else None,
            has_time=bool(dated and dated[1]),
            captured_on=clock,
            missing_pictures=missing,
            pictures=pictures,
        )

    def _zones(self) -> tuple[list[int], list[int]]:
        """Indexes of the article's pieces, up to the first heading of a widget, and of all others."""
        inside: list[int] = []
        for at in self.found.body:
            role = furniture.role_alone(self.lines[at]) if self.pieces[at].kind != "image" else ""
            if role in furniture.ENDS_ARTICLE and any(len(self.pieces[index].text) >= 80 for index in inside):
                break
            if role in ("breadcrumb", "rating", "tools", "tags"):
                continue
            inside.append(at)
        if not any(self.pieces[at].text for at in inside):
            raise no_article()
        taken = {*inside, self.found.title}
        return inside, [at for at in range(len(self.pieces)) if at not in taken]

    def _title(self) -> str:
        if self.found.title is not None:
            return self.pieces[self.found.title].text
        known = [title for title in self.metadata.titles if title]
        if known:
            return min(known, key=len)
        return cut_at_word(next(self.pieces[at].text for at in self.found.body if self.pieces[at].text), 120)

    def _furniture(self, outside: Sequence[int]) -> list[Part]:
        parts: list[Part] = []
        first = self.found.body[0] if self.found.title is None else min(self.found.body[0], self.found.title)
        # Before and after the article apart: a widget does not go on behind it.
        for zone in (range(first), range(first, len(self.pieces))):
            lines = [self.lines[at] for at in outside if at in zone and self.pieces[at].text]
            parts += [line.part(self.text) for line in lines if line.role]
            parts += furniture.mark_furniture(self.text, [line for line in lines if not line.role])
        return parts

    def _own_date(self, inside: Sequence[int], outside: Sequence[int]) -> tuple[dt.datetime, bool] | None:
        """The article's date: what the metadata say, else a date line between title and text or one that says so."""
        first = next((at for at in inside if len(self.pieces[at].text) >= 100), inside[-1])
        title = self.found.title if self.found.title is not None else first
        printed = None
        for at in [*inside, *outside]:
            line = self.lines[at]
            if self.pieces[at].kind not in ("text", "item", "heading") or not (moment := date_in(line.text)):
                continue
            if title <= at <= first or moment[2] or (at in inside and line is self.lines[inside[-1]]):
                line.mark("published", "article")
                printed = printed or (moment[0], moment[1])
        if self.metadata.published_at is not None:
            return self.metadata.published_at, self.metadata.has_time
        return printed

    def _clock(self, outside: Sequence[int], dated: tuple[dt.datetime, bool] | None) -> dt.date | None:
        for at in outside:
            line = self.lines[at]
            if line.role == "date" and (moment := date_in(line.text)) and moment[:2] != dated:
                return moment[0].date()
        return None

    def _breadcrumb(self, title: str, parts: Sequence[Part]) -> tuple[str, ...]:
        printed = [part.text for part in parts if part.role == "breadcrumb_item"]
        above = finding.category_above(self.pieces, self.found.title, self.found.body)
        for items in (self.metadata.breadcrumb, printed, [self.metadata.section], [above]):
            if kept := without_root(items, title):
                return kept
        return ()

    def _with_known_author(self, article: Article) -> Article:
        """The author that the metadata name, when no byline is printed. An account such as "admin" is no author."""
        names = [
            name for name in self.metadata.authors if " " in name and len(name) <= 80 and "//" not in name
        ]
        if article.byline or not names:
            return article
        return replace(article, byline=names[0], author=names[0])

    def _with_pictures(self, article: Article) -> tuple[Article, dict[str, bytes], int]:
        """Load what lies beside the page. A picture that is not there leaves its caption, or nothing."""
        pictures: dict[str, bytes] = {}
        blocks, missing = [], 0
        for block in article.blocks:
            if isinstance(block, Figure) and block.src:
                data = pictures.get(block.src) or _load(block.src, self.beside)
                if data is None:
                    missing += 1
                    if not block.caption:
                        continue
                    block = replace(block, src="")
                else:
                    pictures[block.src] = data
            blocks.append(block)
        return replace(article, blocks=tuple(blocks)), pictures, missing


def _load(src: str, beside: Beside) -> bytes | None:
    if found := _DATA.match(src):
        try:
            return base64.b64decode(src[found.end() :], validate=True)
        except (binascii.Error, ValueError):
            return None
    if re.match(r"[a-z][a-z0-9+.\-]*:|//|/", src, re.IGNORECASE):
        return None
    return beside(clean(unquote(src.partition("?")[0].partition("#")[0])))
