"""What a published figure rests on is not deleted, and the refusal names the pages."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import ProtectedError
from django.test import Client

from congdoan.documents.models import Document
from congdoan.figures.actions.papers import PaperFigure, enter
from congdoan.figures.models import PublishedFigure
from congdoan.organisation.models import Unit
from congdoan.organisation.rights import Role
from congdoan.reporting.actions.configuring.removing import remove_indicator
from congdoan.reporting.errors import ConfigurationError
from congdoan.reporting.models import Indicator, IndicatorVersion
from tests.factories import DocumentFactory, UserFactory, make_site
from tests.factories_organisation import acting
from tests.figures.test_freezing import article, union  # noqa: F401  # fixtures

pytestmark = pytest.mark.django_db


def paper(document=None, indicator=None):
    unit = Unit.objects.get(code="VN")
    return enter(
        PaperFigure(
            indicator=indicator or Indicator.objects.get(code="f"),
            unit=unit,
            start=date(2010, 1, 1),
            end=date(2010, 12, 31),
            value=845,
            source="Báo cáo năm 2010",
            document=document,
        ),
        by=acting(Role.STATISTICS, unit),
    )


def test_a_document_that_a_figure_was_taken_from_stays(union):  # noqa: F811
    make_site()
    document, other = DocumentFactory(), DocumentFactory()
    figure = paper(document)
    client = Client()
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    for one in (document, other):
        path = one.snippet_viewset.get_admin_url_namespace()
        answer = client.post(f"/quan-tri/snippets/documents/document/delete/{one.pk}/", follow=True)
        assert answer.status_code == 200, path
    assert Document.objects.filter(pk=document.pk).exists()
    assert not Document.objects.filter(pk=other.pk).exists()
    answer = client.post(f"/quan-tri/snippets/documents/document/delete/{document.pk}/", follow=True)
    assert f"số liệu số {figure.pk}" in answer.text
    with pytest.raises(ProtectedError):
        document.delete()


def test_an_indicator_with_a_published_figure_stays_and_the_page_is_named(article):  # noqa: F811
    officer = acting(Role.STATISTICS, Unit.objects.get(code="VN"))
    made = Indicator.objects.create(code="old.sessions", kind="flow", owner=officer.unit)
    IndicatorVersion.objects.create(indicator=made, name="Buổi cũ", valid_from=date(2000, 1, 1))
    figure = paper(indicator=made)
    with pytest.raises(ConfigurationError, match=f"số liệu số {figure.pk}"):
        remove_indicator(made.pk, by=officer)
    page = article.figures_shown.get()
    page.figure = figure
    page.save()
    with pytest.raises(ConfigurationError, match="Sáu năm tuyên truyền"):
        remove_indicator(made.pk, by=officer)
    assert PublishedFigure.objects.filter(pk=figure.pk).exists()
    assert Indicator.objects.filter(pk=made.pk).exists()
