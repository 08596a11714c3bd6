"""The demonstration's organisation in plain Python: the tree of 2019, its history, the batch of 2025, officers, members.

Everything is invented but public geography and the figures of the first user; the output is the same on every machine.
"""

from __future__ import annotations

from functools import cache

from congdoan.ops.demo.union.building import Union, union
from congdoan.ops.demo.union.composing import OPENING
from congdoan.ops.demo.union.members import members_for
from congdoan.ops.demo.union.reorganisation import reorganise
from congdoan.ops.demo.union.seeds import ReorganisationSeed

__all__ = [
    "DEMO_CHAIR_UNIT",
    "DEMO_MIDDLE_UNIT",
    "MEMBER_UNITS",
    "OPENING",
    "Union",
    "members_for",
    "reorganisation_2025",
    "union",
]

DEMO_CHAIR_UNIT = "LC-SP-090"
"""The union of a hotel in Sa Pa: the demonstration's chair, deputy and member are there."""

DEMO_MIDDLE_UNIT = "LC-SP"
"""The federation of the district above it."""

MEMBER_UNITS = ((DEMO_CHAIR_UNIT, 120), ("LC-BX-110", 40), ("LC-LC-115", 260))
"""Grassroots unions with a register of members in the demonstration, and how many people it holds."""


@cache
def reorganisation_2025() -> ReorganisationSeed:
    """Return the batch of July 2025 as it would be carried out on the tree of its eve."""
    return reorganise(union().opening, union().events)
