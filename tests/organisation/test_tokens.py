"""Keys of the API: made once, shown once, and no longer than their mandate."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from congdoan.audit.models import Entry
from congdoan.organisation.actions import mandates, tokens
from congdoan.organisation.models import ApiToken
from congdoan.organisation.rights import Role
from tests.factories_organisation import MandateFactory, acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def chair(tree):
    return acting(Role.CHAIR, tree["LC-SP-001"])


def test_a_key_acts_in_the_name_of_its_mandate(chair):
    token, raw = tokens.make(name="Phần mềm kế toán", days=30, by=chair)

    mandate = tokens.authenticate(raw)

    assert raw.startswith("cd_")
    assert mandate == chair.mandate
    assert mandate.unit_name == "Công đoàn cơ sở Trường Mầm non Hoa Đào"
    token.refresh_from_db()
    assert token.last_used_on == timezone.localdate()
    assert raw not in str(ApiToken.objects.filter(pk=token.pk).values())
    assert raw not in str(list(Entry.objects.values()))


def test_its_use_is_noted_once_a_day(chair, django_assert_num_queries):
    _token, raw = tokens.make(name="A", days=30, by=chair)
    tokens.authenticate(raw)

    with django_assert_num_queries(2):
        tokens.authenticate(raw)


def test_a_key_ends_with_its_mandate(tree, chair):
    _token, raw = tokens.make(name="A", days=30, by=chair)

    mandates.end(chair.mandate.pk, reason="Thôi việc", by=acting(Role.ORGANISER, tree["LC"]))

    assert tokens.authenticate(raw) is None


def test_a_key_ends_with_the_account(chair):
    _token, raw = tokens.make(name="A", days=30, by=chair)
    chair.user.is_active = False
    chair.user.save()

    assert tokens.authenticate(raw) is None


def test_a_key_that_is_revoked_or_old_or_made_up_opens_nothing(chair):
    revoked, first = tokens.make(name="A", days=30, by=chair)
    old, second = tokens.make(name="B", days=30, by=chair)
    tokens.revoke(revoked.pk, by=chair)
    ApiToken.objects.filter(pk=old.pk).update(expires_at=timezone.now() - timedelta(seconds=1))

    assert [tokens.authenticate(raw) for raw in (first, second, "cd_x", "", "khac")] == [None] * 5


def test_the_page_shows_a_key_once_and_only_those_of_the_mandate(client, tree, chair):
    other = MandateFactory(
        officer=chair.mandate.officer, unit=tree["LC-SP-002"], position__role=Role.INSPECTOR
    )
    ApiToken.objects.create(mandate=other, name="Của chức vụ kia", token_hash="x", hint="cd_0000")
    client.force_login(chair.user)
    url = reverse("organisation:tokens")
    client.post(reverse("organisation:choose_capacity"), {"capacity": chair.mandate.pk})

    made = client.post(url, {"name": "Báo cáo", "days": "90"})

    token = ApiToken.objects.get(name="Báo cáo")
    raw = made.context["made"]
    assert raw in made.text
    assert tokens.authenticate(raw) == chair.mandate
    later = client.get(url)
    assert raw not in later.text
    assert "Báo cáo" in later.text
    assert "Của chức vụ kia" not in later.text

    client.post(reverse("organisation:revoke_token", args=[token.pk]))
    assert tokens.authenticate(raw) is None


def test_nobody_revokes_the_key_of_somebody_else(client, tree, chair):
    token, raw = tokens.make(name="A", days=30, by=chair)
    client.force_login(acting(Role.CHAIR, tree["LC-SP-002"]).user)

    assert client.post(reverse("organisation:revoke_token", args=[token.pk])).status_code == 404
    assert tokens.authenticate(raw) == chair.mandate


def test_without_a_mandate_there_are_no_keys(client, tree, chair):
    client.force_login(chair.user)
    mandates.end(chair.mandate.pk, reason="Thôi việc", by=acting(Role.ORGANISER, tree["LC"]))

    assert client.get(reverse("organisation:tokens")).status_code == 403
    client.logout()
    assert client.get(reverse("organisation:tokens")).status_code == 302
