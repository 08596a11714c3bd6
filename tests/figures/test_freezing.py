"""A published figure stays what it was, can be computed again, and differs openly when its data change."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from congdoan.figures.actions.deciding import correct, keep, notice
from congdoan.figures.actions.freezing import digest_of, freeze, freeze_page
from congdoan.figures.engine.specs import Asked, Form, Spec
from congdoan.figures.engine.windows import Window
from congdoan.figures.errors import NoDiscrepancyError
from congdoan.figures.models import Discrepancy, Erratum, PageFigure, PublishedFigure
from congdoan.figures.queries import computing
from congdoan.figures.queries.computing import compute
from congdoan.figures.queries.replaying import Fault, replay
from congdoan.figures.queries.showing import figures_of
from congdoan.portal.models import ArticlePage
from congdoan.reporting.actions.refreshing import refresh_all
from tests.factories import make_article, make_category, make_site
from tests.reporting import scenes

pytestmark = pytest.mark.django_db

QUARTER = Window(date(2013, 10, 1), date(2013, 12, 31))


def embed(spec):
    words = " ".join(f'{name}="{value}"' for name, value in spec.attributes().items())
    return f'<p>Cả tỉnh có <embed embedtype="figure" {words}/> buổi.</p>'


@pytest.fixture
def union():
    union = scenes.union()
    report = union.reports()[0]
    union.send(report, [12076, 7, None, 1, 1])
    union.accept(report)
    refresh_all()
    return union


@pytest.fixture
def article(union):
    spec = Spec("f", unit="VN", window=QUARTER, basis="as-was", form=Form.UNIT)
    with transaction.atomic():  # tests in a browser have none around them
        make_site()
        return make_article(
            make_category(),
            title="Sáu năm tuyên truyền",
            body=json.dumps([{"type": "paragraph", "value": embed(spec)}]),
        )


def correct_report(union, value):
    report = union.reports()[0]
    union.send(report, [value, 7, None, 1, 1])
    union.accept(report)
    refresh_all()


def test_publishing_freezes_what_the_text_shows(article):
    (row,) = PageFigure.objects.all()
    assert row.figure.value == 12076
    assert row.figure.digest == digest_of(row.figure)
    assert freeze_page(article) == []
    assert PublishedFigure.objects.count() == 1


def test_a_correction_never_changes_what_was_published(union, article):
    correct_report(union, 11000)
    assert compute([Asked("f", "", "VN", QUARTER, "as-was")]).popitem()[1].figure.value == 11000
    freeze_page(article)
    (shown,) = figures_of(article).shown.values()
    assert shown.value == 12076


def test_a_replay_gives_the_same_value_whatever_happened_since(union, article):
    correct_report(union, 11000)
    (outcome,) = replay(PublishedFigure.objects.select_related("indicator", "unit"), digest_of)
    assert outcome.fault is None
    assert outcome.again["value"] == 12076


def test_a_replay_notices_a_row_that_was_rewritten(article):
    figure = PublishedFigure.objects.select_related("indicator", "unit").get()
    figure.value = 13000
    (outcome,) = replay([figure], digest_of)
    assert outcome.fault is Fault.DIGEST
    figure.digest = digest_of(figure)
    (outcome,) = replay([figure], digest_of)
    assert outcome.fault is Fault.REPLAY


def test_the_database_refuses_to_change_a_published_figure(article):
    for change in (lambda rows: rows.update(value=1), lambda rows: rows.get().delete()):
        PageFigure.objects.all().delete()
        with pytest.raises(DatabaseError), transaction.atomic():
            change(PublishedFigure.objects.all())
    assert PublishedFigure.objects.get().value == 12076


def test_a_difference_is_told_once_and_again_when_the_data_change_again(union, article):
    assert notice() == []
    correct_report(union, 11000)
    (first,) = notice()
    assert first.now["value"] == 11000
    assert notice() == []
    keep(Discrepancy.objects.get().pk, reason="Số cũ đã dùng trong nghị quyết", actor=None)
    assert notice() == []
    correct_report(union, 10000)
    assert len(notice()) == 1
    correct_report(union, 12076)
    assert notice() == []
    assert Discrepancy.objects.order_by("pk").last().state == Discrepancy.State.GONE


def test_an_erratum_replaces_the_figure_and_says_what_it_was(union, article):
    correct_report(union, 11000)
    notice()
    erratum = correct(Discrepancy.objects.get().pk, reason="Đơn vị đếm trùng", actor=None)
    (shown,) = figures_of(article).shown.values()
    assert shown.value == 11000
    assert (erratum.old.value, erratum.new.value) == (12076, 11000)
    with pytest.raises(NoDiscrepancyError):
        keep(Discrepancy.objects.get().pk, reason="x", actor=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        Erratum.objects.update(reason="khác")


def test_what_nobody_reported_is_not_published(union):
    asked = Asked("f", "", "P2", Window(date(2014, 1, 1), date(2014, 3, 31)), "as-was")
    assert freeze(compute([asked]).values()) == {}


def test_a_sensitive_indicator_is_never_computed_for_a_page(union):
    asked = Asked("f", "", "VN", QUARTER, "as-was")
    assert compute([asked])
    indicator = compute([asked])[asked].figure.indicator
    indicator.is_sensitive, indicator.is_public = True, False
    indicator.save()
    assert compute([asked]) == {}


def test_readers_get_a_link_to_the_source_of_the_figure(client, article):
    page = ArticlePage.objects.get(pk=article.pk)
    body = client.get(page.url).text
    figure = PublishedFigure.objects.get()
    assert f'<a class="figure" href="/so-lieu/{figure.pk}/">12.076' in body
    assert client.get(f"/so-lieu/{figure.pk}/").status_code == 200


def test_in_a_vietnamese_text_figures_speak_vietnamese_also_to_english_readers(client, article):
    body = client.get(f"/en{article.url}").text

    assert "12.076" in body
    assert "12,076" not in body
    assert f'href="/en/so-lieu/{PublishedFigure.objects.get().pk}/"' in body


def test_figures_that_have_little_in_common_come_out_the_same_read_one_by_one(union, monkeypatch):
    quarters = [
        QUARTER,
        Window(date(2014, 1, 1), date(2014, 3, 31)),
        Window(date(2013, 10, 1), date(2014, 3, 31)),
    ]
    asked = [
        Asked("f", "", "VN", quarters[0], "as-was"),
        Asked("s", "", "P1", quarters[1], "as-was"),
        Asked("m", "", "D1", quarters[2], "as-was"),
        Asked("s", "sex=female", "G0", quarters[0], "as-was"),
    ]
    whole = {one: answer.figure for one, answer in compute(asked).items()}
    monkeypatch.setattr("congdoan.figures.queries.computing.DENSE", 0)
    grids = []
    grid = computing.Grid
    monkeypatch.setattr(
        computing, "Grid", lambda *parts, **named: grids.append(parts) or grid(*parts, **named)
    )
    assert {one: answer.figure for one, answer in compute(asked).items()} == whole
    assert len(grids) == 3
