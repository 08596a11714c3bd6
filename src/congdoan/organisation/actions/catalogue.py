"""The rows that every installation starts with: kinds of unit, positions, the tree."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from django.db import models, transaction

from congdoan.audit import actions as audit
from congdoan.organisation.models import Position, Tree, UnitKind
from congdoan.organisation.queries.forest import UNION

CONTENT = Path(__file__).resolve().parent.parent / "content"


@transaction.atomic
def load_catalogue() -> int:
    """Add kinds and positions that are not there yet; return how many. What an officer changed stays."""
    Tree.objects.get_or_create(code=UNION, defaults={"name": "Tổ chức công đoàn"})
    return _load(UnitKind, "kinds.toml", "kind") + _load(Position, "positions.toml", "position")


def _load(model: type[models.Model], file: str, key: str) -> int:
    entries: list[dict[str, Any]] = tomllib.loads((CONTENT / file).read_text(encoding="utf-8"))[key]
    rows: Any = model._default_manager  # noqa: SLF001  # Django documents it as public
    known = set(rows.values_list("code", flat=True))
    added = 0
    for place, entry in enumerate(entries, 1):
        if entry["code"] not in known:
            row = rows.create(sort_order=10 * place, **entry)
            audit.record(f"{key}.created", row, actor=None, after={"code": entry["code"]})
            added += 1
    return added
