"""How long data stay: the rules that every installation starts with."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.db import transaction

from congdoan.audit import actions as audit
from congdoan.members.models import RetentionRule

CONTENT = Path(__file__).resolve().parent.parent / "content" / "retention.toml"


@transaction.atomic
def load_rules() -> int:
    """Add the rule of each kind of data that has none yet; return how many."""
    known = set(RetentionRule.objects.values_list("kind", flat=True))
    added = 0
    for entry in tomllib.loads(CONTENT.read_text(encoding="utf-8"))["rule"]:
        if entry["kind"] not in known:
            rule = RetentionRule.objects.create(**entry)
            audit.record("retention_rule.set", rule, actor=None, after={"months": rule.months})
            added += 1
    return added
