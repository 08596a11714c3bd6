"""Where somebody is signed in: begun, seen, ended."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from congdoan.accounts.models import SignIn, User
from congdoan.audit import actions as audit

SEEN_EVERY = timedelta(minutes=1)


@transaction.atomic
def begin_session(user: User, *, key: str, device: str) -> SignIn:
    """Note that ``user`` is signed in under the session ``key``; forget their sessions that have run out."""
    old = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    SignIn.objects.filter(user=user, last_seen__lt=old).delete()
    sign_in, _made = SignIn.objects.update_or_create(
        key_hash=SignIn.hash_of(key),
        defaults={"user": user, "device": device, "started": timezone.now(), "last_seen": timezone.now()},
    )
    audit.record("user.signed_in", user, actor=user)
    return sign_in


def note_seen(sign_in: SignIn) -> None:
    """Note that the session is in use, at most once a minute."""
    now = timezone.now()
    if now - sign_in.last_seen >= SEEN_EVERY:
        SignIn.objects.filter(pk=sign_in.pk, last_seen__lt=now - SEEN_EVERY).update(last_seen=now)


def follow_key(old: str, new: str) -> None:
    """Keep a session that has changed its key."""
    SignIn.objects.filter(key_hash=SignIn.hash_of(old)).update(key_hash=SignIn.hash_of(new))


@transaction.atomic
def forget_session(user: User, *, key: str) -> None:
    """Note that ``user`` has signed out of the session ``key``."""
    SignIn.objects.filter(user=user, key_hash=SignIn.hash_of(key)).delete()
    audit.record("user.signed_out", user, actor=user)


@transaction.atomic
def end_session(sign_in: SignIn, *, by: User) -> None:
    """End one session at its next request."""
    user = sign_in.user
    device = str(sign_in)
    sign_in.delete()
    audit.record("user.session_ended", user, actor=by, before={"device": device})


@transaction.atomic
def end_sessions(user: User, *, by: User | None, keep: str | None = None) -> int:
    """End all sessions of ``user`` at their next request, but the one with the key ``keep``. Returns how many ended."""
    rows = SignIn.objects.filter(user=user)
    if keep:
        rows = rows.exclude(key_hash=SignIn.hash_of(keep))
    ended, _by_model = rows.delete()
    if ended:
        audit.record("user.sessions_ended", user, actor=by, before={"sessions": ended})
    return ended
