"""Setting up, naming and removing second factors, and recovery codes, on the pages of one's own account."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator

from congdoan.accounts import actions
from congdoan.audit.models import Entry
from tests.accounts.conftest import PASSWORD
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def verbs():
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


@pytest.fixture
def may(client, sign_in):
    user = UserFactory(username="may")
    sign_in(client, "may")
    return user


def set_up(client, code):
    page = client.get("/tai-khoan/ung-dung/")
    secret = re.search(r"secret=([A-Z2-7]+)", page.text)[1]
    return client.post("/tai-khoan/ung-dung/", {"code": code(secret=secret)})


def test_an_app_is_set_up_with_a_picture_and_the_secret_as_text(client, may, code):
    page = client.get("/tai-khoan/ung-dung/")
    secret = re.search(r"secret=([A-Z2-7]+)", page.text)[1]
    assert "<svg" in page.text
    assert "style=" not in page.text
    assert " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)) in page.text
    response = client.post("/tai-khoan/ung-dung/", {"code": code(secret=secret)})
    assert response.headers["Location"] == "/tai-khoan/ma-du-phong/"
    assert Authenticator.objects.filter(user=may, type="totp").count() == 1
    assert "user.factor_added" in verbs()
    assert "user.recovery_codes_made" in verbs()


def test_the_session_in_which_it_was_set_up_counts_as_proved(
    client, may, code, everybody_needs_a_second_factor
):
    assert client.get("/lam-viec/").status_code == 302
    set_up(client, code)
    assert client.get("/lam-viec/").status_code == 200


def test_a_wrong_first_code_sets_up_nothing_and_keeps_the_secret(client, may):
    before = re.search(r"secret=([A-Z2-7]+)", client.get("/tai-khoan/ung-dung/").text)[1]
    response = client.post("/tai-khoan/ung-dung/", {"code": "000000"})
    assert "Mã chưa đúng" in response.text
    assert before in response.text
    assert not Authenticator.objects.exists()


def test_recovery_codes_are_shown_once(client, may, code):
    set_up(client, code)
    first = client.get("/tai-khoan/ma-du-phong/").text
    codes = re.findall(r"<code>(\d{5} \d{5})</code>", first)
    assert len(set(codes)) == 10
    again = client.get("/tai-khoan/ma-du-phong/").text
    assert not any(one in again for one in codes)
    assert "Còn 10 mã" in again


def test_new_recovery_codes_replace_the_old(client, may, code):
    set_up(client, code)
    old = re.findall(r"<code>(\d{5} \d{5})</code>", client.get("/tai-khoan/ma-du-phong/").text)
    assert "không dùng được nữa" in client.get("/tai-khoan/ma-du-phong/tao/").text
    client.post("/tai-khoan/ma-du-phong/tao/")
    new = re.findall(r"<code>(\d{5} \d{5})</code>", client.get("/tai-khoan/ma-du-phong/").text)
    assert len(new) == 10
    assert actions.use_code(may, old[0]) is None
    assert actions.use_code(may, new[0]) is not None
    assert verbs().count("user.recovery_codes_made") == 2


def test_without_a_factor_there_are_no_recovery_codes(client, may):
    assert client.get("/tai-khoan/ma-du-phong/").status_code == 404
    assert client.post("/tai-khoan/ma-du-phong/tao/").status_code == 404
    assert not Authenticator.objects.exists()


def test_removing_the_last_factor_says_what_follows_and_takes_the_codes_along(client, may, code, sign_in):
    set_up(client, code)
    other = type(client)()
    other.force_login(may)
    assert "Mã dự phòng bị huỷ theo" in client.get("/tai-khoan/ung-dung/go/").text
    client.post("/tai-khoan/ung-dung/go/")
    assert not Authenticator.objects.exists()
    assert verbs()[-2:] == ["user.factor_removed", "user.sessions_ended"]
    assert other.get("/tai-khoan/").status_code == 302
    assert client.get("/tai-khoan/").status_code == 200


@pytest.mark.parametrize(
    "path", ["ung-dung/", "ung-dung/go/", "khoa/them/", "ma-du-phong/", "ma-du-phong/tao/"]
)
def test_factors_are_changed_only_by_whoever_has_just_proved_who_they_are(client, with_totp, path):
    user = UserFactory(username="may")
    with_totp(user)
    client.force_login(user)
    response = client.get(f"/tai-khoan/{path}")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/tai-khoan/xac-nhan/mat-khau/?next=")
    assert client.post(f"/tai-khoan/{path}").status_code in (302, 405)
    assert Authenticator.objects.count() == 2


def test_the_password_once_more_leads_on(client, with_totp):
    user = UserFactory(username="may")
    with_totp(user)
    client.force_login(user)
    where = client.get("/tai-khoan/ung-dung/go/").headers["Location"]
    wrong = client.post(where, {"password": "sai", "next": "/tai-khoan/ung-dung/go/"})
    assert "Mật khẩu chưa đúng" in wrong.text
    right = client.post(where, {"password": PASSWORD, "next": "/tai-khoan/ung-dung/go/"})
    assert right.headers["Location"] == "/tai-khoan/ung-dung/go/"
    assert client.get("/tai-khoan/ung-dung/go/").status_code == 200


def test_a_code_does_too(client, with_totp, code):
    user = UserFactory(username="may")
    with_totp(user)
    client.force_login(user)
    where = "/tai-khoan/xac-nhan/ma/?next=/tai-khoan/khoa/them/"
    right = client.post(where, {"code": code(), "next": "/tai-khoan/khoa/them/"})
    assert right.headers["Location"] == "/tai-khoan/khoa/them/"
    assert client.get("/tai-khoan/khoa/them/").status_code == 200


def test_proving_again_does_not_lead_to_another_site(client, sign_in):
    UserFactory(username="may")
    client.force_login(UserFactory(username="hoa"))
    response = client.post(
        "/tai-khoan/xac-nhan/mat-khau/", {"password": PASSWORD, "next": "https://evil.example/"}
    )
    assert response.headers["Location"] == "/tai-khoan/"


@pytest.fixture
def passkey():
    """A passkey of somebody, as a row: what it can do is tested in a browser."""

    def of(user, name="Điện thoại"):
        return Authenticator.objects.create(user=user, type="webauthn", data={"name": name, "credential": {}})

    return of


def test_a_passkey_gets_another_name(client, may, passkey):
    key = passkey(may)
    client.post(f"/tai-khoan/khoa/{key.pk}/doi-ten/", {"name": "Máy cơ quan"})
    assert "Máy cơ quan" in client.get("/tai-khoan/").text
    assert verbs()[-1] == "user.passkey_renamed"


def test_the_passkey_of_somebody_else_does_not_exist(client, may, passkey):
    key = passkey(UserFactory(username="hoa"), "Máy của Hoa")
    assert client.get(f"/tai-khoan/khoa/{key.pk}/doi-ten/").status_code == 404
    assert client.post(f"/tai-khoan/khoa/{key.pk}/doi-ten/", {"name": "x"}).status_code == 404
    assert client.post(f"/tai-khoan/khoa/{key.pk}/go/").status_code == 404
    key.refresh_from_db()
    assert key.data["name"] == "Máy của Hoa"
    assert "Máy của Hoa" not in client.get("/tai-khoan/").text


def test_one_of_two_factors_goes_alone(client, may, passkey, code):
    set_up(client, code)
    key = passkey(may)
    page = client.get(f"/tai-khoan/khoa/{key.pk}/go/").text
    assert "Điện thoại" in page
    assert "huỷ theo" not in page
    client.post(f"/tai-khoan/khoa/{key.pk}/go/")
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes"}


@pytest.mark.parametrize(
    "credential", ["", "{", "[]", "{}", '"x"', '{"id": "x", "response": {}}', "null", '{"rawId": 5}']
)
def test_what_is_no_passkey_is_refused_everywhere(client, may, passkey, credential, with_totp, sign_in):
    page = client.post("/tai-khoan/khoa/them/", {"name": "x", "credential": credential})
    assert "Khoá truy cập chưa được nhận" in page.text
    passkey(may)
    assert client.post("/tai-khoan/xac-nhan/khoa/", {"credential": credential}).status_code == 302
    assert not any(
        record.get("method") == "mfa" for record in client.session["account_authentication_methods"]
    )
    visitor = type(client)()
    assert visitor.post("/dang-nhap/khoa/", {"credential": credential}).headers["Location"] == "/dang-nhap/"
    assert visitor.get("/tai-khoan/").status_code == 302


def test_demonstration_data_gets_an_app_and_its_codes():
    user = UserFactory()
    codes = actions.enable_totp(user, "JBSWY3DPEHPK3PXP")
    assert len(set(codes)) == 10
    assert actions.use_code(user, codes[3]) is not None
    assert actions.show_recovery_codes(user) is None
