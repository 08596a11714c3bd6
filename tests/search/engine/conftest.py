"""Vietnamese text to search in."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import congdoan


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


@pytest.fixture(scope="session")
def demo_sentences() -> list[str]:
    """Sentences of the demonstration's articles."""
    folder = Path(congdoan.__file__).parent / "ops" / "demo" / "content" / "articles"
    texts = (
        text for file in sorted(folder.glob("*.toml")) for text in _strings(tomllib.loads(file.read_text()))
    )
    return [part for text in texts for part in re.split(r"(?<=[.!?])\s+", text) if len(part) > 40]
