"""The screens of officers: who sees whom, what can be found, what is refused."""

from __future__ import annotations

import unicodedata
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from congdoan.organisation.models import Mandate, Officer
from congdoan.organisation.rights import Role
from tests.factories import UserFactory
from tests.factories_organisation import MandateFactory, PositionFactory, acting
from tests.seen import seen

pytestmark = pytest.mark.django_db
LIST = "/lam-viec/can-bo/"


def make(unit, role, name, **officer):
    family, _space, given = name.rpartition(" ")
    fields = {f"officer__{key}": value for key, value in officer.items()}
    return MandateFactory(
        unit=unit, position__role=role, officer__last_name=family, officer__first_name=given, **fields
    )


@pytest.fixture
def people(tree):
    return {
        "dua": make(tree["LC-SP-001"], Role.DEPUTY, "Sùng Thị Dua", phone="+84912345678"),
        "dung": make(tree["LC-SP-002"], Role.CHAIR, "Đặng Văn Dũng", email="dung@example.vn"),
        "an": make(tree["LC-BX-001"], Role.CHAIR, "Vàng Thị An", staff_code="CB-09"),
        "yen": make(tree["YB-NL-001"], Role.CHAIR, "Hoàng Thị Yến"),
    }


@pytest.fixture
def organiser(client, tree):
    capacity = acting(Role.ORGANISER, tree["LC"])
    client.force_login(capacity.user)
    return capacity


def names(response):
    return [row["cells"][0].text for row in response.context["rows"]]


def test_the_list_holds_those_in_reach_by_given_name(client, organiser, people):
    assert names(client.get(LIST)) == ["Vàng Thị An", "Sùng Thị Dua", "Đặng Văn Dũng", "Giàng A Páo"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("dang van dung", ["Đặng Văn Dũng"]),
        (unicodedata.normalize("NFD", "Đặng"), ["Đặng Văn Dũng"]),
        ("0912 345 678", ["Sùng Thị Dua"]),
        ("dung@", ["Đặng Văn Dũng"]),
        ("cb-09", ["Vàng Thị An"]),
        ("yen", []),
    ],
)
def test_officers_are_found_with_or_without_diacritics_by_phone_mail_and_code(
    client, organiser, people, text, found
):
    assert names(client.get(LIST, {"q": text})) == found


def test_the_list_is_narrowed_by_unit_position_and_state(client, tree, organiser, people):
    past = make(tree["LC-SP-001"], Role.CHAIR, "Má A Sình", phone="+84987654321")
    Mandate.objects.filter(pk=past.pk).update(valid_to=timezone.localdate())
    Mandate.objects.filter(pk=people["an"].pk).update(valid_from=timezone.localdate() + timedelta(days=3))

    assert names(client.get(LIST, {"don-vi": "LC-SP"})) == ["Sùng Thị Dua", "Đặng Văn Dũng"]
    assert names(client.get(LIST, {"don-vi": "hop tac xa"})) == ["Đặng Văn Dũng"]
    assert names(client.get(LIST, {"chuc-vu": "test_deputy"})) == ["Sùng Thị Dua"]
    assert names(client.get(LIST, {"trang-thai": "sap-giu"})) == ["Vàng Thị An"]
    over = client.get(LIST, {"trang-thai": "da-thoi"})
    assert names(over) == ["Má A Sình"]
    assert "0987" not in seen(over)


def test_an_address_that_means_nothing_still_answers(client, organiser, people):
    page = client.get(LIST, {"don-vi": "khong co", "chuc-vu": "x", "trang-thai": "y", "trang": "z"})

    assert page.status_code == 200
    assert len(names(page)) == 4


def test_the_call_list_goes_by_unit_and_can_be_dialled(client, organiser, people):
    page = client.get(LIST, {"xem": "danh-ba"})

    assert 'href="tel:+84912345678"' in page.text
    assert "Hoàng Thị Yến" not in page.text


def test_the_list_asks_no_more_for_many_than_for_few(client, tree, organiser, people):
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for number in range(12):
        make(tree["LC-SP-001"], Role.MEMBER, f"Lý Thị Số{number}")
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)

    assert len(many) == len(few)


def test_an_officer_of_another_province_is_not_found(client, organiser, people):
    yen = people["yen"]

    for name in ("officer", "edit_officer", "give_mandate"):
        assert client.get(reverse(f"organisation:{name}", args=[yen.officer_id])).status_code == 404
    assert client.get(reverse("organisation:end_mandate", args=[yen.pk])).status_code == 404
    assert client.post(reverse("organisation:invite", args=[yen.officer_id])).status_code == 404
    yen.refresh_from_db()
    assert yen.ended_at is None


def test_screens_without_the_right_are_refused_and_visitors_sign_in(client, tree, people):
    assert client.get(LIST).status_code == 302
    client.force_login(UserFactory())
    assert client.get(LIST).status_code == 403
    client.force_login(acting(Role.DEPUTY, tree["LC-SP-001"]).user)
    assert client.get(LIST).status_code == 200
    assert client.get(reverse("organisation:add_officer")).status_code == 403
    assert client.get(reverse("organisation:end_mandate", args=[people["dua"].pk])).status_code == 403


def test_one_officer_with_posts_and_what_may_be_done(client, organiser, people):
    page = client.get(reverse("organisation:officer", args=[people["dua"].officer_id]))

    assert "Sùng Thị Dua" in page.text
    assert "0912 345 678" in page.text
    assert reverse("organisation:end_mandate", args=[people["dua"].pk]) in page.text
    own = client.get(reverse("organisation:officer", args=[organiser.mandate.officer_id]))
    assert "ket-thuc" not in own.text
    assert "giao-chuc-vu" not in own.text


def test_a_chair_adds_a_deputy_and_is_offered_who_is_there(client, tree, people):
    chair = acting(Role.CHAIR, tree["LC-SP-001"])
    client.force_login(chair.user)
    url = reverse("organisation:add_officer")
    assert 'value="LC-SP-001"' in client.get(url).text
    typed = {
        "last_name": "Đặng Văn",
        "first_name": "Dũng",
        "email": "DUNG@example.vn",
        "unit": "LC-SP-001",
        "position": PositionFactory(role=Role.DEPUTY).pk,
        "valid_from": "01/11/2026",
    }

    offered = client.post(url, typed)
    assert "Giao cho người này" in offered.text
    assert Officer.objects.filter(first_name="Dũng").count() == 1

    same = people["dung"].officer
    assert client.post(url, {**typed, "same": same.pk}).status_code == 302
    assert same.mandates.filter(unit=tree["LC-SP-001"]).exists()


def test_a_unit_out_of_reach_is_not_named_by_the_form(client, tree):
    client.force_login(acting(Role.CHAIR, tree["LC-SP-001"]).user)

    page = client.post(
        reverse("organisation:add_officer"),
        {"last_name": "A", "first_name": "B", "unit": "LC-BX-001", "valid_from": "01/11/2026"},
    )

    assert "Không có đơn vị nào trong phạm vi của bạn" in page.text
    assert "Mường Hum" not in page.text


def test_several_units_that_fit_are_named_instead_of_guessed(client, organiser):
    page = client.post(reverse("organisation:add_officer"), {"unit": "cong doan co so"})

    assert "LC-SP-001" in page.text
    assert "LC-SP-002" in page.text
    assert "YB-NL-001" not in page.text


def test_another_post_is_given_and_ended_through_the_pages(client, tree, organiser, people):
    officer = people["dua"].officer
    given = client.post(
        reverse("organisation:give_mandate", args=[officer.pk]),
        {
            "unit": "LC-SP-002",
            "position": PositionFactory(role=Role.INSPECTOR).pk,
            "valid_from": "01/10/2026",
            "last_day": "31/12/2027",
            "decision_symbol": "12/QĐ-LĐLĐ",
        },
    )
    assert given.status_code == 302
    mandate = officer.mandates.get(unit=tree["LC-SP-002"])
    assert f"{mandate.valid_to:%d/%m/%Y}" == "01/01/2028"
    assert "đến hết 31/12/2027" in client.get(reverse("organisation:officer", args=[officer.pk])).text

    url = reverse("organisation:end_mandate", args=[mandate.pk])
    assert client.post(url, {"when": "now", "reason": ""}).status_code == 200
    assert client.post(url, {"when": "on", "last_day": "30/11/2026"}).status_code == 302
    mandate.refresh_from_db()
    assert f"{mandate.valid_to:%d/%m/%Y}" == "01/12/2026"


def test_the_rail_leads_to_officers_only_whoever_may_see_them(client, tree, organiser):
    start = reverse("desk:start")
    assert f'href="{LIST}"' in client.get(start).text

    client.force_login(acting(Role.SECTION_HEAD, tree["LC-SP-001"]).user)
    assert f'href="{LIST}"' not in client.get(start).text
