"""The portal as it runs: web processes of Granian on one database."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from wagtail.models import Locale

from congdoan.pages.models import OnlineVisitors, VisitDay
from congdoan.portal.models import ArticlePage
from tests.factories import make_article

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SERVE = """
import sys
from granian.server import Server
from congdoan.config.serving import granian_options
Server(**granian_options(host="127.0.0.1", port=int(sys.argv[1]), workers=1)).serve()
"""


class Served:
    """One running server."""

    def __init__(self, log: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.base = f"http://127.0.0.1:{port}"
        self.log = log
        env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.pages.served",
            "TEST_DATABASE": str(connection.settings_dict["NAME"]),
            "BASE_URL": self.base,
            "PYTHONPATH": os.pathsep.join(filter(None, [str(Path.cwd()), os.environ.get("PYTHONPATH", "")])),
        }
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-c", SERVE, str(port)],
                env=env,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(self.base + path, timeout=30) as answer:
            body: bytes = answer.read()
        return body

    def wait(self) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                self.get("/healthz")
            except OSError:
                time.sleep(0.1)
            else:
                return
        pytest.fail(self.log.read_text())

    def total(self) -> int:
        answer: dict[str, Any] = json.loads(self.get("/tien-ich/"))
        return int(answer["visits"]["total"])

    def kill(self) -> None:
        """Kill the server and its web process as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Any]:
    """Return a function that starts a server."""
    started: list[Served] = []

    def start() -> Served:
        served = Served(tmp_path / f"server-{len(started)}.log")
        started.append(served)
        served.wait()
        return served

    yield start
    for served in started:
        if served.process.poll() is None:
            served.process.terminate()
            try:
                served.process.wait(20)
            except subprocess.TimeoutExpired:
                served.kill()


def published(**fields: Any) -> ArticlePage:
    """Return a published article, committed."""
    with transaction.atomic():
        return make_article(**fields)


def written() -> int:
    """Return the visits in the database."""
    return sum(VisitDay.objects.values_list("visits", flat=True))


@pytest.fixture(autouse=True)
def _locale(transactional_db: None) -> None:
    """Transactional tests before this one have emptied the tables, the rows of migrations included."""
    Locale.objects.get_or_create(language_code="vi")


def test_a_server_that_is_told_to_stop_writes_its_last_visits(serve):
    published()
    server = serve()
    for expected in range(1, 11):
        assert server.total() == expected
    server.process.terminate()
    # Longer than the server gives its workers: a worker that it had to kill shows as visits lost.
    assert server.process.wait(45) == 0
    assert written() == 10
    assert not OnlineVisitors.objects.exists()


def test_a_server_that_is_killed_loses_at_most_the_last_second(serve):
    published()
    server = serve()
    before = []
    for _ in range(30):
        before.append((time.monotonic(), server.total()))
        time.sleep(0.1)
    killed = time.monotonic()
    server.kill()
    # What came more than a second (and the time of one write) before is safe.
    safe = max(total for at, total in before if at < killed - 1.5)
    assert safe <= written() <= before[-1][1]
    assert safe >= 10


def test_a_hundred_visitors_of_two_processes_are_counted_exactly(serve):
    published()
    servers = [serve(), serve()]
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda number: servers[number % 2].get("/tien-ich/"), range(100)))
    time.sleep(2.5)
    assert written() == 100
    assert servers[0].total() == 101


def test_what_one_process_publishes_the_other_shows(serve):
    """The test is the process that publishes; the server only hears of it."""
    article = published(title="Tên cũ")
    path = article.url
    server = serve()
    assert "Tên cũ" in server.get(path).decode()
    server.get("/")
    article.title = "Tên mới"
    with transaction.atomic():
        article.save_revision().publish()
    committed = time.monotonic()
    for page in (path, "/"):
        while "Tên mới" not in server.get(page).decode():
            assert time.monotonic() - committed < 5, "the change never came"
            time.sleep(0.01)
