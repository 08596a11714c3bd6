"""What the organisation tells the apps above."""

from __future__ import annotations

from django.dispatch import Signal

tree_changed = Signal()
"""Sent in the transaction of a batch, with ``version`` (``TreeVersion``) and ``ended`` (``{unit id: first day without}``)."""

mandates_changed = Signal()
"""Sent in the transaction that gives or ends mandates, with ``users`` (their ids)."""
