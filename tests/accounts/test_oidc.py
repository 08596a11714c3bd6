"""OpenID Connect: opens accounts that are here, by verified e-mail, and makes none. The provider is a small server of ours."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount

from congdoan.accounts.models import User
from congdoan.audit.models import Entry
from tests.accounts.conftest import PASSWORD
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

CLIENT_ID = "cong-doan"


class Provider(ThreadingHTTPServer):
    """Answers for one person, ``claims``; keeps what it was asked for a token."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Answers)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.claims = {"sub": "s-1", "email": "may@vidu.vn", "email_verified": True}
        self.info = None
        self.issuer = self.url
        self.audience = CLIENT_ID
        self.asked = {}


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        provider = self.server
        if self.path.endswith("/.well-known/openid-configuration"):
            self._say(
                {
                    "issuer": provider.url,
                    "authorization_endpoint": f"{provider.url}/authorize",
                    "token_endpoint": f"{provider.url}/token",
                    "userinfo_endpoint": f"{provider.url}/userinfo",
                    "jwks_uri": f"{provider.url}/jwks",
                }
            )
        else:
            self._say(provider.info or provider.claims)

    def do_POST(self):
        provider = self.server
        length = int(self.headers["Content-Length"])
        provider.asked = {key: value[0] for key, value in parse_qs(self.rfile.read(length).decode()).items()}
        now = int(time.time())
        claims = {
            "iss": provider.issuer,
            "aud": provider.audience,
            "iat": now,
            "exp": now + 60,
            **provider.claims,
        }
        self._say(
            {"access_token": "t", "token_type": "Bearer", "id_token": jwt.encode(claims, "k" * 32, "HS256")}
        )

    def _say(self, what):
        body = json.dumps(what).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Be quiet."""


@pytest.fixture
def provider(settings):
    """A provider that is set as the settings OIDC_* set it."""
    server = Provider()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.OIDC_SERVER_URL = server.url
    settings.OIDC_NAME = "Cổng tỉnh"
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": "Cổng tỉnh",
                    "client_id": CLIENT_ID,
                    "secret": "bi-mat",
                    "settings": {"server_url": server.url},
                }
            ],
        }
    }
    yield server
    server.shutdown()
    server.server_close()


def go(client, *, start="/dang-nhap/qua/oidc/", **back):
    """Go to the provider and come back from it."""
    there = client.get(start)
    assert there.status_code == 302, there.text
    query = {key: value[0] for key, value in parse_qs(urlsplit(there.headers["Location"]).query).items()}
    answer = {"code": "c", "state": query.get("state", "")} | back
    return client.get("/dang-nhap/qua/oidc/tra-loi/", {k: v for k, v in answer.items() if v is not None})


def why(response, client):
    assert response.headers["Location"] == "/dang-nhap/"
    return client.get("/dang-nhap/").text


def test_without_a_setting_there_is_neither_a_button_nor_an_address(client):
    assert "/dang-nhap/qua/" not in client.get("/dang-nhap/").text
    assert client.get("/dang-nhap/qua/oidc/").status_code == 404
    assert client.get("/dang-nhap/qua/oidc/tra-loi/", {"code": "x", "state": "y"}).status_code == 404


def test_with_it_there_is_a_button_and_another_provider_does_not_exist(client, provider):
    page = client.get("/dang-nhap/?next=/tai-khoan/").text
    assert "Đăng nhập qua Cổng tỉnh" in page
    assert 'href="/dang-nhap/qua/oidc/?next=%2Ftai-khoan%2F"' in page
    assert client.get("/dang-nhap/qua/khac/").status_code == 404


def test_the_question_carries_a_state_and_a_challenge(client, provider):
    there = urlsplit(client.get("/dang-nhap/qua/oidc/").headers["Location"])
    query = {key: value[0] for key, value in parse_qs(there.query).items()}
    assert f"{there.scheme}://{there.netloc}" == provider.url
    assert query["redirect_uri"] == "http://testserver/dang-nhap/qua/oidc/tra-loi/"
    assert (query["client_id"], query["code_challenge_method"]) == (CLIENT_ID, "S256")
    client.get("/dang-nhap/qua/oidc/tra-loi/", {"code": "c", "state": query["state"]})
    digest = hashlib.sha256(provider.asked["code_verifier"].encode()).digest()
    assert base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == query["code_challenge"]


def test_a_verified_e_mail_opens_the_account_that_has_it_and_is_bound_to_it(client, provider):
    user = UserFactory(username="may", email="May@vidu.vn")
    response = go(client, start="/dang-nhap/qua/oidc/?next=/tai-khoan/")
    assert response.headers["Location"] == "/tai-khoan/"
    assert client.get("/tai-khoan/").status_code == 200
    assert SocialAccount.objects.get().user == user
    assert Entry.objects.filter(verb="user.identity_bound", object_id=str(user.pk)).exists()
    user.refresh_from_db()
    assert user.check_password(PASSWORD), "signing in elsewhere takes no password away"


def test_a_bound_identity_opens_its_account_whatever_its_e_mail_is_later(client, provider):
    user = UserFactory(username="may", email="may@vidu.vn")
    go(client)
    client.post("/dang-xuat/")
    UserFactory(username="hoa", email="moi@vidu.vn")
    provider.claims["email"] = "moi@vidu.vn"
    go(client)
    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize("verified", [False, None, "false", 0])
def test_an_e_mail_that_is_not_verified_opens_nothing(client, provider, verified):
    UserFactory(username="may", email="may@vidu.vn")
    provider.claims["email_verified"] = verified
    assert "Chưa có tài khoản nào dùng địa chỉ thư đã xác minh này" in why(go(client), client)
    assert client.get("/tai-khoan/").status_code == 302
    assert not SocialAccount.objects.exists()


def test_nobody_gets_an_account_by_coming_along(client, provider):
    provider.claims["email"] = "la@vidu.vn"
    assert "Chưa có tài khoản" in why(go(client), client)
    assert not User.objects.exists()


def test_an_account_that_is_switched_off_stays_closed(client, provider):
    UserFactory(username="may", email="may@vidu.vn")
    go(client)
    client.post("/dang-xuat/")
    User.objects.update(is_active=False)
    assert "ngừng hoạt động" in why(go(client), client)
    assert client.get("/tai-khoan/").status_code == 302


def test_a_second_identity_does_not_take_over_a_bound_account(client, provider):
    UserFactory(username="may", email="may@vidu.vn")
    go(client)
    client.post("/dang-xuat/")
    provider.claims["sub"] = "s-2"
    assert "đã gắn với một danh tính khác" in why(go(client), client)
    assert SocialAccount.objects.get().uid == "s-1"


def test_the_second_step_is_asked_all_the_same(client, provider, with_totp, code):
    with_totp(UserFactory(username="may", email="may@vidu.vn"))
    assert go(client).headers["Location"] == "/dang-nhap/xac-thuc/"
    assert client.get("/tai-khoan/").status_code == 302
    assert client.post("/dang-nhap/xac-thuc/", {"code": code()}).headers["Location"] == "/lam-viec/"


@pytest.mark.parametrize(
    "back", [{"state": "gia-mao"}, {"state": None}, {"code": None}, {"code": None, "error": "access_denied"}]
)
def test_an_answer_to_no_question_opens_nothing(client, provider, back):
    UserFactory(username="may", email="may@vidu.vn")
    assert "Không đăng nhập được qua Cổng tỉnh" in why(go(client, **back), client)
    assert client.get("/tai-khoan/").status_code == 302


@pytest.mark.parametrize(
    "fault",
    [
        {"issuer": "https://evil.example"},
        {"audience": "khac"},
        {"info": {"sub": "s-9", "email": "may@vidu.vn", "email_verified": True}},
    ],
)
def test_a_token_for_others_opens_nothing(client, provider, fault):
    UserFactory(username="may", email="may@vidu.vn")
    for name, value in fault.items():
        setattr(provider, name, value)
    assert "Không đăng nhập được" in why(go(client), client)
    assert client.get("/tai-khoan/").status_code == 302


def test_nobody_binds_an_identity_to_an_open_session(client, provider):
    """ "process=connect" would bind without a verified e-mail."""
    user = UserFactory(username="may", email="khac@vidu.vn")
    client.force_login(user)
    go(client, start="/dang-nhap/qua/oidc/?process=connect")
    assert not SocialAccount.objects.exists()


def test_it_does_not_lead_to_another_site(client, provider):
    UserFactory(username="may", email="may@vidu.vn")
    assert (
        go(client, start="/dang-nhap/qua/oidc/?next=https://evil.example/").headers["Location"]
        == "/lam-viec/"
    )


def test_a_provider_that_does_not_answer_is_said_so(client, provider, settings):
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = (
        "http://127.0.0.1:9"
    )
    assert "Hãy thử lại, hoặc dùng mật khẩu" in why(client.get("/dang-nhap/qua/oidc/"), client)
