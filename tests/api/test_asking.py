"""Who asks, how often, and how errors look."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone
from ninja.errors import HttpError

from congdoan.api import gate
from congdoan.api.auth import SessionAuth
from congdoan.organisation.models import ApiToken, Unit
from congdoan.organisation.rights import Role
from tests.factories import UserFactory
from tests.factories_organisation import MandateFactory

ME = "/api/v1/me"


def bearer(key: str) -> dict[str, str]:
    """Return the header that carries a key."""
    return {"Authorization": f"Bearer {key}"}


def test_a_visitor_is_told_to_sign_in(client: Client, units: dict[str, Unit]) -> None:
    answer = client.get(ME)

    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_key_acts_in_the_name_of_its_mandate_alone(
    client: Client, key: str, chair: Any, units: dict[str, Unit]
) -> None:
    MandateFactory(officer=chair.mandate.officer, unit=units["YB"], position__role=Role.LEADER)

    me = client.get(ME, headers=bearer(key)).json()

    assert me["user"]["username"] == chair.user.username
    assert me["capacity"]["unit"] == "LC-SP-001"
    assert me["capacity"]["role"] == "chair"
    assert me["capacity"]["rights"]["admit_members"] == "unit"
    assert [mandate["unit"] for mandate in me["mandates"]] == ["LC-SP-001"]


def test_a_session_shows_every_mandate_that_one_may_act_for(
    client: Client, chair: Any, units: dict[str, Unit]
) -> None:
    MandateFactory(officer=chair.mandate.officer, unit=units["YB"], position__role=Role.LEADER)
    client.force_login(chair.user)

    me = client.get(ME).json()

    assert me["capacity"]["unit"] == "YB"
    assert {mandate["unit"] for mandate in me["mandates"]} == {"YB", "LC-SP-001"}


@pytest.mark.parametrize("fault", ["unknown", "revoked", "expired", "mandate over", "account closed"])
def test_a_key_that_opens_nothing_is_refused_even_beside_a_session(
    client: Client, key: str, chair: Any, fault: str
) -> None:
    assert client.get(ME, headers=bearer(key)).status_code == 200
    now = timezone.now()
    if fault == "unknown":
        key = "cd_khong-co"
    elif fault == "revoked":
        ApiToken.objects.update(revoked_at=now)
    elif fault == "expired":
        ApiToken.objects.update(expires_at=now - timedelta(seconds=1))
    elif fault == "mandate over":
        chair.mandate.ended_at = now
        chair.mandate.save()
    else:
        type(chair.user).objects.filter(pk=chair.user.pk).update(is_active=False)
    other = UserFactory()
    client.force_login(other)

    assert client.get(ME).json()["user"]["username"] == other.username
    assert client.get(ME, headers=bearer(key)).status_code == 401


def test_a_session_that_owes_a_second_factor_still_reads_what_is_public(
    client: Client, chair: Any, units: dict[str, Unit]
) -> None:
    from tests.conftest import BY_FORCE

    client.force_login(chair.user)
    session = client.session
    del session[BY_FORCE]
    session.save()

    refused = client.get(ME)
    assert refused.status_code == 403
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert client.get("/api/v1/units").status_code == 200
    assert client.get("/api/v1/docs").status_code == 200


def test_what_a_session_changes_needs_the_csrf_token(chair: Any) -> None:
    request = RequestFactory(enforce_csrf_checks=True).post(ME)
    request._dont_enforce_csrf_checks = False
    request.COOKIES["congdoan_session"] = "x"
    request.user, request.capacity = chair.user, chair

    with pytest.raises(HttpError) as refused:
        SessionAuth()(request)
    assert refused.value.status_code == 403
    request.method = "GET"
    assert SessionAuth()(request) is chair


def test_whoever_asks_too_often_waits_and_others_do_not(
    client: Client, units: dict[str, Unit], key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "MOST", 3)

    assert [client.get("/api/v1/").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = client.get("/api/v1/units")
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert int(refused.headers["Retry-After"]) == gate.SECONDS
    assert client.get("/api/v1/", REMOTE_ADDR="203.0.113.9").status_code == 200
    assert client.get(ME, headers=bearer(key)).status_code == 200


def test_made_up_keys_do_not_escape_the_limit(
    client: Client, monkeypatch: pytest.MonkeyPatch, db: Any
) -> None:
    monkeypatch.setattr(gate, "MOST", 1)

    statuses = [client.get(ME, headers=bearer(f"cd_{number}")).status_code for number in range(12)]

    assert statuses == [401] * 10 + [429] * 2


def test_whole_tables_have_a_limit_of_their_own(
    client: Client, units: dict[str, Unit], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "MOST_DOWNLOADS", 1)

    assert client.get("/api/v1/units.csv").status_code == 200
    assert client.get("/api/v1/units.json").status_code == 429
    assert client.get("/api/v1/units").status_code == 200


def test_a_method_that_an_address_does_not_know_is_a_problem(client: Client, db: Any) -> None:
    answer = client.post("/api/v1/units")

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET"
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_fault_of_ours_has_an_id_and_no_traceback(
    client: Client, monkeypatch: pytest.MonkeyPatch, db: Any
) -> None:
    def broken(*_args: Any) -> None:
        raise RuntimeError("mật khẩu cơ sở dữ liệu")

    monkeypatch.setattr("congdoan.api.queries.units_page", broken)
    answer = client.get("/api/v1/units")

    assert answer.status_code == 500
    assert answer.json()["detail"].startswith("Mã lỗi: ")
    assert len(answer.json()["detail"]) > 20
    assert "mật khẩu" not in answer.content.decode()
