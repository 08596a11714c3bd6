"""How a person wants to be told."""

from __future__ import annotations

from django.db import transaction

from congdoan.accounts.models import User
from congdoan.audit import actions as audit
from congdoan.notices.models import Preference


@transaction.atomic
def choose(
    user: User, *, mail: Preference.Mail, hour: int, language: str, capacity: tuple[str, str] = ("", "")
) -> Preference:
    """Keep how ``user`` wants to be told by mail."""
    chosen = {"mail": str(mail), "hour": hour, "language": language}
    _row, is_new = Preference.objects.get_or_create(user=user)
    preference = Preference.objects.select_for_update().get(user=user)
    before = {name: getattr(preference, name) for name in chosen}
    if not is_new and before == chosen:
        return preference
    for name, value in chosen.items():
        setattr(preference, name, value)
    preference.save()
    audit.record(
        "notice_preference.changed", preference, actor=user, capacity=capacity, before=before, after=chosen
    )
    return preference
