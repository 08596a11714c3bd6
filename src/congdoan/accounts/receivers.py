"""Signing in and out is noted; a changed password ends what the old one began."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest

from congdoan.accounts import actions
from congdoan.accounts.models import SignIn, User
from congdoan.accounts.user_agents import device_words


@receiver(user_logged_in)
def note_sign_in(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Write who signed in, and under which session."""
    if not request.session.session_key:
        request.session.save()
    actions.begin_session(
        user,
        key=str(request.session.session_key),
        device=device_words(request.META.get("HTTP_USER_AGENT", "")),
    )


@receiver(user_logged_out)
def note_sign_out(sender: Any, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    """Write who signed out; an expired session has nobody to name."""
    if user is not None:
        actions.forget_session(user, key=str(request.session.session_key))


@receiver(post_save, sender=User)
def end_what_the_old_password_began(sender: Any, instance: User, created: bool, **kwargs: Any) -> None:
    """Forget the sessions that a new password has ended, wherever it was set (the admin sets passwords too)."""
    if not created and instance._password is not None:  # noqa: SLF001  # Django's own mark of a change; a renewed hash has none
        SignIn.objects.filter(user=instance).exclude(key_hash=instance.keep_sign_in).delete()
