"""Choosing in whose name to act."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congdoan.audit.models import Entry
from congdoan.organisation.actions import mandates
from congdoan.organisation.middleware import SESSION_KEY
from congdoan.organisation.rights import Role
from tests.conftest import BY_FORCE
from tests.factories import UserFactory
from tests.factories_organisation import MandateFactory, OfficerFactory, acting

pytestmark = pytest.mark.django_db
URL = "/lam-viec/tu-cach/"


@pytest.fixture
def both(tree):
    """Somebody who is chair of one union and inspector of another."""
    officer = OfficerFactory()
    chair = MandateFactory(officer=officer, unit=tree["LC-SP-001"], position__role=Role.CHAIR)
    inspector = MandateFactory(officer=officer, unit=tree["LC-SP-002"], position__role=Role.INSPECTOR)
    return officer, chair, inspector


def current(client):
    page = client.get(reverse("organisation:tokens"))
    return [entry["id"] for entry in page.context["desk_capacities"] if entry["is_current"]]


def test_the_chosen_mandate_holds_until_another_is_chosen(client, both):
    officer, chair, inspector = both
    client.force_login(officer.user)

    client.post(URL, {"capacity": inspector.pk, "next": "/lam-viec/"})
    assert current(client) == [inspector.pk]
    client.post(URL, {"capacity": chair.pk})
    assert current(client) == [chair.pk]


def test_it_leads_back_and_never_to_another_site(client, both):
    officer, chair, _inspector = both
    client.force_login(officer.user)

    back = client.post(URL, {"capacity": chair.pk, "next": "/lam-viec/can-bo/?q=a"})
    away = client.post(URL, {"capacity": chair.pk, "next": "https://example.org/"})

    assert back["Location"] == "/lam-viec/can-bo/?q=a"
    assert away["Location"] == reverse("desk:start")


def test_somebody_elses_mandate_cannot_be_chosen(client, tree, both):
    officer, _chair, _inspector = both
    other = MandateFactory(unit=tree["LC"], position__role=Role.ORGANISER)
    client.force_login(officer.user)

    client.post(URL, {"capacity": other.pk})

    assert SESSION_KEY not in client.session
    assert other.pk not in current(client)


def test_a_chosen_mandate_that_ends_is_no_longer_acted_in(client, tree, both):
    officer, chair, inspector = both
    client.force_login(officer.user)
    client.post(URL, {"capacity": chair.pk})

    mandates.end(chair.pk, reason="Thôi việc", by=acting(Role.ORGANISER, tree["LC"]))

    assert current(client) == [inspector.pk]
    assert client.get(reverse("organisation:add_officer")).status_code == 403


def test_the_trail_says_in_whose_name(client, tree, both):
    officer, chair, _inspector = both
    deputy = MandateFactory(unit=tree["LC-SP-001"], position__role=Role.DEPUTY)
    client.force_login(officer.user)
    client.post(URL, {"capacity": chair.pk})

    client.post(reverse("organisation:end_mandate", args=[deputy.pk]), {"when": "now", "reason": "Thôi việc"})

    entry = Entry.objects.get(verb="mandate.ended")
    assert entry.capacity_id == str(chair.pk)
    assert "Trường Mầm non Hoa Đào" in entry.capacity_text


def test_a_visitor_signs_in_first(client, both):
    assert client.post(URL, {"capacity": "1"}).status_code == 302
    assert client.get(URL).status_code == 405


def test_the_only_mandate_ended_leaves_the_account_page(client, tree):
    mandate = MandateFactory(unit=tree["LC-SP-001"], position__role=Role.CHAIR)
    client.force_login(mandate.officer.user)
    assert client.get(reverse("organisation:officers")).status_code == 200

    mandates.end(mandate.pk, reason="Thôi việc", by=acting(Role.ORGANISER, tree["LC"]))

    for name in ("officers", "add_officer", "tokens"):
        assert client.get(reverse(f"organisation:{name}")).status_code == 403
    account = client.get(reverse("accounts:account"))
    assert account.status_code == 200
    assert "Cán bộ</span>" not in account.text


def test_a_second_factor_is_due_for_any_mandate_that_could_be_chosen(client, tree):
    officer = OfficerFactory()
    MandateFactory(officer=officer, unit=tree["LC-SP-002"], position__role=Role.INSPECTOR)
    client.force_login(officer.user)
    session = client.session
    del session[BY_FORCE]
    session.save()
    assert client.get(reverse("organisation:officers")).status_code == 200

    strong = MandateFactory(officer=officer, unit=tree["LC-SP-001"], position__role=Role.CHAIR)
    assert client.get(reverse("organisation:officers"))["Location"].startswith(reverse("accounts:set_up"))

    mandates.end(strong.pk, reason="Thôi việc", by=acting(Role.ORGANISER, tree["LC"]))
    assert client.get(reverse("organisation:officers")).status_code == 200


def test_mandates_are_read_once_a_request(client, both):
    officer, _chair, _inspector = both
    client.force_login(officer.user)
    client.get(reverse("accounts:account"))

    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("organisation:tokens"))

    read = [query["sql"] for query in queries if 'FROM "organisation_mandate"' in query["sql"]]
    assert len(read) == 1


def test_an_account_without_an_officer_sees_no_switch(client, tree):
    client.force_login(UserFactory())

    assert "Làm việc với tư cách" not in client.get(reverse("desk:start")).text
