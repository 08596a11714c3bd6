"""Whoever publishes a page decides about its figures when their data change; nobody else sees that anything differs."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from django.test import Client

from congdoan.audit.models import Entry
from congdoan.config.cli.main import main
from congdoan.figures import tasks
from congdoan.figures.models import Discrepancy, Erratum, PageFigure
from congdoan.notices.models import Notice
from congdoan.organisation.models import Unit
from congdoan.organisation.rights import Role
from congdoan.portal.models import ArticlePage
from tests.factories_organisation import acting
from tests.figures.test_freezing import article, correct_report, union  # noqa: F401  # fixtures

pytestmark = pytest.mark.django_db

DESK = "/lam-viec/so-lieu-sai-khac/"


@pytest.fixture
def approver(article):  # noqa: F811  # a fixture
    capacity = acting(Role.APPROVER, Unit.objects.get(code="P1"))
    ArticlePage.objects.filter(pk=article.pk).update(owner=capacity.user)
    capacity.user.is_superuser = True
    capacity.user.save()
    return capacity


def signed_in(capacity):
    client = Client()
    client.force_login(capacity.user)
    return client


def test_the_owner_is_told_and_publishes_an_erratum(client, union, article, approver):  # noqa: F811
    correct_report(union, 11000)
    assert tasks.notice() == 1
    notice = Notice.objects.get(recipient=approver.user)
    assert article.title in notice.title
    desk = signed_in(approver)
    listed = desk.get(DESK).text
    assert "12.076" in listed
    assert "11.000" in listed
    body = desk.get(notice.url).text
    assert "−1.076" in body
    answer = desk.post(notice.url, {"decision": "dinh-chinh", "reason": "Đơn vị đếm trùng một quý"})
    assert answer.status_code == 302
    erratum = Erratum.objects.get()
    assert (erratum.old.value, erratum.new.value, erratum.reason) == (
        12076,
        11000,
        "Đơn vị đếm trùng một quý",
    )
    assert "11.000" in client.get(article.url).text
    assert Entry.objects.filter(verb="erratum.published", reason="Đơn vị đếm trùng một quý").exists()
    for decided in (desk.get(f"{DESK}?xem=da-quyet").text, desk.get(notice.url).text):
        assert "12.076" in decided, "what was published then stays to be read"
    assert not Notice.objects.filter(recipient=approver.user, withdrawn_at=None).exists()


def test_without_a_reason_nothing_is_decided(union, article, approver):  # noqa: F811
    correct_report(union, 11000)
    tasks.notice()
    found = Discrepancy.objects.get()
    body = signed_in(approver).post(f"{DESK}{found.pk}/", {"decision": "giu", "reason": "  "}).text
    assert "Hãy ghi lý do." in body or "bắt buộc" in body
    found.refresh_from_db()
    assert found.state == Discrepancy.State.OPEN


def test_the_figure_stays_when_that_is_decided(client, union, article, approver):  # noqa: F811
    correct_report(union, 11000)
    tasks.notice()
    found = Discrepancy.objects.get()
    signed_in(approver).post(f"{DESK}{found.pk}/", {"decision": "giu", "reason": "Số tại thời điểm báo cáo"})
    assert "12.076" in client.get(article.url).text
    assert (
        "Số tại thời điểm báo cáo" in signed_in(approver).get(f"{DESK}?xem=da-quyet").text
        or Discrepancy.objects.get().state == "kept"
    )


def test_strangers_learn_nothing_of_a_difference(client, union, article, approver):  # noqa: F811
    correct_report(union, 11000)
    tasks.notice()
    found = Discrepancy.objects.get()
    chair = acting(Role.CHAIR, Unit.objects.get(code="G0"))
    assert signed_in(chair).get(DESK).status_code == 403
    other = acting(Role.APPROVER, Unit.objects.get(code="P2"))
    other.user.groups.clear()
    assert signed_in(other).get(f"{DESK}{found.pk}/").status_code == 404
    assert client.get(f"{DESK}{found.pk}/").status_code == 302


def test_the_command_replays_everything(union, article):  # noqa: F811
    correct_report(union, 11000)
    result = CliRunner().invoke(main, ["figures", "verify", "--json"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.output) == {"figures": PageFigure.objects.count(), "faults": []}
