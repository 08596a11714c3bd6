"""The unit of a report is typed by its code: a list of thousands of units would be no help."""

from __future__ import annotations

import pytest

from tests.factories_organisation import plant
from tests.portal.newsroom import article_data

pytestmark = pytest.mark.django_db


def test_a_code_is_kept_whatever_its_case_and_shown_again(newsroom):
    plant()
    article = newsroom.our_article
    said = {"report_unit": "lc-sp", "report_from": "01/01/2019", "report_to": "31/03/2019"}
    data = article_data(title=article.title, slug=article.slug, **said)
    path = f"/quan-tri/pages/{article.pk}/edit/"
    client = newsroom.signed_in(newsroom.editor)
    assert client.post(path, data).status_code == 302
    article = type(article).objects.get(pk=article.pk)
    draft = article.get_latest_revision_as_object()
    assert (draft.report_unit.code, draft.report_to.isoformat()) == ("LC-SP", "2019-03-31")
    body = client.get(path).text
    assert 'value="LC-SP"' in body
    assert "LC-SP-002" not in body


def test_an_unknown_code_says_so_and_keeps_what_was_typed(newsroom):
    plant()
    article = newsroom.our_article
    data = article_data(title=article.title, slug=article.slug, report_unit="XX-9")
    body = newsroom.signed_in(newsroom.editor).post(f"/quan-tri/pages/{article.pk}/edit/", data).text
    assert "Không có đơn vị nào mang mã" in body
    assert 'value="XX-9"' in body
