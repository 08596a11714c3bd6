"""Two processes to be killed: one accepts reports and says so, one keeps the totals fresh. Run by ``test_killing``."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congdoan.config.settings")


def value_of(pk: int) -> int:
    """Return what the report is filled with."""
    return pk * 7 % 1_000


def accept_all(user_enter: str, user_review: str, log: str) -> None:
    """Fill, send and accept every report of 2019, and write the number of each once it is accepted."""
    from congdoan.accounts.models import User
    from congdoan.organisation.queries.capacities import capacity_for
    from congdoan.reporting.actions.filling import save_cells
    from congdoan.reporting.actions.reviewing import accept, submit
    from congdoan.reporting.models import Report

    enter, review = (capacity_for(User.objects.get(pk=int(pk))) for pk in (user_enter, user_review))
    with Path(log).open("a", encoding="ascii") as acknowledged:
        for report in Report.objects.filter(period__year=2019).exclude(status="accepted").order_by("pk"):
            if report.status == "open":
                save_cells(report.pk, {"law.sessions": str(value_of(report.pk)), "staff": "5"}, by=enter)
                submit(report.pk, by=enter)
            accept(report.pk, by=review)
            acknowledged.write(f"{report.pk}\n")
            acknowledged.flush()


def work() -> None:
    """Keep the totals fresh until told to stop."""
    from congdoan.ops.refresher import Refresher

    done = threading.Event()
    signal.signal(signal.SIGTERM, lambda _number, _frame: done.set())
    refresher = Refresher(pause=0.05)
    refresher.start()
    done.wait()
    refresher.stop()


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "accept":
        accept_all(*sys.argv[2:])
    else:
        work()
