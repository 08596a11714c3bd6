"""Reading the library. Only public documents leave here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.template.defaultfilters import filesizeformat
from django.utils.translation import get_language

from congdoan import vntext
from congdoan.documents.models import Document
from congdoan.search.engine import Query, Snippet, Sort
from congdoan.search.queries import page_of

PAGE_SIZE = 20
SORTS: dict[str, Sort] = {"moi": "newest", "cu": "oldest"}
"""Orders that the address may name; anything else is by relevance where words are looked for."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters of the list offer: (value, words), only values that some public document has."""

    kinds: list[tuple[str, str]]
    issuers: list[tuple[str, str]]
    years: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Row:
    """One document in a list, as the component ``document_row`` takes it."""

    title: str
    url: str
    symbol: str
    issued_on: date
    issuer: str
    kind_name: str
    file_url: str
    file_label: str
    title_found: Snippet | None = None
    found: Snippet | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the list. ``is_waiting``: the index is being built just now."""

    page: Page[Row]
    total: int
    is_waiting: bool = False
    relaxed: bool = False


def public_documents() -> QuerySet[Document]:
    """Documents that everybody may read, newest first, ready to be listed without further queries."""
    return Document.objects.filter(live=True).select_related("kind", "file")


def choices() -> Choices:
    """Everything that can be filtered by, in one query."""
    rows = list(
        Document.objects.filter(live=True)
        .order_by()
        .values_list(
            "kind__code", "kind__name", "kind__name_en", "kind__sort_order", "issuer", "issued_on__year"
        )
        .distinct()
    )
    english = get_language() == "en"
    kinds = sorted(
        {(order, code, name_en if english else name) for code, name, name_en, order, _i, _y in rows}
    )
    issuers = sorted({row[4] for row in rows}, key=vntext.sort_key)
    years = sorted({row[5] for row in rows}, reverse=True)
    return Choices(
        kinds=[(code, name) for _order, code, name in kinds],
        issuers=[(issuer, issuer) for issuer in issuers],
        years=[(str(year), str(year)) for year in years],
    )


def listing(text: str, *, kind: str, issuer: str, year: str, sort: str, page: str | int | None) -> Listing:
    """Return one page of the public list; with ``text`` what search finds, else all that the filters leave."""
    if text:
        return _found(text, {"document_kind": kind, "issuer": issuer, "year": year}, sort, page)
    documents = public_documents()
    if kind:
        documents = documents.filter(kind__code=kind)
    if issuer:
        documents = documents.filter(issuer=issuer)
    if year:
        documents = documents.filter(issued_on__year=year)
    if SORTS.get(sort) == "oldest":
        documents = documents.order_by("issued_on", "pk")
    paginator = Paginator(documents, PAGE_SIZE)
    found = paginator.get_page(page)
    rows: Page[Row] = Page([row(document) for document in found.object_list], found.number, paginator)  # type: ignore[arg-type]  # the pager only asks for numbers
    return Listing(page=rows, total=paginator.count)


def _found(text: str, filters: Mapping[str, str], sort: str, page: str | int | None) -> Listing:
    query = Query(
        text=text,
        kinds=("document",),
        filters={name: [value] for name, value in filters.items() if value},
        sort=SORTS.get(sort, "relevance"),
    )
    found = page_of(query, page, PAGE_SIZE)
    if found is None:
        return Listing(page=Paginator[Row]([], PAGE_SIZE).page(1), total=0, is_waiting=True)
    results, hits = found
    # What is shown comes from the database: a document hidden a moment ago is not shown even if the index still has it.
    documents = public_documents().in_bulk([int(hit.key) for hit in hits.object_list])
    rows = [
        row(documents[int(hit.key)], title=hit.title, found=hit.snippet)
        for hit in hits.object_list
        if int(hit.key) in documents
    ]
    return Listing(
        page=Page(rows, hits.number, hits.paginator),  # type: ignore[arg-type]  # the pager only asks for numbers
        total=results.total,
        relaxed=results.relaxed,
    )


def by_slug(slug: str) -> Document:
    """Return a public document. Raises ``Document.DoesNotExist``."""
    return public_documents().get(slug=slug)


def row(document: Document, *, title: Snippet | None = None, found: Snippet | None = None) -> Row:
    """Return a document as lists show it; with what was found in it where somebody searched."""
    return Row(
        title=document.title,
        url=document.get_absolute_url(),
        symbol=document.symbol,
        issued_on=document.issued_on,
        issuer=document.issuer,
        kind_name=str(document.kind),
        file_url=document.file.url if document.file else "",
        file_label=file_label(document),
        title_found=title,
        found=found,
    )


def file_label(document: Document) -> str:
    """ "PDF, 240,0 KB"; empty without a file."""
    if document.file is None:
        return ""
    kind = str(document.file.file_extension).upper()
    return f"{kind}, {filesizeformat(document.file.file_size)}" if document.file.file_size else kind


def citation(document: Document) -> str:
    """How another document cites this one for the first time (Decree 30/2020): kind, symbol, date, issuer, title.

    Always Vietnamese: so it stands in a Vietnamese text.
    """
    kind = document.kind.name
    title = document.title
    if vntext.fold(title).startswith(vntext.fold(f"{kind} ")):
        title = title[len(vntext.nfc(kind)) :].strip()
    symbol = f" số {document.symbol}" if document.symbol else ""
    day = vntext.format_administrative(document.issued_on)
    return f"{kind}{symbol} {day} của {document.issuer}: {title}"


def facts(document: Document) -> dict[str, Any]:
    """The fields of a document as the audit trail keeps them."""
    return {
        "title": document.title,
        "slug": document.slug,
        "kind": document.kind_id,
        "symbol": document.symbol,
        "issuer": document.issuer,
        "signer": document.signer,
        "issued_on": document.issued_on.isoformat(),
        "field": document.field,
        "abstract": document.abstract,
        "file": document.file_id,
        "live": document.live,
    }
