"""The unit in whose name somebody acts, at a glance."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from congdoan.notices import waiting
from congdoan.notices.kinds import Kind
from congdoan.notices.waiting import Waiting
from congdoan.organisation.models import Mandate
from congdoan.organisation.rights import Role
from tests.factories import UserFactory, make_article
from tests.factories_organisation import MandateFactory, plant
from tests.portal.newsroom import make_newsroom
from tests.seen import seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    """Two provinces."""
    return plant()


def facts(client, user):
    client.force_login(user)
    return {fact.label: fact for fact in client.get("/lam-viec/").context["facts"]}


def leader(unit, **more):
    return MandateFactory(
        unit=unit, position__role=Role.LEADER, position__code="t_chair", position__name="Chủ tịch",
        position__is_leadership=True, officer__last_name="Vàng Thị", officer__first_name="Sua", **more,
    )  # fmt: skip


def test_the_unit_its_place_its_size_and_its_chair_are_shown(client, tree):
    me = MandateFactory(unit=tree["LC-SP"], position__role=Role.MIDDLE).officer.user
    leader(tree["LC-SP"])
    found = facts(client, me)
    assert {label: fact.value for label, fact in found.items() if label != "Đoàn viên"} == {
        "Đơn vị": "Liên đoàn Lao động huyện Sa Pa",
        "Cấp trên": "Liên đoàn Lao động tỉnh Lào Cai",
        "Đơn vị bên dưới": 2,
        "Chủ tịch": "Vàng Thị Sua",
        "Hạn gần nhất": "Không có việc nào đến hạn",
    }
    assert found["Đơn vị"].note == str(tree["LC-SP"].kind)
    assert (found["Đơn vị"].url, found["Cấp trên"].url) == ("/don-vi/LC-SP/", "/don-vi/LC/")


def test_the_root_has_nobody_above_and_all_below(client, tree):
    me = MandateFactory(unit=tree["VN"], position__role=Role.ADMIN).officer.user
    found = facts(client, me)
    assert "Cấp trên" not in found
    assert found["Đơn vị bên dưới"].value == 9
    assert facts(client, MandateFactory(unit=tree["LC-SP-001"]).officer.user)["Đơn vị bên dưới"].value == 0


def test_somebody_who_led_the_unit_before_does_not_lead_it_now(client, tree):
    me = MandateFactory(unit=tree["LC-SP"], position__role=Role.MIDDLE).officer.user
    leader(tree["LC-SP"], valid_to=timezone.localdate())
    leader(tree["LC-BX"])
    found = facts(client, me)
    assert found["Người đứng đầu"].value is None
    assert "Chủ tịch" not in found


def test_the_earliest_due_day_is_named_with_what_is_due(client, tree, monkeypatch):
    monkeypatch.setattr(waiting, "_sources", {})
    today = timezone.localdate()
    waiting.register(
        "reports",
        lambda _request: [
            Waiting(
                title=title, kind=Kind.DUE, url=f"/{days}/", action="Nộp", due_on=today + timedelta(days=days)
            )
            for days, title in ((9, "Báo cáo năm"), (2, "Báo cáo quý III"))
        ],
        title="báo cáo",
    )
    fact = facts(client, MandateFactory(unit=tree["LC-SP"]).officer.user)["Hạn gần nhất"]
    assert (fact.value, fact.note, fact.url) == (today + timedelta(days=2), "Báo cáo quý III", "/2/")


def test_whoever_has_no_mandate_any_more_sees_no_unit(client, tree):
    mandate = MandateFactory(unit=tree["LC-SP"])
    assert facts(client, mandate.officer.user)
    Mandate.objects.update(valid_to=date(2019, 1, 1))
    assert facts(client, mandate.officer.user) == {}


def test_with_a_unit_and_the_newsroom_the_page_asks_fifteen_queries(
    client, tree, django_assert_max_num_queries
):
    scene = make_newsroom()
    me = scene.approver
    for number in range(9):
        make_article(scene.ours, publish=False, title=f"Nháp {number}", owner=me).save_revision(user=me)
        later = make_article(scene.ours, publish=False, title=f"Hẹn {number}", owner=me)
        later.save_revision(user=me, approved_go_live_at=timezone.now() + timedelta(days=1))
    MandateFactory(unit=tree["LC"], officer__user=me, position__role=Role.APPROVER)
    leader(tree["LC"])
    client.force_login(me)
    client.get("/lam-viec/")
    client.post("/lam-viec/gioi-thieu/")
    client.get("/lam-viec/")
    with django_assert_max_num_queries(15):
        assert len(client.get("/lam-viec/").context["facts"]) == 5


def test_facts_are_of_ones_own_unit_only(client, tree):
    leader(tree["LC-SP"])
    stranger = UserFactory()
    client.force_login(stranger)
    assert "Sua" not in seen(client.get("/lam-viec/"))
    client.force_login(MandateFactory(unit=tree["LC-SP"]).officer.user)
    assert "Sua" in seen(client.get("/lam-viec/"))
