"""A figure of a year without reports is entered from its document, says so, and never stands in for one that reports give."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.test import Client

from congdoan.figures.actions.freezing import digest_of, freeze_page
from congdoan.figures.engine.specs import Form, Spec
from congdoan.figures.engine.windows import Window
from congdoan.figures.models import PageFigure, PublishedFigure
from congdoan.figures.queries.replaying import replay
from congdoan.figures.queries.showing import figures_of
from congdoan.organisation.models import Unit
from congdoan.organisation.rights import Role
from tests.factories import make_article, make_category, make_site
from tests.factories_organisation import acting
from tests.figures.test_freezing import QUARTER, embed, union  # noqa: F401  # fixtures

pytestmark = pytest.mark.django_db

DESK = "/lam-viec/so-lieu-giay/"
OLD = {
    "start": "01/01/2010",
    "last": "31/12/2010",
    "value": "845",
    "source": "Báo cáo tổng kết năm 2010, trang 4",
}


@pytest.fixture
def desk(union):  # noqa: F811
    capacity = acting(Role.STATISTICS, Unit.objects.get(code="P1"))
    client = Client()
    client.force_login(capacity.user)
    return client


def page_with(spec):
    make_site()
    body = json.dumps([{"type": "paragraph", "value": embed(spec)}])
    return make_article(make_category(), title="Mười năm", body=body)


def test_a_paper_figure_is_shown_where_no_report_tells(desk):
    assert desk.post(f"{DESK}them/", {"indicator": "f", "unit": "P1", **OLD}).status_code == 302
    figure = PublishedFigure.objects.get()
    assert (figure.value, figure.origin, figure.digest) == (845, "paper", digest_of(figure))
    window = Window(date(2010, 1, 1), date(2010, 12, 31))
    page = page_with(Spec("f", unit="P1", window=window, basis="as-was", form=Form.NUMBER))
    assert PageFigure.objects.get(page=page.pk).figure == figure
    (shown,) = figures_of(page).shown.values()
    assert shown.value == 845
    assert [one.fault for one in replay([figure], digest_of)] == [None]
    assert "845" in desk.get(DESK).text


def test_reports_come_before_paper(desk):
    said = OLD | {"start": "01/10/2013", "last": "31/12/2013", "value": "99"}
    desk.post(f"{DESK}them/", {"indicator": "f", "unit": "P1", **said})
    page = page_with(Spec("f", unit="VN", window=QUARTER, basis="as-was"))
    freeze_page(page)
    assert PageFigure.objects.get(page=page.pk).figure.origin == "reports"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"value": "nhiều"}, "không"),
        ({"last": "01/01/2009"}, "Ngày cuối"),
        ({"source": ""}, "bắt buộc"),
        ({"indicator": "khong.co.gi"}, "Không có chỉ tiêu"),
    ],
)
def test_bad_input_is_named_and_kept(desk, said, words):
    answer = desk.post(f"{DESK}them/", {"indicator": "f", "unit": "P1", **OLD, **said})
    assert answer.status_code == 422
    assert words in answer.text
    assert not PublishedFigure.objects.exists()


def test_only_who_keeps_the_indicators_enters_paper_figures(desk):
    desk.post(f"{DESK}them/", {"indicator": "f", "unit": "P1", **OLD})
    for role, code in ((Role.CHAIR, "G0"), (Role.EDITOR, "P1")):
        client = Client()
        client.force_login(acting(role, Unit.objects.get(code=code)).user)
        assert client.get(DESK).status_code == 403
        assert (
            client.post(f"{DESK}them/", {"indicator": "f", "unit": "P1", **OLD, "value": "1"}).status_code
            == 403
        )
    assert PublishedFigure.objects.count() == 1
