"""The front page shows the chosen figures: as they were published, else as they are; and follows when either changes."""

from __future__ import annotations

import pytest
from django.db import connection
from django.forms import modelform_factory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from congdoan.figures.forms.featured import FeaturedFigureForm
from congdoan.figures.models import FeaturedFigure
from congdoan.figures.queries.featured import featured
from congdoan.organisation.models import Unit
from congdoan.pages.cache import recording
from congdoan.pages.models.cache import Purge
from congdoan.reporting.models import Indicator, IndicatorVersion
from tests.factories import make_site
from tests.figures.small_cells import publish, small_union

pytestmark = pytest.mark.django_db


@pytest.fixture
def union():
    small_union()
    return make_site()


def choose(code="f", unit="VN", **fields):
    return FeaturedFigure.objects.create(
        indicator=Indicator.objects.get(code=code), unit=Unit.objects.get(code=unit), **fields
    )


def test_without_a_choice_there_is_no_block(client, union):
    assert "Số liệu của liên đoàn" not in client.get("/").text


def test_a_published_figure_leads_to_its_page_and_a_live_one_to_its_indicator(client, union):
    choose("f", note="Chưa kể tháng 12", sort_order=1)
    choose("s", sort_order=2)
    figure = publish()
    page = client.get("/").text
    assert f'<a href="/so-lieu/{figure.pk}/">Buổi</a>' in page
    assert "<b>12.076</b>" in page
    assert "Chưa kể tháng 12" in page
    assert '<a href="/so-lieu/chi-tieu/s/">Người</a>' in page


def test_they_stand_in_the_order_that_editors_gave_them(union):
    choose("s", sort_order=2)
    choose("f", sort_order=1)
    assert [one.row.indicator.code for one in featured(timezone.localdate())] == ["f", "s"]


def test_an_indicator_that_is_no_longer_for_everybody_goes(client, union):
    choose()
    publish()
    assert "12.076" in client.get("/").text
    Indicator.objects.filter(code="f").update(is_sensitive=True, is_public=False)
    assert "12.076" not in client.get("/").text


def test_queries_do_not_grow_with_the_figures(union):
    def count():
        with CaptureQueriesContext(connection) as queries:
            featured(timezone.localdate())
        return len(queries)

    choose("f")
    publish("f")
    one = count()
    for code in ("s", "a", "b"):
        choose(code)
        publish(code)
    assert count() == one <= 30


def test_the_front_page_follows_the_choice_and_the_totals(client, union):
    chosen = choose()
    with recording() as shown:
        client.get("/")
    assert {"totals", "figures", "articles"} <= shown.tags
    Purge.objects.all().delete()
    chosen.note = "Mới"
    chosen.save()
    assert ["figures"] in Purge.objects.values_list("tags", flat=True)


def test_editors_choose_by_name_and_not_by_code(union):
    form = modelform_factory(FeaturedFigure, form=FeaturedFigureForm, fields=["indicator", "unit"])()

    shown = [str(words) for _value, words in form.fields["indicator"].choices]

    named = IndicatorVersion.objects.get(indicator__code="f").name
    assert named in shown
    assert "f" not in shown
