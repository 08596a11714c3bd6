"""Where somebody is signed in: listed, and ended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils import timezone

from congdoan.accounts import actions
from congdoan.accounts.models import SignIn
from congdoan.accounts.user_agents import device_words
from congdoan.audit.models import Entry
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PHONE = (
    "Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/124.0.0.0 Mobile Safari/537.36"
)


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (PHONE, "Chrome · Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) Version/17.4 Mobile/15E148 Safari/604.1",
            "Safari · iPhone",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:125.0) Gecko/20100101 Firefox/125.0",
            "Firefox · Windows",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/124.0 Safari/537.36 Edg/124.0", "Edge · Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) coc_coc_browser/120.0 Chrome/114 Safari/537.36", "Coc Coc · Windows"),
        ("curl/8.0", ""),
        ("", ""),
        ("x" * 100_000, ""),
    ],
)
def test_a_device_is_called_by_two_words(user_agent, words):
    assert device_words(user_agent) == words


def test_the_account_page_lists_devices_and_marks_this_one(client, sign_in):
    UserFactory(username="may")
    other = type(client)(headers={"User-Agent": PHONE})
    sign_in(other, "may")
    sign_in(client, "may")
    page = client.get("/tai-khoan/").text
    assert "Chrome · Android" in page
    assert page.count("Thiết bị này") == 1
    assert page.count(">Kết thúc<") == 1


def test_neither_the_address_nor_the_key_of_a_session_is_stored(client, sign_in):
    UserFactory(username="may")
    sign_in(client, "may", address="203.0.113.77")
    stored = str(list(SignIn.objects.values())) + str(list(Entry.objects.values()))
    stored += str([session.get_decoded() for session in Session.objects.all()])
    assert "203.0.113.77" not in stored
    assert client.session.session_key not in str(list(SignIn.objects.values()))


def test_one_session_is_ended_at_its_next_request(client, sign_in):
    user = UserFactory(username="may")
    other = type(client)()
    sign_in(other, "may")
    sign_in(client, "may")
    there = user.sign_ins.get(key_hash=SignIn.hash_of(other.session.session_key))
    response = client.post(f"/tai-khoan/phien/{there.pk}/ket-thuc/", follow=True)
    assert "Đã kết thúc phiên" in response.text
    assert other.get("/lam-viec/").status_code == 302
    assert client.get("/lam-viec/").status_code == 200
    assert Entry.objects.get(verb="user.session_ended").actor_id == str(user.pk)


def test_all_other_sessions_are_ended(client, sign_in):
    user = UserFactory(username="may")
    others = [type(client)() for _ in range(3)]
    for other in others:
        sign_in(other, "may")
    sign_in(client, "may")
    assert "Đã kết thúc 3 phiên khác" in client.post("/tai-khoan/phien/ket-thuc-het/", follow=True).text
    assert all(other.get("/lam-viec/").status_code == 302 for other in others)
    assert client.get("/lam-viec/").status_code == 200
    assert user.sign_ins.count() == 1


def test_the_sessions_of_somebody_else_do_not_exist(client, sign_in):
    UserFactory(username="may")
    victim = type(client)()
    victim.force_login(UserFactory(username="hoa"))
    theirs = SignIn.objects.get()
    sign_in(client, "may")
    assert client.post(f"/tai-khoan/phien/{theirs.pk}/ket-thuc/").status_code == 404
    client.post("/tai-khoan/phien/ket-thuc-het/")
    assert victim.get("/lam-viec/").status_code == 200


def test_sessions_are_not_ended_by_a_link(client, sign_in):
    user = UserFactory(username="may")
    sign_in(client, "may")
    sign_in_row = user.sign_ins.get()
    assert client.get(f"/tai-khoan/phien/{sign_in_row.pk}/ket-thuc/").status_code == 405
    assert client.get("/dang-xuat/").status_code == 405
    assert client.get("/lam-viec/").status_code == 200


def test_signing_out_takes_the_session_off_the_list(client, sign_in):
    user = UserFactory(username="may")
    sign_in(client, "may")
    client.post("/dang-xuat/")
    assert not user.sign_ins.exists()


def test_last_seen_is_written_at_most_once_a_minute(client, sign_in, django_assert_num_queries):
    user = UserFactory(username="may")
    sign_in(client, "may")
    row = user.sign_ins.get()
    client.get("/lam-viec/")
    assert user.sign_ins.get().last_seen == row.last_seen
    long_ago = timezone.now() - timedelta(minutes=5)
    user.sign_ins.update(started=long_ago, last_seen=long_ago)
    client.get("/lam-viec/")
    assert user.sign_ins.get().last_seen > long_ago + timedelta(minutes=4)


def test_sessions_that_ran_out_are_forgotten_at_the_next_sign_in(client, sign_in, settings):
    user = UserFactory(username="may")
    old = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE + 60)
    SignIn.objects.create(user=user, key_hash="x", started=old, last_seen=old)
    sign_in(client, "may")
    assert not user.sign_ins.filter(key_hash="x").exists()
    assert user.sign_ins.count() == 1


def test_an_upper_app_ends_all_sessions_of_a_user(client):
    user, admin = UserFactory(), UserFactory()
    client.force_login(user)
    assert actions.end_sessions(user, by=admin) == 1
    assert client.get("/lam-viec/").status_code == 302
    assert Entry.objects.get(verb="user.sessions_ended").actor_id == str(admin.pk)


def test_a_session_of_one_user_is_no_session_of_another(client):
    client.force_login(UserFactory())
    SignIn.objects.update(user=UserFactory())
    assert client.get("/lam-viec/").status_code == 302


def test_the_database_refuses_a_session_seen_before_it_began():
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        SignIn.objects.create(
            user=UserFactory(), key_hash="x", started=now, last_seen=now - timedelta(seconds=1)
        )
