"""The policy of our pages forbids inline scripts, handlers and styles: no template may write one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "congdoan"
TEMPLATES = sorted(path for path in SOURCE.glob("*/templates/**/*.html"))
FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "an inline style sheet": re.compile(r"<style\b", re.IGNORECASE),
    "an inline script": re.compile(
        r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")[^>]*>", re.IGNORECASE
    ),
    "an address of another host": re.compile(
        r"<(?:script|link|img|source|iframe)\b[^>]*(?:src|href|srcset)=\"(?:https?:)?//", re.IGNORECASE
    ),
}


def faults(text: str) -> list[str]:
    """Return what a template has that it must not have."""
    return [name for name, pattern in FORBIDDEN.items() if pattern.search(text)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_template_writes_nothing_that_the_policy_forbids(path):
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color: red">',
        "<button onclick='go()'>",
        "<style>p {}</style>",
        "<script>go()</script>",
        '<img src="https://example.org/a.png">',
    ],
)
def test_the_guard_sees_each_kind_of_fault(text):
    assert len(faults(text)) == 1


def test_the_guard_lets_files_and_data_pass():
    allowed = '<script type="module" src="/a.js"></script><script type="application/ld+json">{}</script><a href="https://example.org/">'

    assert faults(allowed) == []
