"""Putting parts in the order of the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from congdoan.portal.importing.parsed import Part

COUNTED = {
    # role: whose sequence it is counted in
    "poll_option": "poll_option",
    "breadcrumb_item": "breadcrumb_item",
    "caption": "caption",
    "body": "body",
    "conclusion": "body",
    "list_item": "list_item",
}


def in_order(parts: Iterable[Part]) -> list[Part]:
    """The parts by place, a whole before its pieces; those of a role that repeats are numbered from 1."""
    seen: Counter[str] = Counter()
    numbered = []
    for part in sorted(
        parts,
        key=lambda part: (part.start, -part.end, "_" in part.role and not part.role.endswith("_heading")),
    ):
        if sequence := COUNTED.get(part.role):
            seen[sequence] += 1
            part = replace(part, order=seen[sequence])  # the numbered part takes its place
        numbered.append(part)
    return numbered
