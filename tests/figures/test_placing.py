"""Confirmed figures of an imported article become live ones, where the page reads the same afterwards."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from congdoan.figures.models import PageFigure, ReadFigure, Reading
from congdoan.organisation.models import Unit
from congdoan.organisation.rights import Role
from tests.factories import make_article, make_category, make_site
from tests.factories_organisation import acting
from tests.figures.test_freezing import QUARTER, union  # noqa: F401  # a fixture

pytestmark = pytest.mark.django_db

DESK = "/lam-viec/doc-so-lieu/"
TEXT = (
    "<p>Quý IV/2013 có <b>12.076</b> buổi, hay 12.076 lần mời; đơn vị bạn có 11.500 người.</p>"
    "<p>Năm sau dự kiến 15 buổi &amp; 3 hội nghị.</p>"
)
SAID = {"indicator": "f", "start_on": "01/10/2013", "end_on": "31/12/2013"}


@pytest.fixture
def article(union):  # noqa: F811
    make_site()
    body = json.dumps([{"type": "heading", "value": "Mở đầu"}, {"type": "paragraph", "value": TEXT}])
    return make_article(
        make_category(),
        title="Bài nhập từ trang cũ",
        body=body,
        report_unit=Unit.objects.get(code="VN"),
        report_from=QUARTER.start,
        report_to=QUARTER.end,
    )


@pytest.fixture
def editor(article):
    capacity = acting(Role.EDITOR, Unit.objects.get(code="P1"))
    capacity.user.is_superuser = True
    capacity.user.save()
    client = Client()
    client.force_login(capacity.user)
    return client


def read(client, article):
    answer = client.post(f"/quan-tri/so-lieu/doc/{article.pk}/")
    assert answer.status_code == 302
    reading = Reading.objects.latest("pk")
    assert answer["Location"] == f"{DESK}{reading.pk}/"
    return reading


def confirm(client, figure, **said):
    prefix = f"f{figure.pk}"
    data = {f"{prefix}-{name}": value for name, value in (SAID | said).items()}
    answer = client.post(f"{DESK}{figure.reading_id}/so/{figure.pk}/", data | {"viec": "nhan"})
    assert answer.status_code == 302


def draft_of(article):
    return type(article).objects.get(pk=article.pk).get_latest_revision_as_object()


def numbers(reading, text):
    return [one for one in reading.figures.order_by("number_start") if one.found["number_text"] == text]


def test_a_figure_that_the_reports_confirm_becomes_live_and_the_words_stay(editor, article):
    reading = read(editor, article)
    first, second = numbers(reading, "12.076")
    for figure in (first, second):
        confirm(editor, figure, value="12.076")
    page = editor.get(f"{DESK}{reading.pk}/").text
    assert f"{DESK}{reading.pk}/vao-bai/" in page
    assert editor.get(f"{DESK}{reading.pk}/vao-bai/").text.count("<strong>12.076</strong>") == 2
    answer = editor.post(f"{DESK}{reading.pk}/vao-bai/")
    assert answer["Location"] == f"/quan-tri/pages/{article.pk}/edit/"
    draft = draft_of(article)
    source = draft.body[1].value.source
    assert source.count('embedtype="figure"') == 2
    assert "<b><embed" in source
    assert "12.076" not in source
    assert "15 buổi &amp; 3 hội nghị" in source
    assert draft.body[0].value == "Mở đầu"
    article.refresh_from_db()
    assert "12.076" in article.body[1].value.source  # nothing is published
    draft.save_revision().publish()
    assert PageFigure.objects.get(page=article.pk).figure.value == 12076
    body = editor.get(article.url).text
    assert "hay " in body
    assert body.count(">12.076<span") == 2


def test_a_number_that_the_reports_do_not_confirm_stays_and_is_told(editor, article):
    reading = read(editor, article)
    (figure,) = numbers(reading, "11.500")
    confirm(editor, figure, value="11.500")
    body = editor.get(f"{DESK}{reading.pk}/vao-bai/").text
    assert "báo cáo là 12.076" in body
    assert "Sẽ đưa vào" not in body
    editor.post(f"{DESK}{reading.pk}/vao-bai/")
    assert "11.500" in draft_of(article).body[1].value.source
    assert "<embed" not in draft_of(article).body[1].value.source


def test_without_days_or_after_the_text_was_changed_nothing_is_put(editor, article):
    reading = read(editor, article)
    first, second = numbers(reading, "12.076")
    confirm(editor, first, value="12.076")
    confirm(editor, second, value="12.076", start_on="", end_on="")
    assert "Chưa ghi ngày" in editor.get(f"{DESK}{reading.pk}/vao-bai/").text
    changed = draft_of(article)
    changed.body[1].value.source = TEXT.replace("Quý", "Trong quý")
    changed.save_revision()
    assert "Bài đã sửa" in editor.get(f"{DESK}{reading.pk}/vao-bai/").text
    editor.post(f"{DESK}{reading.pk}/vao-bai/")
    assert "<embed" not in draft_of(article).body[1].value.source


def test_live_figures_that_stand_there_are_not_read_again(editor, article):
    reading = read(editor, article)
    confirm(editor, numbers(reading, "12.076")[0], value="12.076")
    editor.post(f"{DESK}{reading.pk}/vao-bai/")
    again = read(editor, article)
    assert len(numbers(again, "12.076")) == 1
    confirm(editor, numbers(again, "12.076")[0], value="12.076")
    editor.post(f"{DESK}{again.pk}/vao-bai/")
    assert draft_of(article).body[1].value.source.count("<embed") == 2


def test_who_may_not_edit_the_article_neither_reads_nor_changes_it(editor, article):
    reading = read(editor, article)
    confirm(editor, numbers(reading, "12.076")[0], value="12.076")
    stranger = acting(Role.CHAIR, Unit.objects.get(code="G0"))
    Reading.objects.filter(pk=reading.pk).update(owner=stranger.user)
    client = Client()
    client.force_login(stranger.user)
    assert client.get(f"{DESK}{reading.pk}/vao-bai/").status_code in (403, 404)
    assert client.post(f"{DESK}{reading.pk}/vao-bai/").status_code in (403, 404)
    assert client.post(f"/quan-tri/so-lieu/doc/{article.pk}/").status_code in (302, 403, 404)
    assert Reading.objects.count() == 1
    assert ReadFigure.objects.filter(state="confirmed").exists()
    assert "<embed" not in draft_of(article).body[1].value.source
