"""Work of the background: keeping tables small."""

from __future__ import annotations

from django.core.management import call_command

from congdoan.ops.actions import queue


def prune() -> None:
    """Forget finished tasks and sessions that ran out."""
    queue.prune()
    call_command("clearsessions", verbosity=0)
