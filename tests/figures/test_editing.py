"""Editors put live figures into texts: what is stored, what is offered, who may ask, and what keeps a page from readers."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from congdoan.figures.engine.specs import Form, Shift, Spec
from congdoan.figures.engine.windows import Window
from congdoan.figures.models import PageFigure, PublishedFigure
from congdoan.figures.queries.finding import find_indicators, find_units
from congdoan.figures.queries.texts import specs_in, specs_of
from congdoan.portal.blocks import RICH_TEXT_FEATURES
from congdoan.portal.models import ArticlePage
from congdoan.reporting.actions.refreshing import refresh_all
from congdoan.reporting.models import Breakdown, Category, Indicator, IndicatorVersion
from tests.factories import UserFactory
from tests.portal.newsroom import article_data, make_newsroom, told
from tests.reporting import scenes

QUARTER = Window(date(2013, 10, 1), date(2013, 12, 31))
TODAY = date(2026, 1, 1)
NAME = "Buổi tuyên truyền pháp luật"
SECRET = "Đơn thư tố cáo"
DESCRIBED = "congdoan_figure_described"


def stored(spec):
    words = "".join(f' {name}="{value.replace("&", "&amp;")}"' for name, value in spec.attributes().items())
    return f'<embed embedtype="figure"{words}/>'


# What is stored comes back as it was.

codes = st.from_regex(r"[a-z][a-z0-9_.]{0,12}", fullmatch=True)
cells = st.lists(st.from_regex(r"[a-z]{1,5}=[a-z]{1,5}", fullmatch=True), max_size=2, unique=True)
specs = st.builds(
    Spec,
    codes,
    cells.map(lambda parts: "&".join(sorted(parts))),
    st.sampled_from(["", "VN", "LĐLĐ-01"]),
    st.sampled_from([None, QUARTER]),
    st.sampled_from(["", "as-was", "as-is"]),
    st.sampled_from(list(Form)),
    st.sampled_from(list(Shift)),
)
words = st.text(st.sampled_from("abcđườ ,.(&#"), min_size=1, max_size=8).map(
    lambda text: " ".join(text.split())
)
pieces = st.lists(st.one_of(specs, words.filter(bool)), min_size=1, max_size=6)


def converted(html):
    converter = ContentstateConverter(RICH_TEXT_FEATURES)
    return converter.to_database_format(converter.from_database_format(html))


def paragraph(parts, tag="p", within=""):
    inside = "".join(stored(part) if isinstance(part, Spec) else part.replace("&", "&amp;") for part in parts)
    inside = f"<{within}>{inside}</{within}>" if within else inside
    return f'<{tag} data-block-key="k1">{inside}</{tag}>'


@given(pieces, st.sampled_from(["", "b", "i"]))
def test_a_text_with_figures_passes_the_editor_unchanged(parts, within):
    html = paragraph(parts)
    assert converted(html) == html
    dressed = paragraph(parts, within=within)
    assert specs_in(converted(dressed)) == [part for part in parts if isinstance(part, Spec)]
    assert converted(converted(dressed)) == converted(dressed)
    assert "\u2060" not in converted(dressed)


@given(pieces)
def test_a_figure_inside_a_link_cuts_the_link_and_loses_nothing(parts):
    html = f'<p data-block-key="k1">x <a href="/a">{paragraph(parts)[len("""<p data-block-key="k1">""") : -4]}</a> y</p>'
    again = converted(html)
    assert specs_in(again) == [part for part in parts if isinstance(part, Spec)]
    assert converted(again) == again
    assert "\u2060" not in again


def test_a_bold_figure_stays_bold():
    html = paragraph(["tăng ", Spec("f")], within="b")
    assert converted(html) == f'<p data-block-key="k1"><b>tăng </b><b>{stored(Spec("f"))}</b></p>'


# What is offered, and to whom.


@pytest.fixture
def union(db):
    union = scenes.union()
    report = union.reports()[0]
    union.send(report, [12076, 7, None, 1, 1])
    union.accept(report)
    refresh_all()
    Indicator.objects.filter(code="f").update(topic="Tuyên giáo")
    IndicatorVersion.objects.filter(indicator__code="f").update(name=NAME, measure_unit="buổi")
    IndicatorVersion.objects.filter(indicator__code="a").update(name=SECRET)
    Indicator.objects.filter(code="a").update(is_sensitive=True, is_public=False)
    Indicator.objects.filter(code="m").update(is_public=False)
    sex = Breakdown.objects.create(code="sex-of-test", name="Giới", name_en="Sex")
    Breakdown.objects.filter(code="sex").exists() or Breakdown.objects.filter(pk=sex.pk).update(code="sex")
    Category.objects.get_or_create(
        breakdown=Breakdown.objects.get(code="sex"),
        code="female",
        defaults={"name": "Nữ", "name_en": "Female"},
    )
    return union


@pytest.fixture
def newsroom(union):
    return make_newsroom()


@pytest.mark.parametrize("text", ["tuyen truyen", "BUỔI", "f", "tuyen giao phap", "Tuyên giáo"])
def test_an_indicator_is_found_by_name_code_topic_and_measure_unit_without_diacritics(union, text):
    assert "f" in [one.code for one in find_indicators(text, TODAY)]


def test_sensitive_and_closed_indicators_are_never_found(union):
    assert {"f", "s"} <= {one.code for one in find_indicators("", TODAY)}
    for text in ("", "to cao", "a", "m"):
        assert not {"a", "m"} & {one.code for one in find_indicators(text, TODAY)}


def test_the_cells_of_an_indicator_come_with_their_names(union):
    (found,) = [one for one in find_indicators("", TODAY) if one.code == "s"]
    assert [cell for cell, _name in found.cells] == ["sex=female"]
    assert found.cells[0][1] == "Nữ"


def test_a_unit_is_found_by_its_code_and_by_words(union):
    assert find_units("p2", TODAY)[0][0] == "P2"
    assert [code for code, _name in find_units("khong co don vi nay", TODAY)] == []


def ask(client, specs, **scope):
    return client.post(
        reverse(DESCRIBED),
        json.dumps(
            {"specs": [one.attributes() if isinstance(one, Spec) else one for one in specs], "scope": scope}
        ),
        content_type="application/json",
    )


def test_only_those_who_write_pages_may_ask(newsroom, client):
    reader = UserFactory(username="doc-gia")
    for name in ("congdoan_figure_dialog", "congdoan_figure_indicators", "congdoan_figure_units"):
        assert newsroom.signed_in(newsroom.department).get(reverse(name)).status_code == 200
        assert newsroom.signed_in(reader).get(reverse(name)).status_code in (302, 403)
        assert client.get(reverse(name)).status_code == 302
    assert ask(newsroom.signed_in(newsroom.department), [Spec("f")]).status_code == 200
    assert ask(newsroom.signed_in(reader), [Spec("f")]).status_code in (302, 403)
    assert newsroom.signed_in(newsroom.department).get(reverse(DESCRIBED)).status_code == 405


def test_the_server_words_every_form_and_says_what_is_missing(newsroom):
    client = newsroom.signed_in(newsroom.department)
    number = Spec("f", unit="VN", window=QUARTER)
    empty = Spec("f", unit="VN", window=Window(date(2020, 1, 1), date(2020, 3, 31)))
    items = ask(
        client,
        [
            number,
            Spec("f", unit="VN", window=QUARTER, form=Form.UNIT),
            Spec("f", unit="VN", window=QUARTER, form=Form.CHANGE_WORD),
            empty,
            Spec("f"),
            Spec("f", cell="sex=male", unit="VN", window=QUARTER),
            Spec("f", unit="XX", window=QUARTER),
            {"indicator": "f", "window": "2014-01-01..2013-01-01"},
        ],
    ).json()["items"]
    assert [one["words"] for one in items[:3]] == ["12.076", "12.076 buổi", ""]
    assert items[0]["name"] == NAME
    assert items[0]["window"] == "01/10/2013–31/12/2013"
    assert "trong" in items[0]["coverage"]
    assert [one["fault"] for one in items] == [False, False, False, False, True, True, True, True]
    assert "Kỳ được so sánh" in items[2]["problem"]
    assert "…" in items[3]["problem"]
    assert all(one["problem"] for one in items[2:])


def test_figures_without_unit_and_time_take_those_that_the_pages_form_says(newsroom, union):
    client = newsroom.signed_in(newsroom.department)
    unit = union.enter.unit
    (item,) = ask(
        client, [Spec("f")], unit=unit.code.lower(), **{"from": "01/10/2013", "to": "2013-12-31"}
    ).json()["items"]
    assert item["words"] == "12.076"


def test_of_a_sensitive_indicator_the_server_tells_no_more_than_of_an_unknown_one(newsroom):
    client = newsroom.signed_in(newsroom.admin)
    answer = ask(client, [Spec("a", unit="VN", window=QUARTER), Spec("khong.co", unit="VN", window=QUARTER)])
    sensitive, unknown = answer.json()["items"]
    assert SECRET not in answer.text
    assert sensitive["problem"].replace("“a”", "") == unknown["problem"].replace("“khong.co”", "")
    assert sensitive | {"problem": "", "name": ""} == unknown | {"problem": "", "name": ""}
    assert SECRET not in client.get(reverse("congdoan_figure_indicators"), {"ma": "a"}).text


@pytest.mark.parametrize(
    "body", ["", "[]", '{"specs": 3}', '{"specs": [1]}', json.dumps({"specs": [{}] * 201})]
)
def test_what_cannot_be_read_is_refused(newsroom, body):
    client = newsroom.signed_in(newsroom.department)
    answer = client.post(reverse(DESCRIBED), body, content_type="application/json")
    assert answer.status_code == 400


def test_the_number_of_queries_does_not_grow_with_the_figures(newsroom, django_assert_max_num_queries):
    client = newsroom.signed_in(newsroom.department)
    many = [Spec("f", unit=unit, window=QUARTER, form=form) for unit in scenes.TREE for form in Form]
    with django_assert_max_num_queries(40):
        assert len(ask(client, many).json()["items"]) == len(many)


# What keeps a page from readers.


def edit(newsroom, html="", blocks=None, **fields):
    """Publish the department's article with these blocks; return the answer."""
    article = newsroom.our_article
    data = article_data(title=article.title, slug=article.slug, report_basis="as-was", report_compare="")
    converter = ContentstateConverter(RICH_TEXT_FEATURES)
    sent = blocks if blocks is not None else [("paragraph", {"": converter.from_database_format(html)})]
    data["body-count"] = str(len(sent))
    for at, (kind, values) in enumerate(sent):
        data |= {
            f"body-{at}-deleted": "",
            f"body-{at}-order": str(at),
            f"body-{at}-type": kind,
            f"body-{at}-id": "",
        }
        data |= {f"body-{at}-value{name}": value for name, value in values.items()}
    return newsroom.signed_in(newsroom.department).post(
        reverse("wagtailadmin_pages:edit", args=[article.pk]), data | fields, follow=True
    )


PUBLISH = {"action-publish": "1"}


@pytest.mark.parametrize(
    ("spec", "reason"),
    [
        (Spec("a", unit="VN", window=QUARTER), "Không có chỉ tiêu “a”"),
        (Spec("khong.co", unit="VN", window=QUARTER), "Không có chỉ tiêu “khong.co”"),
        (Spec("f", window=QUARTER), "chưa có đơn vị"),
        (Spec("f", unit="VN"), "chưa có thời gian"),
    ],
)
def test_a_page_is_not_published_with_a_figure_that_is_not_whole_or_not_public(newsroom, spec, reason):
    before = ArticlePage.objects.get(pk=newsroom.our_article.pk).last_published_at
    answer = edit(newsroom, paragraph(["Có ", spec, " buổi"]), **PUBLISH)
    assert told(answer.text, reason)
    assert not told(answer.text, SECRET)
    assert ArticlePage.objects.get(pk=newsroom.our_article.pk).last_published_at == before
    assert not PageFigure.objects.exists()


def test_a_draft_may_hold_an_unfinished_figure(newsroom):
    answer = edit(newsroom, paragraph(["Có ", Spec("f"), " buổi"]))
    draft = ArticlePage.objects.get(pk=newsroom.our_article.pk).get_latest_revision_as_object()
    assert specs_of(draft) == [Spec("f")]
    assert answer.status_code == 200


def test_a_published_figure_is_frozen_and_linked(newsroom, client):
    edit(newsroom, paragraph(["Có ", Spec("f", unit="VN", window=QUARTER, form=Form.UNIT), "."]), **PUBLISH)
    figure = PublishedFigure.objects.get()
    body = client.get(ArticlePage.objects.get(pk=newsroom.our_article.pk).url).text
    assert f'href="/so-lieu/{figure.pk}/"' in body
    assert "12.076 buổi" in body


def test_who_publishes_a_figure_without_data_is_told_and_not_refused(newsroom):
    empty = Spec("f", unit="P2", window=Window(date(2020, 1, 1), date(2020, 3, 31)))
    answer = edit(newsroom, paragraph(["Có ", empty, " buổi"]), **PUBLISH)
    assert "chưa có dữ liệu" in answer.text
    assert NAME in answer.text
    article = ArticlePage.objects.get(pk=newsroom.our_article.pk)
    assert specs_of(article) == [empty]
    assert not PageFigure.objects.exists()
