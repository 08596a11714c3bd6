"""Processes die at any moment, and nothing that was acknowledged is lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from congdoan.organisation.rights import Role
from congdoan.reporting.actions.opening import open_reports
from congdoan.reporting.models import Report, Total
from tests.factories_organisation import acting, plant
from tests.factories_reporting import sheet
from tests.reporting import scenes
from tests.reporting.killing import value_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 240.0
UNITS = 60
KILLS = 6


def address() -> str:
    """Return the address of the database of this test, for other processes."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    known = connection.settings_dict
    return f"postgres://{known['USER']}:{known['PASSWORD']}@{known['HOST']}:{known['PORT']}/{name}"


def start(*arguments: str) -> subprocess.Popen[bytes]:
    environment = os.environ | {
        "DATABASE_URL": address(),
        "SECRET_KEY": settings.SECRET_KEY,
        "DJANGO_SETTINGS_MODULE": "congdoan.config.settings",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "tests.reporting.killing", *arguments], env=environment, cwd=ROOT
    )


def lines_of(log: Path) -> list[str]:
    return log.read_text().split("\n")[:-1] if log.exists() else []


def test_web_and_worker_killed_at_random_lose_nothing_and_the_totals_are_right(tmp_path):
    dice = random.Random(4)
    units = plant(
        {
            "VN": ("confederation", "", "VN"),
            "LC": ("provincial_federation", "VN", "LC"),
            "LC-1": ("district_federation", "LC", "LC-1"),
            **{f"G{number}": ("grassroots_union", "LC-1", f"G{number}") for number in range(UNITS)},
        }
    )
    sheet(units["VN"], years=range(2019, 2020), until=None)
    for day in (date(2019, 3, 31), date(2019, 6, 30), date(2019, 9, 30), date(2019, 12, 31)):
        open_reports(day)
    enter, review = acting(Role.CHAIR, units["VN"]), acting(Role.LEADER, units["VN"])
    wanted = Report.objects.filter(period__year=2019).count()
    assert wanted == 4 * UNITS
    log = tmp_path / "acknowledged"
    accepting = ("accept", str(enter.user.pk), str(review.user.pk), str(log))

    web, worker = start(*accepting), start("work")
    deadline = time.monotonic() + PATIENCE
    try:
        for round_ in range(1, KILLS + 1):
            # Each time somewhere else in the work: after a number of acknowledgements and a moment more.
            while len(lines_of(log)) < round_ * wanted // (KILLS + 2) and web.poll() is None:
                assert time.monotonic() < deadline
                time.sleep(0.005)
            time.sleep(dice.random() * 0.1)
            if round_ % 3 != 1:
                web.kill()
                web.wait()
                web = start(*accepting)
            if round_ % 3 != 2:
                worker.kill()
                worker.wait()
                worker = start("work")
        assert web.wait(max(1, deadline - time.monotonic())) == 0
        while Report.objects.exclude(status="accepted").filter(period__year=2019).exists():
            assert time.monotonic() < deadline
            time.sleep(0.1)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(60) == 0
    finally:
        web.kill()
        worker.kill()
        web.wait()
        worker.wait()

    acknowledged = {int(line) for line in lines_of(log)}
    accepted = {
        report.pk: report.accepted.content["values"]["law.sessions"]
        for report in Report.objects.filter(status="accepted").select_related("accepted")
    }
    assert acknowledged <= set(accepted)
    assert accepted == {pk: value_of(pk) for pk in accepted}
    assert len(accepted) == wanted
    scenes.check_totals(date(2019, 12, 31))
    total = Total.objects.get(
        unit=units["LC"], series__key="law.sessions", basis=0, period__type="year", period__year=2019
    )
    assert (total.value, total.reported) == (sum(accepted.values()), wanted)
