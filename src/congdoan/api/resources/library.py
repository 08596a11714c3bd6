"""Documents, articles and Calls: what visitors may read. Public."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Query, Router

from congdoan.api import articles as news
from congdoan.api.asked import ArticlesAsked, CallsAsked, DocumentsAsked
from congdoan.api.shapes import ArticlePage, CallPage, DocumentPage
from congdoan.documents.models import Document
from congdoan.documents.queries import public_documents
from congdoan.participation.models import Call
from congdoan.participation.queries import public_calls

router = Router()
_DOCUMENT_ORDERS = {
    "issued_on": ["issued_on", "pk"],
    "-issued_on": ["-issued_on", "-pk"],
    "title": ["title", "pk"],
}


@router.get(
    "/documents", response=DocumentPage, url_name="documents", operation_id="documents", tags=["documents"]
)
def documents(request: HttpRequest, asked: Query[DocumentsAsked]) -> dict[str, Any]:
    """List the public documents."""
    found = public_documents()
    chosen = {
        "kind__code": asked.kind,
        "issuer": asked.issuer,
        "symbol": asked.symbol,
        "issued_on__gte": asked.since,
        "issued_on__lte": asked.until,
    }
    found = found.filter(**{name: value for name, value in chosen.items() if value})
    part = found.order_by(*_DOCUMENT_ORDERS[asked.sort])[asked.offset : asked.offset + asked.limit]
    return {"count": found.count(), "items": [_document(document) for document in part]}


def _document(document: Document) -> dict[str, Any]:
    return {
        "slug": document.slug,
        "url": document.get_absolute_url(),
        "title": document.title,
        "symbol": document.symbol or None,
        "kind": document.kind.code,
        "issuer": document.issuer,
        "signer": document.signer or None,
        "issued_on": document.issued_on,
        "field": document.field or None,
        "abstract": document.abstract or None,
        "file_url": document.file.url if document.file else None,
    }


@router.get(
    "/articles", response=ArticlePage, url_name="articles", operation_id="articles", tags=["articles"]
)
def articles(request: HttpRequest, asked: Query[ArticlesAsked]) -> dict[str, Any]:
    """List the published articles."""
    count, found = news.part(
        category=asked.category,
        since=asked.since,
        until=asked.until,
        oldest_first=asked.sort == "published_at",
        offset=asked.offset,
        limit=asked.limit,
    )
    items = [
        {
            "id": article.pk,
            "url": article.url,
            "title": article.title,
            "lead": article.lead,
            "category": article.category,
            "category_url": article.category_url,
            "published_at": article.date,
            "language": article.language,
        }
        for article in found
    ]
    return {"count": count, "items": items}


@router.get("/calls", response=CallPage, url_name="calls", operation_id="calls", tags=["calls"])
def calls(request: HttpRequest, asked: Query[CallsAsked]) -> dict[str, Any]:
    """List the Calls that visitors may see; drafts are not among them."""
    found = public_calls()
    if asked.state:
        found = found.filter(state=asked.state)
    order = ["opens_at", "pk"] if asked.sort == "opens_at" else ["-opens_at", "-pk"]
    part = found.order_by(*order)[asked.offset : asked.offset + asked.limit]
    return {"count": found.count(), "items": [_call(call) for call in part]}


def _call(call: Call) -> dict[str, Any]:
    return {
        "slug": call.slug,
        "url": reverse("participation:call", args=[call.slug]),
        "title": call.shown_title,
        "kind": call.kind,
        "state": call.state,
        "opens_at": call.opens_at,
        "closes_at": call.closes_at,
        "note": call.note or None,
    }
