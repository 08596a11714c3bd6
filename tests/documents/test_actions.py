"""Writing to the library."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from congdoan.audit.models import Entry
from congdoan.documents import actions
from congdoan.documents.models import Document, DocumentKind
from congdoan.documents.signals import document_changed
from congdoan.search.models import Pending
from tests.factories import DocumentFactory, DocumentKindFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_kinds_are_loaded_once_and_what_an_editor_changed_stays():
    assert actions.load_kinds() >= 25
    DocumentKind.objects.filter(code="plan").update(name="Kế hoạch công tác")
    assert actions.load_kinds() == 0
    assert DocumentKind.objects.get(code="plan").name == "Kế hoạch công tác"
    assert DocumentKind.objects.get(code="decision").abbreviation == "QĐ"


def test_a_document_gets_an_address_of_its_own_and_composed_text():
    kind, user = DocumentKindFactory(), UserFactory()

    def new(**fields: object) -> Document:
        return actions.save_document(
            Document(kind=kind, issuer="TLĐ", issued_on=date(2026, 1, 1), **fields), by=user
        )

    first = new(title="Đối thoại", symbol="01/KH-LĐLĐ")
    second = new(title="Đối thoại", symbol="")
    third = new(title="Đối thoại", symbol="")
    decomposed = new(title="Cô\u0323ng đoàn")

    assert (first.slug, second.slug, third.slug) == ("01-kh-ldld-doi-thoai", "doi-thoai", "doi-thoai-2")
    assert decomposed.title == "Cộng đoàn"
    entry = Entry.objects.get(object_id=str(first.pk), verb="document.created")
    assert entry.actor_id == str(user.pk)
    assert entry.after["symbol"] == "01/KH-LĐLĐ"


def test_a_change_tells_what_was_and_what_is():
    document = DocumentFactory(issuer="LĐLĐ tỉnh")
    document.issuer = "Tổng Liên đoàn"
    actions.save_document(document, by=None)

    entry = Entry.objects.get(verb="document.changed")
    assert (entry.before, entry.after) == ({"issuer": "LĐLĐ tỉnh"}, {"issuer": "Tổng Liên đoàn"})


def test_the_same_symbol_of_the_same_issuer_and_day_is_refused_but_not_of_another_year():
    DocumentFactory(symbol="01/CT-TLĐ", issuer="TLĐ", issued_on=date(2024, 1, 1))
    DocumentFactory(symbol="01/CT-TLĐ", issuer="TLĐ", issued_on=date(2025, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentFactory(symbol="01/CT-TLĐ", issuer="TLĐ", issued_on=date(2025, 1, 1))


def test_a_deleted_document_stays_in_the_trail():
    document = DocumentFactory(title="Sẽ bị xoá")
    actions.delete_document(document, by=None)

    assert not Document.objects.exists()
    assert Entry.objects.get(verb="document.deleted").before["title"] == "Sẽ bị xoá"


def test_every_change_is_noted_for_the_index_and_told_to_the_apps_above():
    heard: list[int | None] = []

    def listen(pk: int | None, **_kwargs: object) -> None:
        heard.append(pk)

    document_changed.connect(listen)
    try:
        document = DocumentFactory()
        pk = document.pk
        document.kind.save()
        document.delete()
    finally:
        document_changed.disconnect(listen)

    assert heard == [pk, None, pk]
    assert set(Pending.objects.values_list("kind", "key")) == {("document", str(pk))}
    assert Pending.objects.count() == 3
