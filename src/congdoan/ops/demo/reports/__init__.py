"""What the units of the demonstration reported, in plain Python: six years of quarters whose sums are the published figures.

Everything but those sums is invented, and the same on every machine.
"""

from __future__ import annotations

from congdoan.ops.demo.reports.province import dialogues, province
from congdoan.ops.demo.reports.quarters import QUARTERS, Quarter
from congdoan.ops.demo.reports.values import Grassroots, grassroots

__all__ = ["QUARTERS", "Grassroots", "Quarter", "dialogues", "grassroots", "province"]
