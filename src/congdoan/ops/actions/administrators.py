"""Accounts made from the command line."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congdoan import vntext
from congdoan.accounts.models import User
from congdoan.audit import actions as audit
from congdoan.ops.errors import OpsError
from congdoan.organisation.actions import officers


class AccountRefusedError(OpsError):
    """The account cannot be made as asked."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons

    @property
    def user_message(self) -> str:
        return " ".join(self.reasons)


@transaction.atomic
def create(*, username: str, password: str, name: str = "", email: str = "") -> User:
    """Make an administrator. ``name`` is in Vietnamese order, the given name last. Where units exist, they also become an
    officer with the post of system administrator at the head of the tree.

    Raises ``AccountRefusedError`` for a taken or impossible user name and for a weak password.
    """
    if User.objects.filter(username=username).exists():
        raise AccountRefusedError([_("Đã có tài khoản “%s”. Hãy chọn tên khác.") % username])
    family, _space, given = vntext.nfc(name.strip()).rpartition(" ")
    user = User(
        username=username, last_name=family, first_name=given, email=email, is_superuser=True, is_staff=True
    )
    try:
        validate_password(password, user)
        user.set_password(password)
        user.full_clean()
    except ValidationError as error:
        raise AccountRefusedError([str(message) for message in error.messages]) from error
    user.save()
    audit.record("user.created", user, actor=None, after={"username": username, "is_superuser": True})
    officers.make_administrator(user)
    return user
