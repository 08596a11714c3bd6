"""Changing the keys of personal fields: everything is written anew with the first key; the oldest key can be retired."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import models, transaction

from congdoan.members import crypto
from congdoan.members.actions import trail
from congdoan.members.models import (
    IDENTITY,
    CorrectionRequest,
    DataRequest,
    ImportRow,
    MemberCard,
    Merge,
    Person,
)
from congdoan.members.queries.cards import TOKEN_USE

BATCH = 500

CIPHERS: tuple[tuple[type[models.Model], tuple[str, ...]], ...] = (
    (Person, ("identity_cipher",)),
    (MemberCard, ("token_cipher",)),
    (CorrectionRequest, ("old_cipher", "new_cipher")),
    (DataRequest, ("details_cipher",)),
    (ImportRow, ("cipher",)),
    (Merge, ("cipher",)),
)
"""Every encrypted column."""

HASHES: dict[str, tuple[str, str]] = {
    "identity_cipher": ("identity_hash", IDENTITY),
    "token_cipher": ("token_hash", TOKEN_USE),
}
"""Encrypted column → the column with its keyed hash, and the use of that hash."""


class NoOlderKeyError(ValueError):
    """There is only one key: nothing can be retired."""


def renew(*, retire_oldest: bool = False, say: Callable[[str], None] = lambda _line: None) -> int:
    """Encrypt every personal field anew with the first key. Return how many rows were written.

    With ``retire_oldest`` the hashes are made by the key that will be the oldest once the last one is gone. That must happen
    while nothing else runs: a process with the old order of keys would look for other hashes. One transaction for all:
    hashes of two keys beside each other would hide that two numbers are the same.
    """
    keys = list(settings.FIELD_KEYS)
    if retire_oldest and len(keys) < 2:
        raise NoOlderKeyError
    hash_key = keys[-2] if retire_oldest else None
    with transaction.atomic():
        written = 0
        for model, names in CIPHERS:
            count = _renew(model, names, hash_key)
            say(f"{model._meta.label}: {count}")  # noqa: SLF001  # Django documents _meta as public
            written += count
        trail.record("members.keys_renewed", None, None, after={"rows": written, "retired": retire_oldest})
    return written


def _renew(model: type[models.Model], names: tuple[str, ...], hash_key: str | None) -> int:
    hashed = [HASHES[name][0] for name in names if name in HASHES and hash_key is not None]
    filled = models.Q()
    for name in names:
        filled |= ~models.Q(**{name: ""})
    manager = model._default_manager  # noqa: SLF001  # the same
    last, count = 0, 0
    while True:
        rows = list(
            manager.filter(filled, pk__gt=last).order_by("pk").select_for_update().only("pk", *names)[:BATCH]
        )
        if not rows:
            return count
        for row in rows:
            for name in names:
                plain = crypto.decrypt(getattr(row, name))
                setattr(row, name, crypto.encrypt(plain))
                if name in HASHES and hash_key is not None:
                    column, use = HASHES[name]
                    setattr(row, column, crypto.keyed_hash(plain, use, key=hash_key))
        manager.bulk_update(rows, [*names, *hashed], batch_size=BATCH)
        last, count = rows[-1].pk, count + len(rows)


def keys_fit() -> bool | None:
    """Say whether the keys open what was written last, and whether hashes are found; ``None`` when nothing is written."""
    person = Person.objects.exclude(identity_cipher="").order_by("-pk").first()
    if person is None:
        return None
    try:
        number = person.identity_number
    except Exception:  # noqa: BLE001  # no key, a wrong key: either way they do not fit
        return False
    return crypto.keyed_hash(number, IDENTITY) == person.identity_hash
