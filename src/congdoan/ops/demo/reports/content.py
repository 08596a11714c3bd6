"""The written part of the demonstration's reports."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).resolve().parent.parent / "content" / "reporting.toml"


@cache
def plan() -> dict[str, Any]:
    """Return what the reports add up to, and who owes them. It is read once and must not be changed."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
