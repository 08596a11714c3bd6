"""Signing in, and not being able to lock out somebody else."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from congdoan.accounts.engine import LIMIT
from congdoan.audit.models import Entry
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "mat-khau-du-dai"


@pytest.fixture(autouse=True)
def _no_attempts_yet():
    cache.clear()


def sign_in(client, username, password=PASSWORD, address="10.0.0.1"):
    return client.post("/dang-nhap/", {"username": username, "password": password}, REMOTE_ADDR=address)


def test_an_officer_signs_in_and_reaches_the_desk(client):
    user = UserFactory(username="may")
    response = sign_in(client, "may")
    assert (response.status_code, response.headers["Location"]) == (302, "/lam-viec/")
    assert client.get("/lam-viec/").status_code == 200
    assert Entry.objects.get(verb="user.signed_in").actor_id == str(user.pk)


def test_a_visitor_is_sent_to_sign_in_and_back(client):
    UserFactory(username="may")
    response = client.get("/lam-viec/")
    assert (response.status_code, response.headers["Location"]) == (302, "/dang-nhap/?next=/lam-viec/")
    assert client.get("/quan-tri/").status_code == 302


def test_a_wrong_password_says_nothing_about_the_account_and_keeps_the_name(client):
    UserFactory(username="may")
    known = sign_in(client, "may", "sai-mat-khau").text
    unknown = sign_in(client, "khong-co", "sai-mat-khau").text
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in known
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in unknown
    assert 'value="may"' in known
    assert "sai-mat-khau" not in known


def test_whoever_guesses_is_stopped_even_with_the_right_password_in_the_end(client):
    UserFactory(username="may")
    for _ in range(LIMIT):
        sign_in(client, "may", "sai")
    response = sign_in(client, "may")
    assert response.status_code == 200
    assert "Bạn đã thử quá nhiều lần" in response.text


def test_nobody_can_lock_out_somebody_else(client):
    UserFactory(username="may")
    for _ in range(LIMIT + 5):
        sign_in(client, "may", "sai", address="203.0.113.9")
    assert sign_in(client, "may", address="10.0.0.1").status_code == 302


def test_sign_in_does_not_lead_to_another_site(client):
    UserFactory(username="may")
    response = client.post(
        "/dang-nhap/", {"username": "may", "password": PASSWORD, "next": "https://evil.example/"}
    )
    assert response.headers["Location"] == "/lam-viec/"


def test_signing_out_ends_the_session(client):
    UserFactory(username="may")
    sign_in(client, "may")
    assert client.post("/dang-xuat/").status_code == 302
    assert client.get("/lam-viec/").status_code == 302
    assert Entry.objects.filter(verb="user.signed_out").exists()


def test_a_name_is_written_in_vietnamese_order():
    assert str(UserFactory.build(last_name="Lý Thị", first_name="Mẩy")) == "Lý Thị Mẩy"
