"""The words of consent that every installation starts with."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.db import transaction

from congdoan.audit import actions as audit
from congdoan.members.models import ConsentText

CONTENT = Path(__file__).resolve().parent.parent / "content" / "consents.toml"


@transaction.atomic
def load_consent_texts() -> int:
    """Add the first wording of each purpose that has none yet; return how many."""
    known = set(ConsentText.objects.values_list("purpose", flat=True))
    added = 0
    for entry in tomllib.loads(CONTENT.read_text(encoding="utf-8"))["consent"]:
        if entry["purpose"] not in known:
            text = ConsentText.objects.create(**entry)
            audit.record("consent_text.published", text, actor=None, after={"purpose": text.purpose})
            added += 1
    return added
