"""From the lines of an article to its lead, blocks and byline, and to the parts that they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from html import escape

from congdoan.portal.importing.bylines import Byline, read_byline
from congdoan.portal.importing.captions import Around, is_caption, is_heading
from congdoan.portal.importing.lines import Line
from congdoan.portal.importing.parsed import (
    CAPTION_LIMIT,
    HEADING_LIMIT,
    TITLE_LIMIT,
    Article,
    Block,
    Figure,
    Heading,
    ItemList,
    Paragraph,
    Part,
    Quote,
    Table,
    clean,
    cut_at_word,
)

_BYLINE_WITHIN = 4
"""A byline stands among the last lines of an article."""
_LOOKS_AHEAD = re.compile(
    r"(?:de (?:dat|thuc hien|tiep tuc|nang cao|lam tot)|phat huy|nhiem vu trong tam|phuong huong)\b.{0,160}\b(?:trong thoi gian toi|thoi gian toi|"
    r"trong nam toi|nhung nam tiep theo|thoi gian tiep theo|giai doan toi)\b|(?:trong )?thoi gian toi\b"
)
_TAB = re.compile(r"[ \u00a0]*\t[ \u00a0]*")


@dataclass(slots=True)
class Assembled:
    """An article with the parts that its lines are."""

    article: Article
    parts: list[Part] = field(default_factory=list)


def assemble(text: str, title: str, lines: Sequence[Line]) -> Assembled:
    """Build the article called ``title`` from its lines, in the order of the page, the title's own left out."""
    remaining = list(lines)
    byline_at, byline = _find_byline(remaining)
    lead_at = _find_lead(remaining, byline_at)
    parts: list[Part] = []
    if byline_at is not None and byline is not None:
        remaining[byline_at].mark("byline", "article")
    if lead_at is not None:
        remaining[lead_at].mark("lead", "article")
    _mark_body(text, remaining)

    blocks = _blocks(remaining)
    for line in remaining:
        if line.hint != "image" or line.text:
            parts.append(line.part(text))
        if line.role == "byline" and byline is not None:
            parts.extend(_byline_parts(text, line, byline))
    lead = clean(remaining[lead_at].text) if lead_at is not None else ""
    printed = remaining[byline_at] if byline_at is not None else None
    article = Article(
        title=cut_at_word(clean(title), TITLE_LIMIT),
        lead=lead,
        blocks=tuple(blocks),
        byline=clean(printed.text) if printed else "",
        author=_piece(printed, byline.author) if printed and byline else "",
        organisation=_piece(printed, byline.organisation)
        if printed and byline and not byline.is_source
        else "",
        sources=_piece(printed, byline.organisation) if printed and byline and byline.is_source else "",
    )
    return Assembled(article, parts)


def _piece(line: Line, span: tuple[int, int] | None) -> str:
    return clean(line.text[slice(*span)]) if span else ""


def _byline_parts(text: str, line: Line, byline: Byline) -> list[Part]:
    parts = []
    for role, span in (("byline_author", byline.author), ("byline_org", byline.organisation)):
        if span is not None:
            parts.append(line.part(text, line.start + span[0], line.start + span[1], role=role))
    return parts


def _find_byline(lines: Sequence[Line]) -> tuple[int | None, Byline | None]:
    for at in range(len(lines) - 1, max(-1, len(lines) - 1 - _BYLINE_WITHIN), -1):
        line = lines[at]
        if line.role or line.hint not in ("", "byline"):
            continue
        found = read_byline(line, is_last=at == len(lines) - 1 or line.hint == "byline")
        if found is not None and at > 0:
            return at, found
    return None, None


def _is_text(line: Line) -> bool:
    return not line.role and line.hint in ("", "lead") and not line.bullet


def _find_lead(lines: Sequence[Line], byline_at: int | None) -> int | None:
    """The line that HTML calls the lead, else the first paragraph unless that is the caption of a photo on top."""
    named = [at for at, line in enumerate(lines) if line.hint == "lead" and not line.role]
    if named:
        return named[0]
    candidates = [at for at, line in enumerate(lines) if _is_text(line) and at != byline_at]
    for place, at in enumerate(candidates[:3]):
        line = lines[at]
        after = len(lines[candidates[place + 1]].text) if place + 1 < len(candidates) else 0
        below_picture = at > 0 and lines[at - 1].hint == "image"
        if after and is_caption(line, Around(0, after, below_picture), raw_tail=_tail(line)):
            continue
        if lines[at].hint == "" and len(line.text) < 40 and after >= 80 and is_heading(line):
            continue
        return at
    return None


def _tail(line: Line) -> str:
    return "\u00a0" * (line.raw_end - line.end) if line.raw_end > line.end else ""


def _mark_body(text: str, lines: Sequence[Line]) -> None:
    """Say of each line that has no role yet what it is: body, caption, heading, list item, table, quote, picture."""
    around = _surroundings(lines)
    body = [(at, line) for at, line in enumerate(lines) if not line.role]
    free = [line for _, line in body]
    for place, (at, line) in enumerate(body):
        if line.hint in ("caption", "heading", "quote", "table"):
            line.mark(line.hint, "article")
        elif line.hint == "image":
            line.mark("picture", "article")
        elif line.hint == "item" or _is_item(free, place):
            line.mark("list_item", "article")
        elif "\t" in line.text and _is_row(free, place):
            line.mark("table_row", "article")
        elif is_caption(line, around[at], raw_tail=text[line.end : line.raw_end]):
            line.mark("caption", "article")
        elif is_heading(line) and place + 1 < len(free) and len(free[place + 1].text) > len(line.text):
            line.mark("heading", "article")
        else:
            line.mark("body", "article")
    paragraphs = [line for line in lines if line.role == "body"]
    if len(paragraphs) > 1 and _LOOKS_AHEAD.match(paragraphs[-1].folded):
        paragraphs[-1].role = "conclusion"


def _surroundings(lines: Sequence[Line]) -> list[Around]:
    """For each line how long the paragraphs before and after it are, and whether a picture stands right above."""
    lengths = [len(line.text) if line.hint in ("", "lead") and not line.bullet else 0 for line in lines]
    before, after = [0] * len(lines), [0] * len(lines)
    for at in range(1, len(lines)):
        before[at] = lengths[at - 1] or before[at - 1]
    for at in range(len(lines) - 2, -1, -1):
        after[at] = lengths[at + 1] or after[at + 1]
    return [
        Around(before[at], after[at], at > 0 and lines[at - 1].hint == "image") for at in range(len(lines))
    ]


def _is_item(lines: Sequence[Line], at: int) -> bool:
    """A bullet; a dash only in company, because a single one may be a way to begin a paragraph."""
    bullet = lines[at].bullet
    if not bullet or bullet not in "-–—+":
        return bool(bullet)
    return any(0 <= near < len(lines) and lines[near].bullet == bullet for near in (at - 1, at + 1))


def _is_row(lines: Sequence[Line], at: int) -> bool:
    width = len(_TAB.split(lines[at].text))
    return any(
        0 <= near < len(lines) and len(_TAB.split(lines[near].text)) == width for near in (at - 1, at + 1)
    )


# --- Blocks ----------------------------------------------------------------------------------------


def _blocks(lines: Sequence[Line]) -> list[Block]:
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        end = at + 1
        if line.role in ("list_item", "table_row"):
            while end < len(lines) and lines[end].role == line.role and _same_run(line, lines[end]):
                end += 1
        if line.role == "list_item":
            blocks.append(ItemList(tuple(_paragraph(item) for item in lines[at:end]), ordered=line.ordered))
        elif line.role == "table_row":
            blocks.append(Table(_padded([tuple(map(clean, _TAB.split(row.text))) for row in lines[at:end]])))
        else:
            blocks.extend(_block(line))
        at = end
    return _with_captions(blocks)


def _same_run(first: Line, other: Line) -> bool:
    if first.role == "table_row":
        return len(_TAB.split(first.text)) == len(_TAB.split(other.text))
    return first.group == other.group and first.ordered == other.ordered


def _padded(rows: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    width = max(map(len, rows))
    return tuple(row + ("",) * (width - len(row)) for row in rows)


def _paragraph(line: Line) -> Paragraph:
    if line.html:
        return Paragraph(clean(line.text), line.html)
    return Paragraph.plain(
        clean(f"{line.bullet} {line.text}" if line.bullet and line.role == "body" else line.text)
    )


def _block(line: Line) -> list[Block]:
    text = clean(line.text)
    if line.role in ("body", "conclusion"):
        return [_paragraph(line)] if text else []
    if line.role == "heading":
        if len(text) <= HEADING_LIMIT:
            return [Heading(text)] if text else []
        return [Paragraph(text, f"<b>{escape(text, quote=False)}</b>")]
    if line.role == "caption":
        return _captioned(text)
    if line.role == "picture":
        return [Figure(cut_at_word(text, CAPTION_LIMIT), src=line.src, alt=clean(line.alt)[:300])]
    if line.role == "quote":
        return [Quote(text)] if text else []
    if line.role == "table":
        rows = _padded([tuple(map(clean, row)) for row in line.rows]) if line.rows else ()
        return [Table(rows, has_head=line.has_head)] if rows else []
    return []


def _captioned(text: str) -> list[Block]:
    """A figure; what is too long for a caption goes on as a paragraph, so that no word is lost."""
    if len(text) <= CAPTION_LIMIT:
        return [Figure(text)]
    cut = text.rfind(" ", 0, CAPTION_LIMIT)
    cut = cut if cut > 0 else CAPTION_LIMIT
    return [Figure(text[:cut].strip()), Paragraph.plain(text[cut:].strip())]


def _with_captions(blocks: Sequence[Block]) -> list[Block]:
    """Give a picture the caption that stands right below it, or right above it when there is none below."""
    joined: list[Block] = []
    for at, block in enumerate(blocks):
        last = joined[-1] if joined else None
        if isinstance(block, Figure) and isinstance(last, Figure):
            after = blocks[at + 1] if at + 1 < len(blocks) else None
            own_below = isinstance(after, Figure) and after.caption and not after.src
            if last.src and not last.caption and not block.src:
                joined[-1] = replace(last, caption=block.caption)
                continue
            if block.src and not block.caption and last.caption and not last.src and not own_below:
                joined[-1] = replace(block, caption=last.caption)
                continue
        joined.append(block)
    return [
        block for block in joined if not (isinstance(block, Figure) and not block.caption and not block.src)
    ]
