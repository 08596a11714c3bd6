"""The server is killed in the middle of an evening of voting."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

import pytest

from congdoan.participation.engine import claim_key
from tests.participation.conftest import token
from tests.prepared import Prepared, on_server

pytestmark = pytest.mark.slow

VOTES = 200
KILL_AFTER = 80
CLIENTS = 8
SECRET = "only-for-the-crash-test-" + "x" * 40

MAKE_POLL = """
import django; django.setup()
from congdoan.participation.actions import create_site_poll
call = create_site_poll(question="Bạn chọn gì?", options=["Một", "Hai"], by=None, slug="thu")
import json; print(json.dumps({"call": call.pk, "option": call.options.first().pk}))
"""
READ_TABLES = """
import django; django.setup()
from congdoan.participation.models import Ballot, Claim
import json; print(json.dumps({"ballots": Ballot.objects.count(), "claims": list(Claim.objects.values_list("key_hash", flat=True))}))
"""


@pytest.fixture
def installation(tmp_path: Path, prepared: Prepared) -> Iterator[dict[str, str]]:
    """Yield the environment of an installation of its own, on the database that the tests run on."""
    with _database(prepared) as database:
        environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if name not in ("DATABASE_URL", "BASE_URL", "REDIS_URL")
            },
            **database,
            "DATA_DIR": str(tmp_path / "data"),
            "SECRET_KEY": SECRET,
            "DJANGO_SETTINGS_MODULE": "congdoan.config.settings",
        }
        if not database:
            prepared.copy_to(tmp_path / "data" / "db.sqlite3")
        (tmp_path / "data").mkdir(exist_ok=True)
        yield environment


@contextmanager
def _database(prepared: Prepared) -> Iterator[dict[str, str]]:
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield {}
        return
    name = f"congdoan_crash_{os.getpid()}"
    prepared.create(name)
    try:
        yield {"DATABASE_URL": urlunsplit(urlsplit(url)._replace(path=f"/{name}"))}
    finally:
        with on_server() as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _run(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, timeout=180
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextmanager
def _serving(environment: dict[str, str], port: int) -> Iterator[Callable[[], None]]:
    """Serve on ``port``; yields what kills every process of the server at once, as a power cut would."""
    process = subprocess.Popen(
        [sys.executable, "-m", "congdoan", "serve", "--port", str(port), "--workers", "2"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )

    def kill() -> None:
        for pid in _family(process.pid):
            os.kill(pid, signal.SIGKILL)
        process.wait(timeout=10)

    try:
        _wait_for(lambda: _status(port) == 200, "the server never answered")
        yield kill
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=40)
            except subprocess.TimeoutExpired:
                kill()


def _family(pid: int) -> list[int]:
    """Return a process and all below it; the worker stands in a session of its own, so its group is not enough."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = [tuple(map(int, line.split())) for line in listed.splitlines()]
    family = [pid]
    for member in family:
        family += [child for child, parent in parents if parent == member]
    return family


def _status(port: int) -> int | None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


def _wait_for(condition: Callable[[], bool], otherwise: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(0.1)
    raise AssertionError(otherwise)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Voters:
    """Voters on kept-alive connections, each with a form of its own; remembers whose vote was acknowledged."""

    def __init__(self, port: int, option: int) -> None:
        self.port = port
        self.option = option
        self.acknowledged: set[str] = set()
        self._lock = threading.Lock()

    def vote(self, forms: list[str]) -> None:
        """Send ``forms`` one after another, until the server is gone."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            for form in forms:
                connection.request(
                    "POST",
                    "/tham-gia/thu/bo-phieu/",
                    urlencode({"option": self.option, "token": form}),
                    {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
                )
                answer = connection.getresponse()
                body = answer.read()
                assert answer.status == 200, body
                with self._lock:
                    self.acknowledged.add(form)
        except (OSError, http.client.HTTPException):
            return
        finally:
            connection.close()


def test_a_server_killed_during_two_hundred_votes_loses_none_that_was_acknowledged(installation):
    made = json.loads(_run(installation, "-c", MAKE_POLL))
    forms = [token() for _ in range(VOTES)]
    port = _free_port()

    voters = Voters(port, made["option"])
    with _serving(installation, port) as kill, ThreadPoolExecutor(CLIENTS) as pool:
        for number in range(CLIENTS):
            pool.submit(voters.vote, forms[number::CLIENTS])
        _wait_for(lambda: len(voters.acknowledged) >= KILL_AFTER, "too few votes were acknowledged")
        kill()
    acknowledged = set(voters.acknowledged)
    assert KILL_AFTER <= len(acknowledged) < VOTES, "it was killed in the middle"

    stored = json.loads(_run(installation, "-c", READ_TABLES))
    claims = set(stored["claims"])
    kept = {form for form in forms if claim_key(made["call"], "form", form, secret=SECRET) in claims}
    assert acknowledged <= kept
    assert stored["ballots"] == len(kept) == len(claims) // 2, (
        "a ballot and its claims come together or not at all"
    )

    # Everybody whose answer was lost presses again: each vote is counted exactly once.
    port = _free_port()
    again = Voters(port, made["option"])
    with _serving(installation, port):
        again.vote(forms)
    assert again.acknowledged == set(forms)
    assert json.loads(_run(installation, "-c", READ_TABLES))["ballots"] == VOTES
