"""A demonstration as anybody would start it: set up and served by the command line, in processes of its own."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

START = 60
"""Seconds that a server may take to answer for the first time on a busy machine."""

STOP = 40
"""Seconds that it may take to finish what is under way."""

_OURS = (
    "DATABASE_URL",
    "BASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "DJANGO_SETTINGS_MODULE",
    "WEATHER_URL",
    "FIELD_KEYS",
    "MEMBERS",
    "DEBUG",
)


@dataclass
class Installation:
    """One demonstration on one port. ``timings`` holds what took how many seconds."""

    base: str
    environment: dict[str, str]
    imported: dict[str, Any] | None = None
    timings: dict[str, float] = field(default_factory=dict)
    _steps: dict[str, int] = field(default_factory=dict)
    _users: list[dict[str, Any]] | None = None

    def congdoan(self, *arguments: str) -> str:
        """Run ``congdoan`` with ``arguments`` and return what it printed."""
        return self._run("-m", "congdoan", *arguments)

    def python(self, code: str) -> Any:
        """Run ``code`` inside the installation; what it leaves in ``answer`` comes back through JSON."""
        lines = ["import django, json", "django.setup()", "answer = None", code, "print(json.dumps(answer))"]
        return json.loads(self._run("-c", "\n".join(lines)).splitlines()[-1])

    def demo_user(self, role: str) -> dict[str, Any]:
        """Return what ``demo-users`` says of the first user with ``role``."""
        if self._users is None:
            self._users = json.loads(self.congdoan("demo-users", "--json"))
        return next(user for user in self._users if user["role"] == role)

    def user(self, role: str) -> tuple[str, str]:
        """Return name and password of the first demo user with ``role``."""
        found = self.demo_user(role)
        return found["username"], found["password"]

    def totp_secret(self, role: str) -> str | None:
        """Return the secret of the second factor of ``role``; ``None`` for those who need none."""
        secret: str | None = self.demo_user(role)["totp_secret"]
        return secret

    def totp_code(self, secret: str) -> str:
        """Return a code of six digits that was not used in this run: a server takes each only once (RFC 6238, 5.2)."""
        step = max(int(time.time()) // 30, self._steps.get(secret, 0) + 1)
        while step > int(time.time()) // 30 + 1:  # clocks may differ by one step, no more
            time.sleep(0.5)
        self._steps[secret] = step
        digest = hmac.new(base64.b32decode(secret), step.to_bytes(8, "big"), hashlib.sha1).digest()
        start = digest[-1] & 15
        return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"

    def get(self, path: str) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers (lower case) and body of ``path``."""
        connection = http.client.HTTPConnection(urlsplit(self.base).netloc, timeout=20)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def until(self, condition: Callable[[], bool], *, seconds: float, otherwise: str) -> float:
        """Wait until ``condition`` holds and return how long that took; fail with ``otherwise`` after ``seconds``."""
        start = time.monotonic()
        while not condition():
            assert time.monotonic() - start < seconds, otherwise
            time.sleep(0.02)
        return time.monotonic() - start

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], env=self.environment, capture_output=True, text=True, timeout=1200
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@contextmanager
def running(folder: Path, *, page: Path | None, prepared: Path | None = None) -> Iterator[Installation]:
    """Set a demonstration up in ``folder``, import the saved ``page``, serve it, and stop it without leaving anything.

    ``prepared`` is a folder of data that an earlier set-up left (SQLite); a copy of it saves most of the time.
    """
    with _database(folder) as database:
        base = f"http://127.0.0.1:{_free_port()}"
        environment = {name: value for name, value in os.environ.items() if name not in _OURS}
        environment |= {
            **database,
            "DATA_DIR": str(folder / "data"),
            "BASE_URL": base,
            "DJANGO_SETTINGS_MODULE": "congdoan.config.settings",
            "LOG_LEVEL": "WARNING",
        }
        installation = Installation(base, environment)
        if prepared and not database:
            subprocess.run(["cp", "-a", str(prepared), str(folder / "data")], check=True)
        with _timed(installation, "setup"):
            installation.congdoan("setup", "--demo")
        if page:
            with _timed(installation, "import"):
                printed = installation.congdoan("import-page", str(page), "--publish", "--json")
            installation.imported = json.loads(printed)
        with _serving(installation, folder / "serve.log"):
            yield installation


@contextmanager
def _timed(installation: Installation, name: str) -> Iterator[None]:
    start = time.monotonic()
    yield
    installation.timings[name] = round(time.monotonic() - start, 1)


@contextmanager
def _serving(installation: Installation, log: Path) -> Iterator[None]:
    port = urlsplit(installation.base).port
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "congdoan", "serve", "--port", str(port)],
            env=installation.environment,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    family: set[int] = set()
    try:
        with _timed(installation, "start"):
            _wait_for_answer(installation, process, log)
        yield
        family = _family(process.pid)
        process.send_signal(signal.SIGTERM)
        assert process.wait(STOP) == 0, log.read_text()
    finally:
        family |= _family(process.pid)
        if process.poll() is None:
            process.kill()
            process.wait()
        left = {pid for pid in family if _is_alive(pid)}
        for pid in left:
            os.kill(pid, signal.SIGKILL)
    assert not left, "the server left processes behind"


def _wait_for_answer(installation: Installation, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if installation.get("/readyz")[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"the server does not answer:\n{log.read_text()[-4000:]}")


def _family(pid: int) -> set[int]:
    """Return a process and all below it; the worker stands in a session of its own, so its group is not enough."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = [tuple(map(int, line.split())) for line in listed.splitlines()]
    family = [pid]
    for member in family:
        family += [child for child, parent in parents if parent == member]
    return set(family)


def _is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@contextmanager
def _database(folder: Path) -> Iterator[dict[str, str]]:
    """Yield the setting of a PostgreSQL database of its own when the tests run on PostgreSQL."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield {}
        return
    import psycopg  # only where the suite runs on PostgreSQL

    name, parts = f"congdoan_journeys_{os.getpid()}", urlsplit(url)
    with psycopg.connect(
        urlunsplit(parts._replace(scheme="postgresql", path="/postgres")), autocommit=True
    ) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield {"DATABASE_URL": urlunsplit(parts._replace(path=f"/{name}"))}
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
