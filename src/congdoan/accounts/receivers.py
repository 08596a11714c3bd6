"""Signing in and out leaves a trace."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import transaction
from django.dispatch import receiver

from congdoan.accounts.models import User
from congdoan.audit import actions as audit


@receiver(user_logged_in)
def note_sign_in(sender: Any, user: User, **kwargs: Any) -> None:
    """Write who signed in."""
    with transaction.atomic():
        audit.record("user.signed_in", user, actor=user)


@receiver(user_logged_out)
def note_sign_out(sender: Any, user: User | None, **kwargs: Any) -> None:
    """Write who signed out; an expired session has nobody to name."""
    if user is not None:
        with transaction.atomic():
            audit.record("user.signed_out", user, actor=user)
