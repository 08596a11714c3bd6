"""Second factors: added, used, removed. allauth keeps them; the rules and the trail are here."""

from __future__ import annotations

import time
from typing import Any

import structlog
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, compare_user_code, format_hotp_value, hotp_value
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction

from congdoan.accounts import queries, vault
from congdoan.accounts.models import User
from congdoan.audit import actions as audit

LAST_STEP = "last_step"
"""Where a TOTP authenticator remembers the time step of the last code that was used."""


@transaction.atomic
def add_totp(user: User, secret: str, *, code: str | None, by: User | None) -> Authenticator:
    """Let ``user`` sign in with codes of an app that has ``secret``; recovery codes are made with the first factor.

    ``code``, the code that proved the app, counts as used.
    """
    _lock(user)
    authenticator: Authenticator = TOTP.activate(user, secret).instance
    step = _step_of(secret, code) if code else None
    if step is not None:
        authenticator.data[LAST_STEP] = step
        authenticator.save(update_fields=["data"])
    _added(user, "totp", by=by)
    return authenticator


def enable_totp(user: User, secret: str, *, by: User | None = None) -> list[str]:
    """Set up codes without anybody at the screen (demonstration data). Returns the recovery codes, shown herewith."""
    with transaction.atomic():
        add_totp(user, secret, code=None, by=by)
        return show_recovery_codes(user) or []


@transaction.atomic
def add_passkey(user: User, *, name: str, credential: dict[str, Any], by: User | None) -> Authenticator:
    """Let ``user`` sign in with a passkey whose registration has been verified."""
    _lock(user)
    authenticator: Authenticator = WebAuthn.add(user, name, credential).instance
    _added(user, "passkey", by=by, name=name)
    return authenticator


@transaction.atomic
def rename_passkey(user: User, passkey: Authenticator, name: str, *, by: User | None) -> None:
    """Give a passkey another name."""
    before = passkey.wrap().name
    passkey.data["name"] = name
    passkey.save(update_fields=["data"])
    audit.record("user.passkey_renamed", user, actor=by, before={"name": before}, after={"name": name})


@transaction.atomic
def remove_factor(user: User, authenticator: Authenticator, *, by: User | None) -> None:
    """Take a factor away; recovery codes go with the last one, for they stand in for nothing then."""
    _lock(user)
    kind = "totp" if authenticator.type == Authenticator.Type.TOTP else "passkey"
    before = {"kind": kind, **({"name": authenticator.wrap().name} if kind == "passkey" else {})}
    authenticator.delete()
    if not queries.has_second_factor(user):
        Authenticator.objects.filter(user=user).delete()
    audit.record("user.factor_removed", user, actor=by, before=before)


@transaction.atomic
def make_recovery_codes(user: User, *, by: User | None) -> None:
    """Make new recovery codes; the old ones stop working."""
    _lock(user)
    Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(user)
    audit.record("user.recovery_codes_made", user, actor=by)


@transaction.atomic
def show_recovery_codes(user: User) -> list[str] | None:
    """Return the unused recovery codes the first time; ``None`` afterwards, and when there are none."""
    _lock(user)
    row = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    if row is None or row.wrap().did_view:
        return None
    codes: list[str] = row.wrap().get_unused_codes()
    row.wrap().mark_as_viewed()
    return codes


@transaction.atomic
def use_code(user: User, code: str) -> Authenticator | None:
    """Take a code of the app, or a recovery code, and return what it belongs to; ``None`` for a wrong or a used one.

    The time step of an app's code is remembered in the row, under its lock: no code, and none older than it, is taken
    twice, in whichever process it arrives (RFC 6238, 5.2).
    """
    normal = normalize_user_code(code)
    rows = Authenticator.objects.select_for_update().filter(
        user=user, type__in=[Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES]
    )
    for row in sorted(rows, key=lambda one: one.type != Authenticator.Type.TOTP):
        try:
            used = (
                _use_totp(row, normal) if row.type == Authenticator.Type.TOTP else _use_recovery(row, normal)
            )
        except vault.LostKeyError:
            structlog.get_logger(__name__).exception("second factor cannot be read", user=user.pk)
            continue
        if used:
            if row.type == Authenticator.Type.RECOVERY_CODES:
                audit.record("user.recovery_code_used", user, actor=user)
            return row
    return None


@transaction.atomic
def note_failed_step(user: User, *, how: str) -> None:
    """Write that somebody who knows the password (or holds the session) failed the second step."""
    audit.record("user.second_step_failed", user, actor=None, after={"how": how})


def _use_totp(row: Authenticator, code: str) -> bool:
    step = _step_of(vault.unlock(row.data["secret"]), code)
    if step is None or step <= row.data.get(LAST_STEP, -1):
        return False
    row.data[LAST_STEP] = step
    row.save(update_fields=["data"])
    return True


def _use_recovery(row: Authenticator, code: str) -> bool:
    return bool(row.wrap().validate_code(code))


def _step_of(secret: str, code: str) -> int | None:
    """Return the time step whose code is ``code``, within the tolerance; the latest where two are alike."""
    now = int(time.time()) // mfa_settings.TOTP_PERIOD
    tolerance = mfa_settings.TOTP_TOLERANCE
    for step in range(now + tolerance, now - tolerance - 1, -1):
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return step
    return None


def _added(user: User, kind: str, *, by: User | None, name: str = "") -> None:
    audit.record(
        "user.factor_added", user, actor=by, after={"kind": kind, **({"name": name} if name else {})}
    )
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).exists():
        RecoveryCodes.activate(user)
        audit.record("user.recovery_codes_made", user, actor=by)


def _lock(user: User) -> None:
    """Let changes of one user's factors follow one another."""
    User.objects.select_for_update().get(pk=user.pk)
