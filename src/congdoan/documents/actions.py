"""Writing to the library: every change with its entry in the audit trail, in one transaction."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from congdoan import vntext
from congdoan.audit import actions as audit
from congdoan.documents.models import Document, DocumentKind
from congdoan.documents.queries import facts

KINDS_FILE = Path(__file__).parent / "content" / "kinds.toml"
_SLUG_LENGTH = 110  # leaves room for a number after it


@transaction.atomic
def load_kinds() -> int:
    """Add the kinds of document that are not there yet; return how many. What an editor changed stays."""
    kinds = tomllib.loads(KINDS_FILE.read_text(encoding="utf-8"))["kind"]
    known = set(DocumentKind.objects.values_list("code", flat=True))
    missing = [
        DocumentKind(sort_order=10 * place, **kind)
        for place, kind in enumerate(kinds, 1)
        if kind["code"] not in known
    ]
    for kind in missing:
        kind.save()
        audit.record("document_kind.created", kind, actor=None, after={"code": kind.code, "name": kind.name})
    return len(missing)


@transaction.atomic
def save_document(document: Document, *, by: AbstractBaseUser | None) -> Document:
    """Write a new or changed document; texts in NFC, an empty slug filled.

    Raises ``IntegrityError`` when the same symbol of the same issuer and day is there already.
    """
    before = None
    if document.pk is not None:
        before = facts(Document.objects.select_for_update().get(pk=document.pk))
    for field in ("title", "symbol", "issuer", "signer", "field", "abstract"):
        setattr(document, field, vntext.nfc(getattr(document, field)).strip())
    document.slug = document.slug or free_slug(document)
    document.save()
    record_saved(document, before=before, by=by)
    return document


def record_saved(
    document: Document, *, before: Mapping[str, Any] | None, by: AbstractBaseUser | None
) -> None:
    """Write to the trail what is different from ``before`` (``None``: the document is new)."""
    after = facts(document)
    if before is None:
        audit.record("document.created", document, actor=by, after=after)
        return
    changed = [name for name, value in after.items() if before.get(name) != value]
    if changed:
        audit.record(
            "document.changed",
            document,
            actor=by,
            before={name: before.get(name) for name in changed},
            after={name: after[name] for name in changed},
        )


@transaction.atomic
def delete_document(document: Document, *, by: AbstractBaseUser | None) -> None:
    """Delete a document; the trail keeps what it said. Its file stays among the files."""
    record_deleted(document, by=by)
    document.delete()


def record_deleted(document: Document, *, by: AbstractBaseUser | None) -> None:
    """Write to the trail what a document said that is about to be deleted, in the transaction that does it."""
    audit.record("document.deleted", document, actor=by, before=facts(document))


def free_slug(document: Document) -> str:
    """Return an address for a document: symbol and title, with a number where that is taken."""
    wanted = vntext.slugify(f"{document.symbol} {document.title}", _SLUG_LENGTH) or "van-ban"
    taken = set(
        Document.objects.filter(slug__startswith=wanted)
        .exclude(pk=document.pk)
        .values_list("slug", flat=True)
    )
    candidates = (wanted if number == 1 else f"{wanted}-{number}" for number in range(1, len(taken) + 2))
    return next(candidate for candidate in candidates if candidate not in taken)
