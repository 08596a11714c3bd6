"""What search knows of documents. The example for other apps: a source, registered when the app is ready."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from congdoan.documents.models import Document
from congdoan.documents.queries import public_documents
from congdoan.search import sources
from congdoan.search.engine import Document as Indexed

KIND = "document"
"""Never changes: addresses (``?loai=document``) and the outbox name it."""


def documents(keys: Sequence[str]) -> Iterator[Indexed]:
    """The public ones among ``keys``: what is left out here disappears from the index."""
    for document in public_documents().filter(pk__in=[int(key) for key in keys]):
        yield Indexed(
            kind=KIND,
            key=str(document.pk),
            title=document.title,
            url=document.get_absolute_url(),
            symbol=document.symbol,
            context=" ".join([document.kind.name, document.issuer, document.signer, document.field]),
            summary=document.abstract,
            date=document.issued_on,
            facets={
                "document_kind": document.kind.code,
                "issuer": document.issuer,
                "year": str(document.issued_on.year),
            },
        )


def all_keys() -> Iterator[str]:
    """Every document there is, public or not."""
    for pk in Document.objects.order_by("pk").values_list("pk", flat=True).iterator():
        yield str(pk)


sources.register(
    sources.Source(kind=KIND, label=_("Văn bản"), documents=documents, all_keys=all_keys, order=20)
)
