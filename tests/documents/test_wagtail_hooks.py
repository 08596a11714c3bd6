"""Editors keep the library in Wagtail's admin."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from congdoan.audit.models import Entry
from congdoan.documents.models import Document
from tests.factories import DocumentFactory, DocumentKindFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client) -> Any:
    user = UserFactory(is_superuser=True, is_staff=True)
    client.force_login(user)
    return user


def fields(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Kế hoạch tháng công nhân",
        "slug": "",
        "kind": DocumentKindFactory().pk,
        "symbol": "12/KH-LĐLĐ",
        "issuer": "LĐLĐ tỉnh Lào Cai",
        "issued_on": "2026-04-01",
        "signer": "",
        "field": "",
        "abstract": "",
        "file": "",
        "live": "on",
    } | changes


def test_an_editor_adds_changes_and_deletes_a_document_and_the_trail_tells_of_it(client, editor):
    response = client.post(reverse("wagtailsnippets_documents_document:add"), fields())
    assert response.status_code == 302, response.context["form"].errors
    document = Document.objects.get()
    assert document.slug == "12-kh-ldld-ke-hoach-thang-cong-nhan"

    address = reverse("wagtailsnippets_documents_document:edit", args=[document.pk])
    client.post(address, fields(slug=document.slug, symbol="13/KH-LĐLĐ"))
    client.post(reverse("wagtailsnippets_documents_document:delete", args=[document.pk]))

    assert not Document.objects.exists()
    entries = Entry.objects.filter(verb__startswith="document.").order_by("pk")
    assert [entry.verb for entry in entries] == ["document.created", "document.changed", "document.deleted"]
    assert {entry.actor_id for entry in entries} == {str(editor.pk)}
    assert (entries[1].before, entries[1].after) == ({"symbol": "12/KH-LĐLĐ"}, {"symbol": "13/KH-LĐLĐ"})


def test_a_double_is_refused_with_a_sentence_and_nothing_typed_is_lost(client, editor):
    DocumentFactory(symbol="12/KH-LĐLĐ", issuer="LĐLĐ tỉnh Lào Cai", issued_on="2026-04-01")
    response = client.post(reverse("wagtailsnippets_documents_document:add"), fields())

    assert response.status_code == 200
    assert Document.objects.count() == 1
    assert "Kế hoạch tháng công nhân" in response.content.decode()
    assert "Văn bản này đã có trong thư viện" in response.content.decode()


def test_the_list_is_searched_with_and_without_diacritics_and_filtered(
    client, editor, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        DocumentFactory(title="Thoả ước lao động tập thể", symbol="07/HD-LĐLĐ")
        DocumentFactory(title="Đại hội nhiệm kỳ")
    address = reverse("wagtailsnippets_documents_document:list")

    for typed in ("thoa uoc", "thỏa ước lao động", "07/hd-ldld", "hd ldld"):
        html = client.get(address, {"q": typed}).content.decode()
        assert "Thoả ước lao động tập thể" in html, typed
        assert "Đại hội nhiệm kỳ" not in html, typed
    assert client.get(address, {"q": "dai hoi", "live": "true"}).status_code == 200
