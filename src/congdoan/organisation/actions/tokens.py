"""Keys by which programs act in the name of a mandate."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from congdoan import vntext
from congdoan.audit import actions as audit
from congdoan.organisation.actions import mandates
from congdoan.organisation.errors import MandateError
from congdoan.organisation.models import ApiToken, Mandate
from congdoan.organisation.queries.capacities import Capacity, named_mandates, valid_at
from congdoan.organisation.queries.tokens import tokens_of

PREFIX = "cd_"
"""Lets people, and programs that look for leaked keys, see what it is."""

MOST = 20
"""Keys that one mandate may have at the same time."""


@transaction.atomic
def make(*, name: str, days: int, by: Capacity) -> tuple[ApiToken, str]:
    """Make a key for the mandate in whose name one acts, valid for ``days``. It is returned here and nowhere else."""
    mandate_id = mandates.hold(by)
    now = timezone.now()
    in_use = tokens_of(by).filter(Q(expires_at=None) | Q(expires_at__gt=now), revoked_at=None)
    if in_use.count() >= MOST:
        raise MandateError(
            "too many keys", _("Chức vụ này đã có %d mã đang dùng. Hãy thu hồi mã không dùng nữa.") % MOST
        )
    raw = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        mandate_id=mandate_id,
        name=vntext.nfc(name).strip(),
        token_hash=_hash(raw),
        hint=raw[:7],
        expires_at=now + timedelta(days=days),
    )
    audit.record(
        "api_token.made",
        token,
        actor=by.actor,
        capacity=by.audit,
        after={"name": token.name, "expires_at": str(token.expires_at)},
    )
    return token, raw


@transaction.atomic
def adopt(mandate: Mandate, raw: str, *, name: str) -> ApiToken:
    """Let a key that was made elsewhere act for a mandate: the demonstration prints its keys again and again."""
    token = ApiToken.objects.create(mandate=mandate, name=name, token_hash=_hash(raw), hint=raw[:7])
    audit.record("api_token.made", token, actor=None, after={"name": name})
    return token


@transaction.atomic
def revoke(token_id: int, *, by: Capacity) -> ApiToken:
    """Make a key stop working. Raises ``ApiToken.DoesNotExist`` for one of another mandate."""
    token = tokens_of(by).select_for_update(of=("self",)).get(pk=token_id)
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        audit.record(
            "api_token.revoked", token, actor=by.actor, capacity=by.audit, before={"name": token.name}
        )
    return token


def authenticate(raw: str) -> Mandate | None:
    """Return the mandate in whose name a key acts, with unit, position and officer; ``None`` where it opens nothing.

    A key ends with its mandate and with the account of its officer. That it was used is noted at most once a day.
    """
    if not raw.startswith(PREFIX):
        return None
    now = timezone.now()
    token = (
        ApiToken.objects.filter(
            Q(expires_at=None) | Q(expires_at__gt=now), token_hash=_hash(raw), revoked_at=None
        )
        .only("pk", "mandate_id", "last_used_on")
        .first()
    )
    if token is None:
        return None
    today = timezone.localdate(now)
    valid = Mandate.objects.filter(valid_at(now), pk=token.mandate_id, officer__user__is_active=True)
    mandate = named_mandates(valid, today).select_related("officer__user").first()
    if mandate is not None and token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
    return mandate


def _hash(raw: str) -> str:
    return salted_hmac("congdoan.organisation.api_token", raw, algorithm="sha256").hexdigest()
