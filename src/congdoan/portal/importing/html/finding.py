"""Which pieces of a page are its article: the element with the most running text, its title, what stands between."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bs4.element import Tag

from congdoan.portal.importing.html.metadata import Metadata
from congdoan.portal.importing.html.walking import Piece, attribute, names_of
from congdoan.portal.importing.moments import date_in
from congdoan.vntext import fold

_WORDS_OF_TITLE = 6
_WEIGHTS = (1.0, 0.5, 0.33, 0.25, 0.2)
_DEEPEST = 60
_GOOD = re.compile(
    r"article|content|noi-?dung|chi-?tiet|detail|entry|post|body|story|news|tin|main|text|externalclass",
    re.IGNORECASE,
)
_BAD = re.compile(
    r"comment|binh-?luan|sidebar|side-?bar|footer|header|menu|nav|related|lien-?quan|tin-?khac|other|widget|poll|vote|banner|share|"
    r"social|breadcrumb|ads|quang-?cao|login|search|tool|print|rating|tags|popup|newest|most|hot",
    re.IGNORECASE,
)
_NOT_ARTICLE = re.compile(
    r"\b(?:related|lien-?quan|tin-?khac|other-?news|comments?|share|sharedaddy|social\w*|tags?|tag-?links?|post-?tags|breadcrumbs?|rating|"
    r"toolbar|print|paging|pagination|navigation|post-?nav\w*|author-?box|newsletter|jp-relatedposts|news-?tools?)\b",
    re.IGNORECASE,
)
_TITLE_NAME = re.compile(r"title|tieu-?de|headline|heading", re.IGNORECASE)
_LEAD_NAME = re.compile(
    r"\b(?:lead|sapo|home-?text|excerpt|summary|tom-?tat|trich-?yeu|intro\w*|mo-?ta|description|desc|chapeau)\b",
    re.IGNORECASE,
)
_BYLINE_NAME = re.compile(
    r"\b(?:author|byline|tac-?gia|nguoi-?viet|art-?author|news-?author|source|nguon)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Found:
    """Indexes of pieces: the title (``None`` when only the metadata has one) and those of the article's body."""

    title: int | None
    body: list[int]


def ancestors(piece: Piece) -> Iterable[Tag]:
    """The element of a piece and those around it, inside out, to a sane depth."""
    tag: Tag | None = piece.element
    for _ in range(_DEEPEST):
        if tag is None or tag.name == "[document]":
            return
        yield tag
        tag = tag.parent


def find_article(pieces: Sequence[Piece], metadata: Metadata) -> Found | None:
    """Find the article; ``None`` when the page has no running text."""
    root = _best_element(pieces)
    if root is None:
        return None
    inside = [at for at, piece in enumerate(pieces) if any(tag is root for tag in ancestors(piece))]
    title = _find_title(pieces, inside, metadata)
    first = inside[0] if title is None or title < inside[0] else title + 1
    start = title + 1 if title is not None and title < inside[0] else first
    span = range(start, inside[-1] + 1)
    own = set(inside)
    body = [
        at
        for at in span
        if at != title and not _is_apart(pieces[at], root) and (at in own or _leads(pieces[at], metadata))
    ]
    body += _bylines_after(pieces, inside[-1], root)
    return Found(title, body)


def _best_element(pieces: Sequence[Piece]) -> Tag | None:
    scores: dict[int, float] = {}
    tags: dict[int, Tag] = {}
    words: dict[int, int] = {}
    linked: dict[int, int] = {}
    alone: dict[int, int] = {}
    for piece in pieces:
        alone[id(piece.element)] = alone.get(id(piece.element), 0) + 1
    for piece in pieces:
        above = list(ancestors(piece))
        length, in_links = len(piece.text), piece.linked
        for tag in above:
            tags[id(tag)] = tag
            words[id(tag)] = words.get(id(tag), 0) + length
            linked[id(tag)] = linked.get(id(tag), 0) + in_links
        if piece.kind not in ("text", "quote", "item") or length < 25 or in_links > length / 2:
            continue
        worth = 1 + piece.text.count(",") * 0.5 + min(length / 100, 6)
        own_block = piece.element.name in ("p", "li", "blockquote", "span") or alone[id(piece.element)] == 1
        for tag, weight in zip(above[1 if own_block and len(above) > 1 else 0 :], _WEIGHTS, strict=False):
            scores[id(tag)] = scores.get(id(tag), 0) + worth * weight
    best, best_score = None, 0.0
    for key, score in scores.items():
        tag = tags[key]
        weighed = score * (1 - linked[key] / max(1, words[key])) * _bonus(tag)
        if weighed > best_score and tag.name != "html":
            best, best_score = tag, weighed
    return best


def _bonus(tag: Tag) -> float:
    names = names_of(tag)
    bonus = 1.0
    if tag.name == "article" or attribute(tag, "itemprop") == "articleBody":
        bonus *= 1.5
    if tag.name in ("aside", "nav", "footer", "header", "form"):
        bonus *= 0.3
    if names.strip():
        bonus *= 1.25 if _GOOD.search(names) else 1.0
        bonus *= 0.5 if _BAD.search(names) else 1.0
    return bonus


def plain_key(text: str) -> str:
    """Folded words, for comparing titles."""
    return " ".join(fold(text).split()).strip(" .:")


def _find_title(pieces: Sequence[Piece], inside: Sequence[int], metadata: Metadata) -> int | None:
    known = {plain_key(title) for title in metadata.titles if title}
    # Up to the first real paragraph: what comes later is a heading within the text.
    limit = next(
        (at for at in inside if pieces[at].kind == "text" and len(pieces[at].text) >= 150), inside[-1]
    )
    best, best_score = None, 3.0
    for at in range(limit + 1):
        piece = pieces[at]
        key = plain_key(piece.text)
        if piece.kind not in ("heading", "text", "item") or not 8 <= len(key) <= 350:
            continue
        score = 0.0
        if key in known:
            score += 6
        elif any(key in title or (title in key and len(title) > 20) for title in known if len(key) > 15):
            score += 4
        score += {1: 3, 2: 2, 3: 1.5}.get(piece.level, 0.5) if piece.kind == "heading" else 0
        score += 2 if any(_TITLE_NAME.search(names_of(tag)) for tag in list(ancestors(piece))[:2]) else 0
        score += 1.5 if all(run.bold for run in piece.runs) else 0
        score += 1 if len(key.split()) >= _WORDS_OF_TITLE else 0
        score += 1.5 if any(date_in(near.text) for near in pieces[at + 1 : at + 3]) else 0
        score += max(0.0, 1 - abs(inside[0] - at) / 10)
        score -= 2 if piece.text.endswith((".", ";", ",", ":")) else 0
        score -= 4 if piece.linked > len(piece.text) / 2 and key not in known else 0
        score -= 4 if _is_aside(piece) else 0
        score -= 1 if len(key.split()) < 4 else 0
        if score >= best_score:
            best, best_score = at, score
    return best


def _is_aside(piece: Piece) -> bool:
    return any(
        tag.name in ("nav", "aside", "footer") or _NOT_ARTICLE.search(names_of(tag))
        for tag in ancestors(piece)
    )


def category_above(pieces: Sequence[Piece], title: int | None, body: Sequence[int]) -> str:
    """The name of the category where a page prints it as a line right above the title, in the article's own element."""
    if title is None or title == 0 or not body:
        return ""
    piece, text = pieces[title - 1], pieces[title - 1].text
    beside = pieces[title].element is piece.element
    loud = all(run.bold or run.href for run in piece.runs)
    is_name = (
        2 <= len(text.split()) <= 7
        and len(text) <= 60
        and not any(char.isdigit() or char in ".:?!" for char in text)
    )
    return text if piece.kind == "text" and beside and loud and is_name else ""


def _is_apart(piece: Piece, root: Tag) -> bool:
    """Tools, tags, related news: inside or beside the article, but not of it."""
    shared = {id(root), *(id(tag) for tag in root.parents)}
    for tag in ancestors(piece):
        if id(tag) in shared:
            return False
        if tag.name in ("nav", "aside", "footer", "form") or _NOT_ARTICLE.search(names_of(tag)):
            return True
    return False


def is_named_lead(piece: Piece) -> bool:
    """Whether the page calls the piece its lead."""
    return any(_LEAD_NAME.search(names_of(tag)) for tag in list(ancestors(piece))[:2])


def is_named_byline(piece: Piece) -> bool:
    """Whether the page calls the piece its byline."""
    return len(piece.text) <= 120 and any(
        _BYLINE_NAME.search(names_of(tag)) for tag in list(ancestors(piece))[:2]
    )


def _leads(piece: Piece, metadata: Metadata) -> bool:
    """Whether a piece between the title and the body belongs to the article: its lead, or a picture on top."""
    if piece.kind in ("image", "caption"):
        return True
    key = plain_key(piece.text)
    if is_named_lead(piece) or is_named_byline(piece):
        return True
    if any(
        len(key) > 30 and (plain_key(text).startswith(key[:60]) or key.startswith(plain_key(text)[:60]))
        for text in metadata.descriptions
    ):
        return True
    return len(piece.text) >= 60 and piece.linked < len(piece.text) / 2 and piece.kind == "text"


def _bylines_after(pieces: Sequence[Piece], last: int, root: Tag) -> list[int]:
    """A byline that stands right below the element with the body."""
    for at in range(last + 1, min(last + 4, len(pieces))):
        if is_named_byline(pieces[at]) and not _is_apart(pieces[at], root):
            return [at]
    return []
