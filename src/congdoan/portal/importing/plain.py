"""Reading a page that was saved as plain text.

By general rules, not by the wording of one page: what the widgets around an article are called, what a breadcrumb, a
clock and a byline look like, and that an article is a title followed by its longest run of paragraphs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from congdoan.portal.importing import furniture
from congdoan.portal.importing.assembling import assemble
from congdoan.portal.importing.breadcrumbs import without_root
from congdoan.portal.importing.bylines import read_byline
from congdoan.portal.importing.errors import PageError
from congdoan.portal.importing.lines import Line, split_lines
from congdoan.portal.importing.moments import date_in
from congdoan.portal.importing.numbering import in_order
from congdoan.portal.importing.parsed import ParsedPage, cut_at_word
from congdoan.vntext.errors import gettext_noop

_PARAGRAPH = 120
"""A line this long is a paragraph, not an entry of a menu."""
_FOOT_LINE = 90
"""A longer line after a byline still belongs to the article."""
_MOST_LINES = 20_000
_TITLE_LONGEST = 300


@dataclass(frozen=True, slots=True)
class _Zones:
    """Indexes of lines: the title (``None`` when the text has none of its own), the article from and to."""

    title: int | None
    first: int
    last: int


def no_article() -> PageError:
    """The error of a text in which no article is found."""
    return PageError(
        "no article found",
        reason="no_article",
        sentence=gettext_noop(
            "Không tìm thấy bài viết trong tệp: cần có tiêu đề và ít nhất một đoạn văn. Hãy mở đúng trang bài viết trên trang cũ rồi lưu lại."
        ),
    )


def too_tangled() -> PageError:
    """The error of a page with more pieces than any article has."""
    return PageError(
        "too many pieces",
        reason="too_tangled",
        sentence=gettext_noop(
            "Trang có quá nhiều thành phần để đọc được. Hãy lưu riêng bài viết thành tệp văn bản (.txt) rồi thử lại."
        ),
    )


def parse_text(text: str) -> ParsedPage:
    """Read ``text``, whose offsets the parts count. Raises ``PageError`` when there is no article in it."""
    lines = split_lines(text)
    if len(lines) > _MOST_LINES:
        raise too_tangled()
    zones = _find_zones(lines)
    before = lines[: zones.first if zones.title is None else zones.title]
    inside, after = lines[zones.first : zones.last], lines[zones.last :]
    parts = furniture.mark_furniture(text, before)
    parts += furniture.mark_furniture(text, after)

    if zones.title is None:
        title = cut_at_word(inside[0].text, 120)
    else:
        title = lines[zones.title].text
        lines[zones.title].mark("title", "article")
        parts.append(lines[zones.title].part(text))
    dated = _mark_dates(inside)
    assembled = assemble(text, title, inside)
    parts += assembled.parts
    if not assembled.article.has_content:
        raise no_article()

    clock = [found for line in [*before, *after] if line.role == "date" and (found := date_in(line.text))]
    published = dated or next((found for found in clock if found[2]), None)
    captured = next((found for found in clock if not found[2]), None)
    items = [part.text for part in parts if part.role == "breadcrumb_item"]
    return ParsedPage(
        article=assembled.article,
        parts=tuple(in_order(parts)),
        text=text,
        breadcrumb=without_root(items, title),
        published_at=published[0] if published else None,
        has_time=bool(published and published[1]),
        captured_on=captured[0].date() if captured else None,
    )


def _mark_dates(inside: Sequence[Line]) -> tuple[dt.datetime, bool, bool] | None:
    """Mark the line with the article's own date, which stands near its title or its byline."""
    for line in [*inside[:3], *inside[-3:]]:
        if not line.role and (found := date_in(line.text)):
            line.mark("published", "article")
            return found
    return None


def _find_zones(lines: Sequence[Line]) -> _Zones:
    known = [furniture.role_alone(line) for line in lines]
    first_paragraph = _first_paragraph(lines, known)
    if first_paragraph is None:
        raise no_article()
    title = _find_title(lines, known, first_paragraph)
    first = first_paragraph if title is None else title + 1
    last = _find_end(lines, known, first, first_paragraph)
    if first >= last:
        raise no_article()
    return _Zones(title, first, last)


def _first_paragraph(lines: Sequence[Line], known: Sequence[str]) -> int | None:
    free = [at for at, line in enumerate(lines) if not known[at] and not line.bullet]
    for at in free:
        if len(lines[at].text) >= _PARAGRAPH and not _is_title_like(lines, known, at):
            return at
    sentences = [
        at for at in free if len(lines[at].text) >= 40 and lines[at].text.endswith((".", "…", "!", "”"))
    ]
    after_crumb = _last(known, "breadcrumb", len(lines))
    for at in sentences:
        if after_crumb is None or at > after_crumb + 1:
            return at
    if after_crumb is not None:
        free = [at for at in free if at > after_crumb]
    return free[1] if len(free) > 1 else None


def _is_title_like(lines: Sequence[Line], known: Sequence[str], at: int) -> bool:
    """A long title: the first line after the breadcrumb, or one without a full stop that a longer one follows."""
    if len(lines[at].text) > _TITLE_LONGEST or at + 1 >= len(lines):
        return False
    if at > 0 and known[at - 1] == "breadcrumb":
        return True
    later = [len(lines[near].text) for near in range(at + 1, min(at + 4, len(lines))) if not known[near]]
    titled = any(not known[near] and len(lines[near].text) >= 15 for near in range(at))
    return (
        not titled
        and not lines[at].text.endswith((".", "!", "…", ":"))
        and max(later, default=0) > len(lines[at].text)
    )


def _last(known: Sequence[str], role: str, before: int) -> int | None:
    return next((at for at in range(before - 1, -1, -1) if known[at] == role), None)


def _find_title(lines: Sequence[Line], known: Sequence[str], paragraph: int) -> int | None:
    crumb = _last(known, "breadcrumb", paragraph)
    start = crumb + 1 if crumb is not None else 0
    taken = furniture.taken_by_widgets(lines[start:paragraph])
    free = [
        start + at
        for at in range(paragraph - start)
        if not known[start + at] and not taken[at] and not lines[start + at].bullet
    ]
    if crumb is not None:
        return free[0] if free else None
    good = [
        at for at in free if len(lines[at].text.split()) >= 4 and 12 <= len(lines[at].text) <= _TITLE_LONGEST
    ]
    good = good or [at for at in free if len(lines[at].text) <= _TITLE_LONGEST]
    if not good:
        return None
    # After the last thing that is known to be no article: menus and widgets come before the title.
    border = max((at for at in range(paragraph) if _is_border(known[at]) or taken[at - start]), default=-1)
    return next((at for at in good if at > border), good[-1])


def _is_border(role: str) -> bool:
    return bool(role) and role != "date"


def _find_end(lines: Sequence[Line], known: Sequence[str], first: int, paragraph: int) -> int:
    start = max(first, paragraph) + 1
    end = next((at for at in range(start, len(lines)) if known[at] in furniture.ENDS_ARTICLE), len(lines))
    while end > start and (
        known[end - 1] in ("footer_fact", "counter_value") or known[end - 1].endswith("_heading")
    ):
        end -= 1
    # What follows a byline and is no paragraph is the foot of the page.
    border = end
    for at in range(end - 1, start - 1, -1):
        if at + 1 < end and not known[at] and read_byline(lines[at], is_last=False):
            border = at + 1
        if len(lines[at].text) >= _FOOT_LINE:
            break
    return border
