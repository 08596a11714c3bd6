"""Taking a saved page of an old portal over: its article, and what stood around it."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

import structlog
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from PIL import Image
from wagtail.models import Page

from congdoan import vntext
from congdoan.accounts.models import User
from congdoan.audit import actions as audit
from congdoan.media.models import Picture
from congdoan.portal.errors import MayNotImportError, NoNewsIndexError
from congdoan.portal.importing import (
    Block,
    Figure,
    Heading,
    ItemList,
    Paragraph,
    ParsedPage,
    Quote,
    Table,
)
from congdoan.portal.importing.parsed import cut_at_word
from congdoan.portal.models import ArticlePage, CategoryPage, NewsIndexPage

log = structlog.get_logger(__name__)

DEFAULT_CATEGORY = "Tin tức chung"
"""Where an article goes whose page does not name a category."""
_ATTEMPTS = 3
_SLUG_LENGTH = 100
_LARGEST_PICTURE = 60_000_000
"""Pixels. A larger picture is left out: drawing its sizes would need more memory than a small server has."""


@dataclass(frozen=True, slots=True)
class Imported:
    """The article of a page; ``created`` is False when it had been imported before and nothing was changed."""

    article: ArticlePage
    created: bool

    @property
    def category(self) -> CategoryPage:
        """The category that the article stands in."""
        category: CategoryPage = self.article.get_parent().specific
        return category


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article belongs: a category that exists, or ``missing`` ones to be made below ``above``."""

    above: Page
    missing: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Name of the category, existing or not."""
        return self.missing[-1] if self.missing else str(self.above.title)


def import_page(
    parsed: ParsedPage, *, by: User | None, publish: bool, category: CategoryPage | None = None
) -> Imported:
    """Make an article of a saved page, as a draft or published, in ``category`` or in the one that the page names.

    The same article is made once, whichever file or encoding it comes in, also when two people import it at the same
    moment: the second gets the first one's article, unchanged. A category is found by its name without regard to
    diacritics, or made below the one that the breadcrumb names. ``by`` is ``None`` on the command line, whose user
    rules the server anyway. Raises ``MayNotImportError``, ``NoNewsIndexError``.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            with transaction.atomic():
                return _import(parsed, by=by, publish=publish, category=category)
        except IntegrityError:
            # Somebody else took the place in the tree, or imported the same article: look again at what is there now.
            if attempt == _ATTEMPTS:
                raise
            log.info("an import is tried again", attempt=attempt)
    raise AssertionError("the loop above returns or raises")


def find_imported(parsed: ParsedPage) -> ArticlePage | None:
    """The article that an earlier import of the same page made."""
    return ArticlePage.objects.filter(import_key=parsed.source_digest).first()


def _import(parsed: ParsedPage, *, by: User | None, publish: bool, category: CategoryPage | None) -> Imported:
    index = _locked_index()
    place = Place(category) if category is not None else find_place(index, parsed.breadcrumb)
    _check_rights(place, by, publish=publish)
    existing = find_imported(parsed)
    if existing is not None:
        return Imported(existing, created=False)

    parent = _make_categories(place, by)
    article = ArticlePage(
        title=parsed.title,
        slug=_free_slug(parsed.title, parent),
        lead=parsed.lead,
        body=json.dumps(_stream(parsed, by), ensure_ascii=False),
        author=cut_at_word(parsed.author, 120),
        organisation=cut_at_word(parsed.organisation, 160),
        sources=_sources(parsed),
        import_key=parsed.source_digest,
        live=False,
        owner=by,
        **_dates(parsed),
    )
    parent.add_child(instance=article)
    revision = article.save_revision(user=by, log_action=True)
    if publish:
        revision.publish(user=by)
        article.refresh_from_db()
    audit.record(
        "article.imported",
        article,
        actor=by,
        after={
            "file": parsed.filename,
            "encoding": parsed.encoding,
            "import_key": parsed.source_digest,
            "category": str(parent.title),
            "byline": parsed.byline,
            "published": publish,
        },
    )
    return Imported(article, created=True)


def _locked_index() -> NewsIndexPage:
    """The news index, its row locked until commit: imports queue here, so each sees what the one before made."""
    index = NewsIndexPage.objects.first()
    if index is None:
        raise NoNewsIndexError
    Page.objects.select_for_update().get(pk=index.pk)
    return index


def _check_rights(place: Place, by: User | None, *, publish: bool) -> None:
    if by is None:
        return
    rights = place.above.permissions_for_user(by)
    if not rights.can_add_subpage():
        raise MayNotImportError(place.name, publishing=False)
    if publish and not rights.can_publish_subpage():
        raise MayNotImportError(place.name, publishing=True)


# --- Categories ------------------------------------------------------------------------------------


def find_place(index: NewsIndexPage, breadcrumb: Sequence[str]) -> Place:
    """Where an article with this breadcrumb belongs. Names are compared folded, punctuation left out."""
    names = [name for name in breadcrumb if _key(name)]
    if names and _key(names[-1]) == _key(index.title):
        names.pop()
    names = names or [DEFAULT_CATEGORY]
    categories = list(CategoryPage.objects.descendant_of(index).order_by("depth", "path"))
    named = [category for category in categories if _key(category.title) == _key(names[-1])]
    if named:
        above = _key(names[-2]) if len(names) > 1 else ""
        named.sort(key=lambda category: _key(category.get_parent().title) != above)
        return Place(named[0])

    parent: Page = index
    for depth, name in enumerate(names[:-1]):
        known = next((category for category in categories if _key(category.title) == _key(name)), None)
        if known is not None:
            parent = known
        elif depth > 0:
            # The first step of a breadcrumb is the news themselves, whatever the old portal called them.
            return Place(parent, tuple(cut_at_word(missing, 255) for missing in names[depth:]))
    return Place(parent, (cut_at_word(names[-1], 255),))


def _key(name: str) -> str:
    return " ".join(word.folded for word in vntext.words(name))


def _make_categories(place: Place, by: User | None) -> Page:
    """The page that the article goes below; categories that are missing are made, live if ``by`` may publish there."""
    above = Page.objects.get(pk=place.above.pk).specific
    for name in place.missing:
        live = by is None or above.permissions_for_user(by).can_publish_subpage()
        taken = set(CategoryPage.objects.values_list("slug", flat=True))
        category = CategoryPage(title=name, slug=_numbered(name, "chuyen-muc", taken), live=live, owner=by)
        above.add_child(instance=category)
        revision = category.save_revision(user=by, log_action=True)
        if live:
            revision.publish(user=by)
        audit.record("category.created", category, actor=by, after={"title": name, "live": live})
        above = Page.objects.get(pk=category.pk).specific
    return above


def _free_slug(title: str, parent: Page) -> str:
    """A slug that neither a sibling has nor any category: the address of an article names one category only."""
    taken = set(parent.get_children().values_list("slug", flat=True))
    taken |= set(CategoryPage.objects.values_list("slug", flat=True))
    return _numbered(title, "bai-viet", taken)


def _numbered(words: str, otherwise: str, taken: set[str]) -> str:
    stem = vntext.slugify(words, max_length=_SLUG_LENGTH) or otherwise
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


# --- The article -----------------------------------------------------------------------------------


def _dates(parsed: ParsedPage) -> dict[str, Any]:
    """The shown date and how well it is known: of a page that only says when it was saved, not later than that day."""
    if parsed.published_at is not None:
        moment = parsed.published_at
        local = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
        return {"dated": local, "date_precision": ArticlePage.DatePrecision.EXACT}
    dated: dt.datetime | None = None
    if parsed.captured_on is not None:
        dated = timezone.make_aware(dt.datetime.combine(parsed.captured_on, dt.time(23, 59, 59)))
    return {"dated": dated, "date_precision": ArticlePage.DatePrecision.NOT_LATER}


def _sources(parsed: ParsedPage) -> str:
    return "\n".join(filter(None, [parsed.article.sources, parsed.source_url]))


def _stream(parsed: ParsedPage, by: User | None) -> list[dict[str, Any]]:
    """The blocks as a StreamField stores them."""
    pictures = {src: _picture(src, data, parsed, by) for src, data in parsed.pictures.items()}
    values = [_value(block, pictures) for block in parsed.blocks]
    return [{"type": kind, "value": value, "id": str(uuid.uuid4())} for kind, value in filter(None, values)]


def _value(block: Block, pictures: Mapping[str, Picture | None]) -> tuple[str, Any] | None:
    match block:
        case Paragraph():
            return "paragraph", f"<p>{block.html}</p>"
        case ItemList():
            tag = "ol" if block.ordered else "ul"
            return "paragraph", f"<{tag}>{''.join(f'<li>{item.html}</li>' for item in block.items)}</{tag}>"
        case Heading():
            return "heading", block.text
        case Quote():
            return "quote", {"text": block.text, "attribution": block.attribution}
        case Table():
            return "table", {"table": _table(block)}
        case Figure():
            picture = pictures.get(block.src)
            if picture is None and not block.caption:
                return None
            alt = block.alt or block.caption
            image = {
                "image": picture.pk if picture else None,
                "alt_text": alt if picture else None,
                "decorative": False,
            }
            return "figure", {"image": image, "caption": block.caption, "credit": ""}


def _table(table: Table) -> dict[str, Any]:
    head, rows = (
        (table.rows[0], table.rows[1:]) if table.has_head else (("",) * len(table.rows[0]), table.rows)
    )
    columns = [
        {"type": "number" if _all_numbers([row[at] for row in rows]) else "text", "heading": heading}
        for at, heading in enumerate(head)
    ]
    return {"columns": columns, "rows": [{"values": list(row)} for row in rows], "caption": ""}


def _all_numbers(cells: Iterable[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(_is_number(cell) for cell in filled)


def _is_number(cell: str) -> bool:
    try:
        vntext.parse_number(cell)
    except vntext.NumberError:
        return False
    return True


def _picture(src: str, data: bytes, parsed: ParsedPage, by: User | None) -> Picture | None:
    """Store a picture that lay beside the page; ``None`` for a file that is no picture or far too large."""
    try:
        with Image.open(BytesIO(data)) as image:
            image.verify()
            kind, pixels = str(image.format or "").lower(), image.width * image.height
    except Exception as error:  # noqa: BLE001  # a broken file fails in many ways; the article does without it
        log.info("a picture of a saved page was left out", src=src[:200], error=repr(error))
        return None
    if kind not in {"jpeg", "png", "gif", "webp", "avif"} or pixels > _LARGEST_PICTURE:
        return None
    figure = next(block for block in parsed.blocks if isinstance(block, Figure) and block.src == src)
    words = figure.alt or figure.caption or parsed.title
    stem = (
        vntext.slugify(PurePosixPath(src).stem if not src.startswith("data:") else words, max_length=60)
        or "anh"
    )
    picture = Picture(
        title=cut_at_word(words, 255),
        description=cut_at_word(figure.alt or figure.caption, 255),
        file=ContentFile(data, name=f"{stem}.{'jpg' if kind == 'jpeg' else kind}"),
        uploaded_by_user=by,
    )
    picture.save()
    return picture
