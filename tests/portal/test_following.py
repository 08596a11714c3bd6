"""What editors change is found and rendered anew."""

from __future__ import annotations

import pytest

from congdoan.documents import actions as documents
from congdoan.documents.models import Document
from congdoan.pages.models import Purge
from congdoan.search.models import Pending
from tests.factories import DocumentFactory, UserFactory, make_article, make_category

pytestmark = pytest.mark.django_db


def noted() -> set[tuple[str, str]]:
    return set(Pending.objects.values_list("kind", "key"))


def test_a_published_article_is_noted_for_the_index_and_a_draft_is_not():
    draft = make_article(publish=False)
    assert ("article", str(draft.pk)) not in noted()
    published = make_article()
    assert ("article", str(published.pk)) in noted()


def test_withdrawing_a_category_takes_its_articles_along():
    category = make_category()
    article = make_article(category)
    Pending.objects.all().delete()
    category.unpublish()
    assert ("article", str(article.pk)) in noted()


def test_a_deleted_article_is_noted():
    article = make_article()
    Pending.objects.all().delete()
    pk = article.pk
    article.delete()
    assert ("article", str(pk)) in noted()


def test_a_changed_document_makes_the_pages_that_list_documents_go_out_of_date():
    document = DocumentFactory()
    Purge.objects.all().delete()
    documents.delete_document(document, by=UserFactory(is_superuser=True))
    assert not Document.objects.exists()
    assert "documents" in Purge.objects.get().tags
