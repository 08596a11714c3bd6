"""A forgotten password: one link by mail, the same answer for everybody."""

from __future__ import annotations

import re

import pytest
from django.core import mail

from congdoan.accounts import tasks
from tests.accounts.conftest import PASSWORD
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

NEW = "Bốn con trâu lội suối"


@pytest.fixture(autouse=True)
def _mail_is_set_up_and_goes_at_once(settings):
    settings.EMAIL_URL = "smtp://127.0.0.1"
    settings.BASE_URL = "https://congdoan.example"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def ask(client, name, **more):
    return client.post("/dang-nhap/quen-mat-khau/", {"name": name}, follow=True, **more)


def link():
    return re.search(r"https://congdoan\.example(/dang-nhap/mat-khau-moi/\S+)", mail.outbox[-1].body)[1]


def test_a_link_arrives_and_sets_a_new_password_once(client, sign_in):
    user = UserFactory(username="may", email="may@vidu.vn")
    elsewhere = type(client)()
    elsewhere.force_login(user)
    assert "Hãy xem thư" in ask(client, "may").text
    message = mail.outbox[0]
    assert (message.to, message.subject) == (["may@vidu.vn"], "Đặt lại mật khẩu")
    assert (type(message), message.content_subtype) == (mail.EmailMessage, "plain")
    assert "Chào Lý Thị Mẩy" in message.body
    page = client.get(link(), follow=True)
    response = client.post(page.request["PATH_INFO"], {"new_password": NEW, "again": NEW}, follow=True)
    assert "Đã đặt mật khẩu mới" in response.text
    assert client.get("/tai-khoan/").status_code == 302
    assert elsewhere.get("/tai-khoan/").status_code == 302
    assert "đã dùng rồi" in type(client)().get(link(), follow=True).text
    assert sign_in(client, "may", NEW).status_code == 302


def test_the_answer_is_the_same_whether_or_not_there_is_an_account(client):
    UserFactory(username="may", email="may@vidu.vn")
    UserFactory(username="khong-thu", email="")
    UserFactory(username="nghi", email="nghi@vidu.vn", is_active=False)
    answers = {ask(client, name).text for name in ("may", "khong-co", "khong-thu", "nghi")}
    assert len(answers) == 1
    assert [message.to for message in mail.outbox] == [["may@vidu.vn"]]


def test_the_link_leads_to_our_own_address_whatever_the_asker_called_us(client):
    UserFactory(username="may", email="may@vidu.vn")
    ask(client, "may", HTTP_HOST="evil.example")
    assert "evil.example" not in mail.outbox[0].body


def test_a_new_password_does_not_pass_the_second_step(client, sign_in, with_totp):
    user = UserFactory(username="may", email="may@vidu.vn")
    with_totp(user)
    ask(client, "may")
    page = client.get(link(), follow=True)
    client.post(page.request["PATH_INFO"], {"new_password": NEW, "again": NEW})
    assert sign_in(client, "may", NEW).headers["Location"] == "/dang-nhap/xac-thuc/"


def test_a_weak_password_is_refused_and_the_link_lives_on(client):
    user = UserFactory(username="may", email="may@vidu.vn")
    ask(client, "may")
    page = client.get(link(), follow=True)
    weak = client.post(page.request["PATH_INFO"], {"new_password": "congdoan2026", "again": "congdoan2026"})
    assert "ai cũng đoán được" in weak.text
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert client.post(page.request["PATH_INFO"], {"new_password": NEW, "again": NEW}).status_code == 302


def test_a_forged_link_sets_nothing(client):
    UserFactory(username="may", email="may@vidu.vn")
    ask(client, "may")
    forged = link()[:-6] + "abcde/"
    assert "đã dùng rồi hoặc đã quá hạn" in client.get(forged, follow=True).text


def test_nobody_floods_a_mailbox(client):
    UserFactory(username="may", email="may@vidu.vn")
    for number in range(6):
        ask(client, "may", REMOTE_ADDR=f"203.0.113.{number}")
    assert len(mail.outbox) == 3


def test_without_mail_the_page_says_whom_to_ask(client, settings):
    settings.EMAIL_URL = ""
    user = UserFactory(username="may", email="may@vidu.vn")
    page = client.get("/dang-nhap/quen-mat-khau/").text
    assert "Hãy hỏi người quản trị hệ thống" in page
    assert "Hãy hỏi" in ask(client, "may").text
    assert tasks.send_reset_link.call(user=user.pk, language="vi") is False
    assert mail.outbox == []


def test_the_mail_is_in_the_language_of_the_page(client):
    UserFactory(username="may", email="may@vidu.vn")
    client.post("/en/dang-nhap/quen-mat-khau/", {"name": "may"})
    assert "https://congdoan.example/en/dang-nhap/mat-khau-moi/" in mail.outbox[0].body
