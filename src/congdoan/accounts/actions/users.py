"""Accounts are made and passwords set."""

from __future__ import annotations

from itertools import count

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congdoan import vntext
from congdoan.accounts import queries
from congdoan.accounts.actions.sessions import end_sessions
from congdoan.accounts.errors import AccountRefusedError
from congdoan.accounts.models import SignIn, User
from congdoan.audit import actions as audit


@transaction.atomic
def create_user(
    *,
    last_name: str,
    first_name: str,
    email: str = "",
    phone: str = "",
    staff_code: str = "",
    username: str = "",
    password: str | None = None,
    by: User | None,
) -> User:
    """Make an account for a person. Without ``username`` one is made of the name; without ``password`` it has none yet.

    Raises ``AccountRefusedError`` for a name, e-mail, phone or staff code that is taken or impossible, and for a password
    that the rules refuse.
    """
    user = User(
        last_name=vntext.nfc(last_name.strip()),
        first_name=vntext.nfc(first_name.strip()),
        email=email.strip(),
        phone=phone.strip(),
        staff_code=staff_code,
        username=username.strip() or _free_user_name(last_name, first_name),
    )
    _refuse_shadowing(user)
    try:
        if password is None:
            user.set_unusable_password()
        else:
            validate_password(password, user)
            user.set_password(password)
        user.full_clean()
    except ValidationError as error:
        raise AccountRefusedError([str(message) for message in error.messages]) from error
    user.save()
    audit.record("user.created", user, actor=by, after={"username": user.username})
    return user


@transaction.atomic
def set_password(user: User, password: str, *, by: User | None, keep: str = "") -> None:
    """Give ``user`` a new password and end the sessions that the old one began.

    ``keep`` is the key of the one session that goes on: that of the person who changes their own password. Raises
    ``AccountRefusedError`` for a password that the rules refuse.
    """
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise AccountRefusedError([str(message) for message in error.messages]) from error
    audit.record("user.password_changed", user, actor=by)
    end_sessions(user, by=by, keep=keep)
    user.keep_sign_in = SignIn.hash_of(keep) if keep else ""
    user.set_password(password)
    user.save(update_fields=["password"])


def _free_user_name(last_name: str, first_name: str) -> str:
    """Return given name and initials, as "hoa.nt", with a number when that is taken."""
    given = vntext.slugify(first_name).replace("-", "")
    initials = "".join(word[0] for word in vntext.slugify(last_name).split("-") if word)
    wanted = ".".join(part for part in (given, initials) if part) or "nguoi-dung"
    if not User.objects.filter(username=wanted).exists():
        return wanted
    taken = set(User.objects.filter(username__startswith=wanted).values_list("username", flat=True))
    return next(name for number in count(2) if (name := f"{wanted}{number}") not in taken)


def _refuse_shadowing(user: User) -> None:
    """Refuse a name by which somebody else already signs in: theirs would no longer mean them."""
    for name in (user.username, user.email, user.phone, user.staff_code):
        if queries.find_user(name) is not None:
            raise AccountRefusedError([_("Đã có tài khoản dùng “%s”. Hãy kiểm tra lại.") % name])
