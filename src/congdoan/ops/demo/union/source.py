"""The written part of the demonstration's organisation: the lists of ``content/union``."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).resolve().parent.parent / "content" / "union"


@cache
def read(name: str) -> dict[str, Any]:
    """Return the list ``name``. It is read once and must not be changed."""
    return tomllib.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8"))
