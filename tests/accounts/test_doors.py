"""No other door leads in, and visitors of the public pages carry nothing away."""

from __future__ import annotations

import pytest
from django.urls import reverse

from congdoan.audit.models import Entry
from tests.accounts.conftest import PASSWORD
from tests.factories import UserFactory, make_site

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/quan-tri/login/", "/_util/login/", "/en/_util/login/"])
def test_the_other_sign_in_pages_lead_to_the_one_with_limits_and_a_second_step(client, with_totp, path):
    make_site()
    user = UserFactory(username="may", is_superuser=True, is_staff=True)
    with_totp(user)
    response = client.post(path, {"username": "may", "password": PASSWORD})
    assert response.status_code == 302
    assert response.headers["Location"].removeprefix("/en") == "/dang-nhap/"
    assert client.get("/tai-khoan/").status_code == 302
    assert not Entry.objects.filter(verb="user.signed_in").exists()


@pytest.mark.parametrize(
    "name",
    [
        "account_signup",
        "account_set_password",
        "account_inactive",
        "account_email_verification_sent",
        "socialaccount_signup",
        "socialaccount_connections",
        "mfa_download_recovery_codes",
    ],
)
def test_what_allauth_offers_and_we_do_not_is_not_found(client, name):
    make_site()
    client.force_login(UserFactory())
    assert client.get(reverse(name)).status_code == 404
    assert client.post(reverse(name)).status_code == 404


@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/login/", "/quan-tri/password_reset/"])
def test_the_usual_addresses_of_others_do_not_exist(client, path):
    make_site()
    assert client.get(path).status_code == 404


def test_the_admin_has_no_second_page_for_changing_the_password(client):
    user = UserFactory(is_superuser=True, is_staff=True)
    client.force_login(user)
    assert "current-password" not in client.get("/quan-tri/account/").text


@pytest.mark.parametrize("path", ["/", "/tin-tuc/", "/van-ban/", "/tim-kiem/", "/en/"])
def test_public_pages_neither_touch_the_session_nor_set_a_cookie(client, path):
    make_site()
    response = client.get(path)
    assert response.status_code == 200
    assert response.cookies == {}
    assert "Cookie" not in response.headers.get("Vary", "")
    assert not response.wsgi_request.session.accessed


def test_a_page_that_does_not_exist_does_not_touch_the_session_either(client):
    make_site()
    response = client.get("/khong-co/")
    assert response.status_code == 404
    assert response.cookies == {}
    assert not response.wsgi_request.session.accessed


@pytest.mark.parametrize(
    "path", ["/tai-khoan/", "/tai-khoan/mat-khau/", "/tai-khoan/xac-thuc-hai-buoc/", "/tai-khoan/khoa/them/"]
)
def test_an_account_is_for_its_owner(client, path):
    response = client.get(path)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/dang-nhap/?next=")


@pytest.mark.parametrize("path", ["/tai-khoan/", "/tai-khoan/mat-khau/", "/dang-nhap/"])
def test_no_page_of_an_account_is_kept_by_anybody(client, path):
    if path != "/dang-nhap/":
        client.force_login(UserFactory())
    assert "no-store" in client.get(path).headers["Cache-Control"]


def test_who_is_signed_in_is_not_asked_again(client):
    client.force_login(UserFactory())
    assert client.get("/dang-nhap/").headers["Location"] == "/lam-viec/"


def test_no_english_of_allauth_reaches_the_reader(client, sign_in, with_totp, code):
    user = UserFactory(username="may")
    with_totp(user)
    sign_in(client, "may")
    page = client.post("/dang-nhap/xac-thuc/", {"code": code()}, follow=True)
    for words in ("Successfully", "signed in", "Sign In", "Code", "Incorrect"):
        assert words not in page.text
