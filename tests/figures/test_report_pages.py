"""A report page is copied for other units and periods by those who may write there, and by nobody else."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission

from congdoan.audit.models import Entry
from congdoan.figures.actions.copying import copy_report, places_for, plan
from congdoan.figures.engine.specs import Form, Spec
from congdoan.figures.engine.titles import reworded
from congdoan.figures.engine.windows import Window
from congdoan.figures.errors import MayNotCopyError
from congdoan.figures.models import PageFigure
from congdoan.organisation.models import Unit
from congdoan.portal.models import ArticlePage
from congdoan.reporting.actions.refreshing import refresh_all
from tests.factories import UserFactory, make_article, make_category, make_site
from tests.reporting import scenes

pytestmark = pytest.mark.django_db

QUARTER = Window(date(2013, 10, 1), date(2013, 12, 31))
NEXT = Window(date(2014, 1, 1), date(2014, 3, 31))
SECRET = "Bản nháp chưa ai được đọc"


def embed(spec):
    words = " ".join(f'{name}="{value}"' for name, value in spec.attributes().items())
    return f'<embed embedtype="figure" {words}/>'


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
    make_site()
    body = f"<p>Cả tỉnh có {embed(Spec('f', form=Form.UNIT))}; riêng cả nước {embed(Spec('f', unit='VN', window=QUARTER))}.</p>"
    return make_article(
        make_category("Báo cáo"),
        title="VN: quý bốn năm 2013",
        slug="quy-bon",
        body=json.dumps([{"type": "paragraph", "value": body}]),
        report_unit=Unit.objects.get(code="VN"),
        report_from=QUARTER.start,
        report_to=QUARTER.end,
        report_symbol="05/BC-LĐLĐ",
        report_signer="Vàng Thị Mỷ",
        report_place="Hà Nội",
    )


def editor_of(*categories):
    group = Group.objects.create(name=f"Nhóm {Group.objects.count()}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for category in categories:
        for right in ("add_page", "change_page"):
            GroupPagePermission.objects.create(
                group=group, page=category, permission=Permission.objects.get(codename=right)
            )
    user = UserFactory(is_staff=True)
    user.groups.add(group)
    return user


def address(page):
    return f"/quan-tri/bao-cao/{page.pk}/chep/"


def form(page, **changes):
    data = {"start": "01/10/2013", "end": "31/12/2013", "codes": "P1", "category": page.get_parent().pk}
    return {**data, **changes}


def test_a_copy_has_the_figures_of_its_unit_and_keeps_what_the_text_names(article):
    planned = plan(article, Unit.objects.filter(code__in=["P1", "P2"]), QUARTER)
    by_unit = {one.unit.code: one for one in planned}
    assert {entry.asked.unit for entry in by_unit["P1"].printable.entries} == {"P1", "VN"}
    assert [entry.asked.unit for entry in by_unit["P1"].printable.kept] == ["VN"]
    values = {
        code: [entry.shown and entry.shown.value for entry in one.printable.entries]
        for code, one in by_unit.items()
    }
    assert values["P1"] == [12076, 12076]
    assert [entry.asked.unit for entry in by_unit["P2"].printable.without_data] == ["P2"]


def test_copies_are_drafts_with_a_trail_and_leave_the_first_alone(article):
    editor = editor_of(article.get_parent())
    planned = plan(article, Unit.objects.filter(code__in=["P1", "P2"]), NEXT)
    made = copy_report(
        article, planned, article.get_parent(), titles={planned[0].unit.pk: "Tên tự đặt"}, by=editor
    )
    assert [page.live for page in made] == [False, False]
    assert made[0].title == "Tên tự đặt"
    assert made[1].title == f"{planned[1].unit_name}: quý bốn năm 2014"
    for page in made:
        stored = ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()
        assert (stored.report_from, stored.report_to) == (NEXT.start, NEXT.end)
        assert (stored.report_symbol, stored.report_signer, stored.report_place) == ("", "", "")
        assert stored.owner == editor
    assert len({page.slug for page in made}) == 2
    first = ArticlePage.objects.get(pk=article.pk)
    assert (first.report_unit.code, first.report_symbol, first.live) == ("VN", "05/BC-LĐLĐ", True)
    assert PageFigure.objects.filter(page__in=[page.pk for page in made]).count() == 0
    assert Entry.objects.filter(verb="report.copied").count() == 2


def test_nobody_copies_into_a_category_that_is_not_theirs(article):
    other = make_category("Của ban khác")
    editor = editor_of(other)
    assert [place.pk for place in places_for(article, editor)] == [other.pk]
    planned = plan(article, Unit.objects.filter(code="P1"), QUARTER)
    with pytest.raises(MayNotCopyError):
        copy_report(article, planned, article.get_parent(), titles={}, by=editor)
    assert ArticlePage.objects.count() == 1


def test_an_editor_looks_before_the_drafts_are_made(client, article):
    client.force_login(editor_of(article.get_parent()))
    assert client.get(address(article)).status_code == 200
    seen = client.post(address(article), form(article))
    assert seen.status_code == 200
    assert 'value="P1: quý bốn năm 2013"' in seen.text
    assert ArticlePage.objects.count() == 1
    p1 = Unit.objects.get(code="P1")
    done = client.post(address(article), form(article, create="1", **{f"title-{p1.pk}": "Của P1"}))
    made = ArticlePage.objects.get(title="Của P1")
    assert done.url.endswith(f"/pages/{made.pk}/edit/")


def test_all_units_one_level_below_get_one_draft_each(client, article):
    client.force_login(editor_of(article.get_parent()))
    client.post(address(article), form(article, codes="", below="on", create="1"))
    copies = ArticlePage.objects.exclude(pk=article.pk)
    assert sorted(copies.values_list("report_unit__code", flat=True)) == ["P1", "P2"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"codes": "P1, KHONG-CO"}, "KHONG-CO"),
        ({"start": "01/01/2015"}, "Ngày cuối phải từ ngày đầu"),
        ({"codes": "vn"}, "đã nói về đúng đơn vị"),
    ],
)
def test_what_cannot_be_copied_is_said_next_to_its_field(client, article, changes, words):
    client.force_login(editor_of(article.get_parent()))
    response = client.post(address(article), form(article, create="1", **changes))
    assert response.status_code == 422
    assert words in response.text
    assert ArticlePage.objects.count() == 1


def test_strangers_find_no_draft_to_copy(client, article):
    draft = make_article(
        article.get_parent(),
        publish=False,
        title=SECRET,
        report_unit=article.report_unit,
        report_from=QUARTER.start,
        report_to=QUARTER.end,
    )
    elsewhere = editor_of(make_category("Của ban khác"))
    client.force_login(editor_of(article.get_parent()))
    assert SECRET in client.get(address(draft)).text
    client.force_login(elsewhere)
    response = client.get(address(draft))
    assert response.status_code == 404
    assert SECRET not in response.text
    assert client.get(address(article)).status_code == 200
    client.force_login(UserFactory())
    assert client.get(address(article)).status_code in (302, 403, 404)
    client.logout()
    assert client.get(address(article)).status_code in (302, 404)


@pytest.mark.parametrize(
    ("text", "after", "expected"),
    [
        ("Kết quả sáu năm, 2013 - 2019", "2018-01-01..2018-12-31", "Kết quả một năm, 2018"),
        ("Giai đoạn 2013–2019 của LĐLĐ", "2014-10-01..2019-09-30", "Giai đoạn 2014 - 2019 của LĐLĐ SP"),
        ("Trong giai đoạn 2013-2019", "2018-01-01..2018-12-31", "Trong năm 2018"),
        ("06 năm và Nghị quyết 2013/NQ", "2014-10-01..2019-09-30", "05 năm và Nghị quyết 2013/NQ"),
        ("Sáu năm 2013 người đọc", "2018-01-01..2018-12-31", "Sáu năm 2013 người đọc"),
    ],
)
def test_a_title_changes_only_where_it_names_the_unit_or_the_years(text, after, expected):
    before = Window.parse("2013-10-01..2019-09-30")
    assert reworded(text, {"LĐLĐ": "LĐLĐ SP"}, before, Window.parse(after)) == expected
