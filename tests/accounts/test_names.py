"""The names by which one signs in: one account each, in any spelling."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from congdoan.accounts import identifiers, queries
from congdoan.accounts.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "typed",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "+84912345678",
        "+84 912 345 678",
        "84912345678",
        "(0912) 345-678",
    ],
)
def test_a_phone_number_is_one_number_in_every_spelling(typed):
    assert identifiers.phone_or_none(typed) == "+84912345678"


@pytest.mark.parametrize("typed", ["", "0912", "CB0912345678", "mẩy", "0912 345 678 9012", "+", "12/10/2019"])
def test_what_is_no_phone_number_is_not_taken_for_one(typed):
    assert identifiers.phone_or_none(typed) is None


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_numbers(text):
    number = identifiers.phone_or_none(text)
    assert number is None or (number.startswith("+") and identifiers.phone_or_none(number) == number)


def test_a_number_is_shown_as_people_write_it():
    assert identifiers.phone_for_people("+84912345678") == "0912 345 678"


@pytest.mark.parametrize(
    "name",
    ["may", "may.ly@vidu.vn", "May.Ly@VIDU.vn", " 0912 345 678 ", "+84 912 345 678", "cb-0123", "CB-0123 "],
)
def test_every_name_signs_in(client, sign_in, name):
    UserFactory(username="may", email="May.Ly@vidu.vn", phone="0912 345 678", staff_code="Cb-0123")
    response = sign_in(client, name)
    assert (response.status_code, response.headers["Location"]) == (302, "/lam-viec/")


def test_another_number_does_not_sign_in(client, sign_in):
    UserFactory(phone="0912345678")
    response = sign_in(client, "0912 345 679")
    assert response.status_code == 200
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in response.text


def test_an_account_that_is_switched_off_looks_like_a_wrong_password(client, sign_in):
    UserFactory(username="may", is_active=False)
    response = sign_in(client, "may")
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in response.text
    assert "ngừng hoạt động" not in response.text


def test_a_name_that_fits_two_other_accounts_means_neither():
    UserFactory(username="a", email="0912345678@vidu.vn", staff_code="0912345678")
    UserFactory(username="b", phone="0912345678")
    assert queries.find_user("0912345678") is None
    assert queries.find_user("+84912345678").username == "b"


def test_a_user_name_goes_before_other_names():
    owner = UserFactory(username="cb-0123")
    UserFactory(username="b", staff_code="cb-0123")
    assert queries.find_user("cb-0123") == owner


def test_no_name_means_nobody():
    UserFactory(username="may", email="", phone="", staff_code="")
    assert queries.find_user("") is None
    assert queries.find_user("   ") is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"email": "may@vidu.vn"}, {"email": "MAY@vidu.vn"}),
        ({"phone": "0912345678"}, {"phone": "+84 912 345 678"}),
        ({"staff_code": "CB-1"}, {"staff_code": "cb-1"}),
    ],
)
def test_the_database_keeps_each_name_for_one_account(first, second):
    UserFactory(**first)
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(**second)


def test_any_number_of_accounts_may_lack_a_name():
    UserFactory.create_batch(3, email="", phone="", staff_code="")
    assert User.objects.count() == 3


def test_what_is_no_number_is_not_stored():
    with pytest.raises(ValidationError):
        UserFactory(phone="không có")
    UserFactory(username="may")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(username="may").update(phone="0912345678")


def test_the_editors_admin_still_makes_and_edits_accounts(client):
    admin = UserFactory(is_superuser=True, is_staff=True)
    client.force_login(admin)
    data = {"username": "hoa", "email": "hoa@vidu.vn", "first_name": "Hoa", "last_name": "Nguyễn Thị"}
    passwords = {"password1": "bốn con trâu lội suối", "password2": "bốn con trâu lội suối"}
    client.post("/quan-tri/users/new/", data | passwords)
    made = User.objects.get(username="hoa")
    taken = client.post(
        "/quan-tri/users/new/", data | passwords | {"username": "hoa2", "email": "HOA@vidu.vn"}
    )
    assert "Đã có tài khoản dùng địa chỉ thư điện tử này" in taken.text
    client.post(f"/quan-tri/users/edit/{made.pk}/", data | {"first_name": "Hoà", "is_active": "on"})
    made.refresh_from_db()
    assert made.first_name == "Hoà"
    weak = client.post(
        "/quan-tri/users/new/",
        data
        | {"username": "x", "email": "x@vidu.vn", "password1": "congdoan2026", "password2": "congdoan2026"},
    )
    assert "từ ai cũng đoán được" in weak.text
