"""The second step: codes of an app, recovery codes, and who must have one."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory

from congdoan.accounts import actions, second_factor, vault
from congdoan.accounts.middleware import SecondFactorMiddleware
from congdoan.audit.models import Entry
from tests.accounts.conftest import SECRET
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def may(with_totp):
    """An officer with an app; ``may.codes`` are the recovery codes."""
    user = UserFactory(username="may")
    user.codes = with_totp(user)
    return user


def second(client, code, address="10.0.0.1"):
    return client.post("/dang-nhap/xac-thuc/", {"code": code}, REMOTE_ADDR=address)


def test_the_password_alone_does_not_open_an_account_with_an_app(client, sign_in, may):
    response = sign_in(client, "may")
    assert (response.status_code, response.headers["Location"]) == (302, "/dang-nhap/xac-thuc/")
    assert client.get("/lam-viec/").status_code == 302
    assert not Entry.objects.filter(verb="user.signed_in").exists()


def test_the_code_opens_it_and_leads_to_where_one_was_going(client, sign_in, may, code):
    sign_in(client, "may", next="/tai-khoan/")
    response = second(client, code())
    assert (response.status_code, response.headers["Location"]) == (302, "/tai-khoan/")
    assert client.get("/tai-khoan/").status_code == 200
    assert Entry.objects.filter(verb="user.signed_in", actor_id=str(may.pk)).count() == 1


def test_the_second_step_does_not_lead_to_another_site(client, sign_in, may, code):
    sign_in(client, "may", next="https://evil.example/")
    response = client.post(
        "/dang-nhap/xac-thuc/?next=https://evil.example/", {"code": code(), "next": "//evil.example/"}
    )
    assert response.headers["Location"] == "/lam-viec/"


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_may_be_half_a_minute_off(client, sign_in, may, code, steps):
    sign_in(client, "may")
    assert second(client, code(steps)).status_code == 302


@pytest.mark.parametrize("steps", [-3, 3])
def test_but_not_more(client, sign_in, may, code, steps):
    sign_in(client, "may")
    assert "Mã chưa đúng" in second(client, code(steps)).text


def test_nobody_takes_the_second_step_without_the_first(client, may, code):
    response = second(client, code())
    assert (response.status_code, response.headers["Location"]) == (302, "/dang-nhap/")
    assert client.get("/tai-khoan/").status_code == 302


def test_a_wrong_code_is_refused_and_written_to_the_trail_without_a_name_of_the_guesser(client, sign_in, may):
    sign_in(client, "may")
    response = second(client, "000000")
    assert "Mã chưa đúng hoặc đã dùng rồi" in response.text
    entry = Entry.objects.get(verb="user.second_step_failed")
    assert (entry.object_id, entry.actor_id, entry.after) == (str(may.pk), "", {"how": "code"})


def test_a_code_is_taken_once(client, sign_in, may, code):
    sign_in(client, "may")
    used = code()
    assert second(client, used).status_code == 302
    stranger = type(client)()
    sign_in(stranger, "may")
    assert "đã dùng rồi" in second(stranger, used).text


def test_an_older_code_than_the_last_is_not_taken_either(client, sign_in, may, code):
    assert actions.use_code(may, code(0)) is not None
    assert actions.use_code(may, code(-1)) is None
    assert actions.use_code(may, code(1)) is not None


def test_the_code_that_proved_the_app_is_used_up(code):
    user, proof = UserFactory(), code()
    actions.add_totp(user, SECRET, code=proof, by=user)
    assert actions.use_code(user, proof) is None


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_uses_of_one_code_at_once_one_counts(with_totp, code):
    user = UserFactory()
    with_totp(user)
    same = code()

    def use(_number):
        try:
            return actions.use_code(user, same) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(use, range(6))) == 1


def test_codes_are_not_guessed_without_end_and_others_cannot_lock_the_owner_out(client, sign_in, may, code):
    for _ in range(9):
        thief = type(client)()
        sign_in(thief, "may", address="203.0.113.9")
        answer = second(thief, "000000", address="203.0.113.9")
    assert "Bạn đã thử quá nhiều lần" in answer.text
    sign_in(client, "may")
    assert second(client, code()).status_code == 302


def test_the_limit_of_codes_outlives_a_new_sign_in(client, sign_in, may, code):
    sign_in(client, "may")
    for _ in range(8):
        second(client, "000000")
    again = type(client)()
    sign_in(again, "may")
    assert "Bạn đã thử quá nhiều lần" in second(again, code()).text


def test_a_recovery_code_stands_in_once(client, sign_in, may):
    spare = f"{may.codes[0][:5]} {may.codes[0][5:]}"
    sign_in(client, "may")
    assert second(client, spare).status_code == 302
    assert Entry.objects.filter(verb="user.recovery_code_used", actor_id=str(may.pk)).count() == 1
    again = type(client)()
    sign_in(again, "may")
    assert "Mã chưa đúng" in second(again, spare).text
    assert second(again, may.codes[1]).status_code == 302


def test_the_codes_of_somebody_else_do_not_fit(client, sign_in, may, with_totp):
    other = with_totp(UserFactory(username="hoa"))
    sign_in(client, "may")
    assert "Mã chưa đúng" in second(client, other[0]).text


def test_a_copy_of_the_database_makes_no_codes(may):
    stored = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert SECRET not in stored
    assert not any(code in stored for code in may.codes)


def test_secrets_survive_a_new_key_in_front(may, settings, code):
    settings.FIELD_KEYS = ["khoa-moi", *settings.FIELD_KEYS]
    assert actions.use_code(may, code()) is not None
    new = vault.lock("x")
    settings.FIELD_KEYS = ["khoa-moi-hon", "khoa-moi"]
    assert vault.unlock(new) == "x"


def test_secrets_of_the_time_without_field_keys_stay_readable(settings):
    settings.FIELD_KEYS = []
    old = vault.lock("x")
    settings.FIELD_KEYS = ["khoa-moi"]
    assert vault.unlock(old) == "x"


def test_a_lost_key_refuses_and_does_not_break(may, settings, code, client, sign_in):
    settings.SECRET_KEY = "another-" + "y" * 50
    settings.FIELD_KEYS = ["khoa-khac"]
    assert actions.use_code(may, code()) is None


# --- Who must have one --------------------------------------------------------------------------


@pytest.fixture
def wanted(everybody_needs_a_second_factor):
    """Everybody must have a second factor."""


@pytest.mark.parametrize("path", ["/lam-viec/", "/quan-tri/", "/en/lam-viec/"])
def test_without_a_factor_everything_leads_to_setting_one_up(client, wanted, path):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    response = client.get(path)
    assert response.status_code == 302
    assert response.headers["Location"].removeprefix("/en").startswith("/tai-khoan/xac-thuc-hai-buoc/")


def test_with_a_factor_that_this_session_has_not_proved_it_leads_to_the_second_step(
    client, wanted, may, code
):
    client.force_login(may)
    response = client.get("/lam-viec/?x=1")
    assert response.headers["Location"] == "/tai-khoan/xac-nhan/ma/?next=%2Flam-viec%2F%3Fx%3D1"
    response = client.post(response.headers["Location"], {"code": code(), "next": "/lam-viec/?x=1"})
    assert response.headers["Location"] == "/lam-viec/?x=1"
    assert client.get("/lam-viec/").status_code == 200


def test_who_signed_in_with_the_second_step_is_let_through(client, wanted, sign_in, may, code):
    sign_in(client, "may")
    second(client, code())
    assert client.get("/lam-viec/").status_code == 200


def test_taking_the_factor_away_closes_the_door_again(client, wanted, sign_in, may, code):
    sign_in(client, "may")
    second(client, code())
    client.post("/tai-khoan/ung-dung/go/")
    assert not Authenticator.objects.filter(user=may).exists()
    assert client.get("/lam-viec/").status_code == 302


def test_a_change_in_the_admin_is_refused_and_not_carried_out(client, wanted):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    victim = UserFactory(username="hoa")
    assert client.post(f"/quan-tri/users/delete/{victim.pk}/").status_code == 302
    victim.refresh_from_db()


@pytest.mark.parametrize(
    "path", ["/tai-khoan/", "/tai-khoan/xac-thuc-hai-buoc/", "/healthz", "/readyz", "/tim-kiem/", "/van-ban/"]
)
def test_the_account_health_and_the_public_pages_stay_open(client, wanted, path):
    client.force_login(UserFactory())
    assert client.get(path).status_code == 200


def test_one_can_always_sign_out(client, wanted):
    client.force_login(UserFactory())
    assert client.post("/dang-xuat/").headers["Location"] == "/"


def test_without_anybody_who_must_nothing_changes(client):
    client.force_login(UserFactory())
    assert client.get("/lam-viec/").status_code == 200


def test_only_those_must_for_whom_it_was_said(client):
    def for_hoa(request):
        return request.user.get_username() == "hoa"

    second_factor.require_when(for_hoa)
    try:
        client.force_login(UserFactory(username="may"))
        assert client.get("/lam-viec/").status_code == 200
        client.force_login(UserFactory(username="hoa"))
        assert client.get("/lam-viec/").status_code == 302
    finally:
        second_factor.no_longer_when(for_hoa)


def ask(path, user, *, view=lambda request: HttpResponse("ok"), **headers):
    """Send a request for ``path`` through the middleware alone."""
    request = RequestFactory().get(path, headers=headers)
    request.COOKIES["congdoan_session"] = "x"
    request.user = user
    request.session = {}
    request.resolver_match = None
    return SecondFactorMiddleware(lambda _request: HttpResponse()).process_view(request, view, [], {})


def test_the_api_says_so_as_a_problem(wanted):
    response = ask("/api/v1/reports", UserFactory())
    assert response.status_code == 403
    assert response.headers["Content-Type"] == "application/problem+json"
    assert json.loads(response.content)["status"] == 403


def test_htmx_leads_the_whole_page_away(wanted):
    response = ask("/lam-viec/", UserFactory(), **{"HX-Request": "true"})
    assert response.headers["HX-Redirect"].startswith("/tai-khoan/xac-thuc-hai-buoc/")


def test_an_address_that_nobody_thought_of_is_covered(wanted):
    assert ask("/doan-vien/cua-toi/", UserFactory()).status_code == 302


def test_a_view_may_be_left_open_by_name(wanted):
    @second_factor.not_needed
    def public(request):
        return HttpResponse("ok")

    assert ask("/don-vi/", UserFactory(), view=public) is None


def test_a_visitor_without_a_session_is_not_looked_at(wanted):
    """Looking would mark a page for everybody as one's own, and the page cache could not keep it."""

    class Never:
        def __getattr__(self, name):
            raise AssertionError("the user was asked for")

    request = RequestFactory().get("/doan-vien/")
    request.user = Never()
    request.resolver_match = None
    middleware = SecondFactorMiddleware(lambda _request: HttpResponse())
    assert middleware.process_view(request, lambda request: HttpResponse(), [], {}) is None


@pytest.mark.parametrize(("path", "is_open"), [("/van-ban/x/", True), ("/quan-tri/documents/x/", False)])
def test_screens_for_editors_are_covered_in_whichever_app_they_stand(wanted, path, is_open):
    request = RequestFactory().get(path)
    request.COOKIES["congdoan_session"] = "x"
    request.user, request.session = UserFactory(), {}
    request.resolver_match = SimpleNamespace(url_name="x", namespaces=["documents"])
    middleware = SecondFactorMiddleware(lambda _request: HttpResponse())
    answer = middleware.process_view(request, lambda request: HttpResponse(), [], {})
    assert (answer is None) == is_open
