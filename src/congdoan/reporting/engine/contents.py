"""The content of one sending: every cell with its state, and the words beside it, in one form with one hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from congdoan.reporting.engine.values import Value


@dataclass(frozen=True, slots=True)
class Content:
    """Cells by key of series; comments by key of series; whether the unit said "nothing to report"."""

    values: Mapping[str, Value]
    comments: Mapping[str, str] = field(default_factory=dict)
    is_nil: bool = False

    def to_dict(self) -> dict[str, object]:
        """Return the form that is stored: ``{"values": {key: number or null}, "comments": {…}, "nil": bool}``."""
        return {
            "values": {key: value.number for key, value in sorted(self.values.items())},
            "comments": dict(sorted(self.comments.items())),
            "nil": self.is_nil,
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, object]) -> Content:
        """Read the stored form."""
        values = stored.get("values") or {}
        comments = stored.get("comments") or {}
        if not isinstance(values, Mapping) or not isinstance(comments, Mapping):
            raise TypeError("values and comments are objects")
        return cls(
            {str(key): Value(number) for key, number in values.items()},
            dict(comments),
            bool(stored.get("nil")),
        )


def content_hash(
    content: Content, *, unit: str, sheet: str, version: int, period: str, previous: str = ""
) -> str:
    """Return the SHA-256 of a sending, over its canonical JSON and that of the sending before it (a chain)."""
    whole = {
        "content": content.to_dict(),
        "period": period,
        "previous": previous,
        "sheet": sheet,
        "unit": unit,
        "version": version,
    }
    canonical = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def changes(old: Content | None, new: Content) -> dict[str, tuple[Value | None, Value | None]]:
    """Return which cells differ between two sendings: key → (before, now)."""
    before = old.values if old else {}
    return {
        key: (before.get(key), new.values.get(key))
        for key in sorted({*before, *new.values})
        if before.get(key) != new.values.get(key)
    }
