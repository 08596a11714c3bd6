"""Work of the background: keeping tables small."""

from __future__ import annotations

from django.core.management import call_command

from congdoan.ops.actions import queue
from congdoan.pages import tasks as pages


def prune() -> None:
    """Forget finished tasks, sessions that ran out, and what web processes told one another."""
    queue.prune()
    pages.prune()
    call_command("clearsessions", verbosity=0)
