"""Making accounts."""

from __future__ import annotations

import pytest

from congdoan.accounts import actions
from congdoan.accounts.errors import AccountRefusedError
from congdoan.accounts.models import User
from congdoan.audit.models import Entry
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def make(**more):
    fields = {"last_name": "Nguyễn Thị", "first_name": "Hoà", "by": None} | more
    return actions.create_user(**fields)


def test_a_user_name_is_made_of_the_name_when_none_is_given():
    assert [make().username for _ in range(3)] == ["hoa.nt", "hoa.nt2", "hoa.nt3"]
    assert make(last_name="Đặng", first_name="Ửng").username == "ung.d"


def test_an_account_without_a_password_cannot_be_signed_in_to(client, sign_in):
    user = make(username="hoa")
    assert not user.has_usable_password()
    assert sign_in(client, "hoa", "").status_code == 200
    assert sign_in(client, "hoa", user.password).status_code == 200


def test_the_account_keeps_its_names_in_one_spelling(client, sign_in):
    admin = UserFactory()
    user = make(
        phone="0912 345 678",
        staff_code=" CB-7 ",
        email="hoa@vidu.vn",
        password="bốn con trâu lội suối",
        by=admin,
    )
    user.refresh_from_db()
    assert (user.phone, user.staff_code) == ("+84912345678", "cb-7")
    assert Entry.objects.get(verb="user.created").actor_id == str(admin.pk)
    assert sign_in(client, "CB-7", "bốn con trâu lội suối").status_code == 302


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"phone": "0912"}, "Số điện thoại chưa đúng"),
        ({"email": "hoa"}, ""),
        ({"password": "congdoan2026"}, "đoán"),
        ({"username": "có dấu cách"}, ""),
        ({"username": "may"}, "Đã có tài khoản"),
        ({"email": "MAY@vidu.vn"}, "Đã có tài khoản"),
        ({"phone": "+84 912 345 678"}, "Đã có tài khoản"),
        ({"staff_code": "Cb-1"}, "Đã có tài khoản"),
        ({"username": "cb-1"}, "Đã có tài khoản"),
        ({"username": "0912345678"}, "Đã có tài khoản"),
    ],
)
def test_what_is_taken_or_impossible_is_refused_and_makes_nothing(wrong, sentence):
    UserFactory(username="may", email="may@vidu.vn", phone="0912345678", staff_code="cb-1")
    with pytest.raises(AccountRefusedError) as refusal:
        make(**wrong)
    assert sentence in refusal.value.user_message
    assert User.objects.count() == 1
    assert not Entry.objects.filter(verb="user.created").exists()
