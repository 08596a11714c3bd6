"""How a name and a password become a user: the only way into the product with a password."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from congdoan.accounts import queries
from congdoan.accounts.models import User


class AnyNameBackend(ModelBackend):
    """Takes a user name, an e-mail, a phone number or a staff code, with a password."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        """Return the user, or ``None``. An unknown name costs the same work as a known one with a wrong password."""
        if username is None or password is None:
            return None
        user = queries.find_user(username)
        if user is None:
            User().set_password(password)
            return None
        if user.check_password(password) and self.user_can_authenticate(user):
            return user
        return None
