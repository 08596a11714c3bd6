"""Passwords by NIST SP 800-63B-4: long, of any letters, and not the first that anybody guesses."""

from __future__ import annotations

import unicodedata

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher, PBKDF2PasswordHasher, check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from congdoan.accounts import actions
from congdoan.accounts.errors import AccountRefusedError
from congdoan.accounts.models import User
from congdoan.audit.models import Entry
from tests.accounts.conftest import PASSWORD
from tests.factories import UserFactory

GOOD = "Bốn con trâu lội suối"


def refused(password, user=None):
    try:
        validate_password(password, user)
    except ValidationError as error:
        return [str(one.code) for one in error.error_list]
    return []


@pytest.fixture
def mẩy():
    return User(
        username="may.lt",
        last_name="Lý Thị",
        first_name="Mẩy",
        email="lythimay@vidu.vn",
        phone="+84912345678",
    )


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "correct horse battery staple",
        "x" * 3 + "ếộử ữ ầẫ" + "zzz!",
        "🌾🌾 ruộng bậc thang 🌾",
        "a1" + "ruộng nương" * 20,
    ],
)
def test_any_letters_spaces_and_length_are_taken(password, mẩy):
    assert refused(password, mẩy) == []


def test_no_composition_is_demanded(mẩy):
    assert refused("chỉ toàn chữ thường", mẩy) == []


def test_sixty_four_characters_and_more_are_taken_and_all_of_them_count(settings):
    settings.PASSWORD_HASHERS = ["congdoan.accounts.hashers.NormalisingScryptHasher"]
    long = ("trâu bò lợn gà " * 16)[:200]
    assert refused(long) == []
    encoded = make_password(long)
    assert check_password(long, encoded)
    assert not check_password(long[:-1], encoded)
    assert not check_password(long[:72], encoded)


@pytest.mark.parametrize("password", ["ngắn", "mười một kt", unicodedata.normalize("NFD", "ộộộộộộộộộộộ")])
def test_fewer_than_twelve_characters_are_refused_however_they_are_composed(password):
    assert "password_too_short" in refused(password)


def test_more_than_anybody_types_is_refused_and_not_cut():
    assert "password_too_long" in refused("ab c" * 65)


@pytest.mark.parametrize(
    "password", ["password1234", "qwertyuiop12", "Matkhau@202612", "basketball1!", "Basketball!!"]
)
def test_common_passwords_are_refused_with_digits_and_signs_around_them_too(password):
    assert refused(password)


@pytest.mark.parametrize(
    "password", ["111111111111", "123456789012", "abcabcabcabc", "987654321098", "a b c d e f g h"]
)
def test_rows_and_repetitions_are_refused(password):
    assert "password_too_common" in refused(password)


@pytest.mark.parametrize(
    "password",
    [
        "congdoan2026",
        "Công đoàn Lào Cai",
        "LaoCai@2026!!",
        "CongDoanLaoCai1",
        "Lý Thị Mẩy 1990",
        "may.lt.may.lt",
        "lythimay@vidu",
        "0912345678 0",
    ],
)
def test_names_of_the_person_and_of_the_place_are_refused(password, mẩy):
    assert "password_of_context" in refused(password, mẩy)


def test_a_name_within_a_sentence_is_not_held_against_it(mẩy):
    assert refused("Mẩy thích nước suối Lào Cai", mẩy) == []


def test_a_password_is_the_same_however_the_keyboard_composes_it(settings):
    settings.PASSWORD_HASHERS = ["congdoan.accounts.hashers.NormalisingScryptHasher"]
    nfc, nfd = (unicodedata.normalize(form, GOOD) for form in ("NFC", "NFD"))
    assert nfc != nfd
    assert check_password(nfd, make_password(nfc))
    assert check_password(nfc, make_password(nfd))
    assert not check_password("Bon con trau loi suoi", make_password(nfc))


@pytest.mark.django_db
def test_a_hash_of_an_earlier_version_still_opens_and_is_renewed(settings, client, sign_in):
    settings.PASSWORD_HASHERS = [
        "congdoan.accounts.hashers.NormalisingScryptHasher",
        "congdoan.accounts.hashers.NormalisingPBKDF2Hasher",
    ]
    typed = unicodedata.normalize("NFD", GOOD)
    user = UserFactory(username="may")
    old = PBKDF2PasswordHasher().encode(typed, "muoi-muoi-muoi-muoi", iterations=1000)
    User.objects.filter(pk=user.pk).update(password=old)
    assert sign_in(client, "may", typed).status_code == 302
    user.refresh_from_db()
    assert user.password.startswith("scrypt$")
    assert user.check_password(unicodedata.normalize("NFC", GOOD))


@pytest.mark.django_db
def test_changing_the_password_keeps_this_session_and_ends_the_others(client, sign_in, django_user_model):
    user = UserFactory(username="may")
    other = type(client)()
    sign_in(client, "may")
    sign_in(other, "may")
    response = client.post(
        "/tai-khoan/mat-khau/", {"current": PASSWORD, "new_password": GOOD, "again": GOOD}, follow=True
    )
    assert "Đã đổi mật khẩu" in response.text
    assert client.get("/tai-khoan/").status_code == 200
    assert other.get("/tai-khoan/").status_code == 302
    assert user.sign_ins.count() == 1
    assert Entry.objects.filter(verb="user.password_changed", actor_id=str(user.pk)).count() == 1
    assert sign_in(type(client)(), "may", GOOD).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"current": "sai"}, "Mật khẩu hiện nay chưa đúng"),
        ({"again": "khác"}, "Hai lần nhập chưa giống nhau"),
        ({"new_password": "ngắn", "again": "ngắn"}, "ít nhất 12 ký tự"),
    ],
)
def test_a_refused_change_says_why_and_changes_nothing(client, sign_in, typed, sentence):
    user = UserFactory(username="may")
    sign_in(client, "may")
    data = {"current": PASSWORD, "new_password": GOOD, "again": GOOD} | typed
    response = client.post("/tai-khoan/mat-khau/", data)
    assert sentence in response.text
    assert GOOD not in response.text
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.django_db
def test_the_password_is_not_guessed_from_an_open_session(client, sign_in):
    UserFactory(username="may")
    sign_in(client, "may")
    for _ in range(9):
        response = client.post(
            "/tai-khoan/mat-khau/", {"current": "sai", "new_password": GOOD, "again": GOOD}
        )
    assert "Bạn đã thử quá nhiều lần" in response.text


@pytest.mark.django_db
def test_the_action_refuses_what_the_rules_refuse():
    user = UserFactory()
    with pytest.raises(AccountRefusedError) as refusal:
        actions.set_password(user, "congdoan2026", by=user)
    assert "đoán" in refusal.value.user_message
    assert not Entry.objects.filter(verb="user.password_changed").exists()


@pytest.mark.django_db
def test_a_password_set_in_the_admin_ends_the_sessions_of_its_owner(client, sign_in):
    user = UserFactory(username="may", email="may@vidu.vn")
    sign_in(client, "may")
    admin = type(client)()
    admin.force_login(UserFactory(is_superuser=True, is_staff=True))
    admin.post(
        f"/quan-tri/users/edit/{user.pk}/",
        {
            "username": "may",
            "email": "may@vidu.vn",
            "first_name": "Mẩy",
            "last_name": "Lý Thị",
            "is_active": "on",
            "password1": GOOD,
            "password2": GOOD,
        },
    )
    assert user.sign_ins.count() == 0
    assert client.get("/tai-khoan/").status_code == 302


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password was hashed."""

    calls = 0

    def encode(self, password, salt):
        type(self).calls += 1
        return super().encode(password, salt)


@pytest.mark.django_db
def test_an_unknown_name_costs_as_much_work_as_a_wrong_password(client, sign_in, settings):
    settings.PASSWORD_HASHERS = ["tests.accounts.test_passwords.CountingHasher"]
    UserFactory(username="may")
    UserFactory(username="nghi", is_active=False)
    UserFactory(username="chua-co", password="!")
    work = []
    for name in ("may", "khong-co", "0912 345 678", "nghi", "chua-co"):
        CountingHasher.calls = 0
        sign_in(client, name, "sai-mat-khau")
        work.append(CountingHasher.calls)
    assert work == [1, 1, 1, 1, 1]
