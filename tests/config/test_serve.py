"""``congdoan serve`` with real processes: it starts, restarts what dies, and leaves nothing behind."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.prepared import Prepared

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("serve")]

PATIENCE = 90.0


def wait_for(condition: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"waited {PATIENCE} s in vain until {what}"
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def children(pid: int) -> dict[int, str]:
    """Return the living processes below ``pid`` with their command lines."""
    found: dict[int, str] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            stat = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(stat[1]) == pid and stat[0] != "Z":
                found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
    return found


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory, prepared: Prepared) -> dict[str, str]:
    """The environment of a site that is set up."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "BASE_URL", "DJANGO_SETTINGS_MODULE")
    }
    made = kept | {
        "DATA_DIR": str(tmp_path_factory.mktemp("serve")),
        "SECRET_KEY": "only-for-tests-" + "s" * 50,
    }
    prepared.copy_to(Path(made["DATA_DIR"]) / "db.sqlite3")
    done = subprocess.run(
        [sys.executable, "-m", "congdoan", "setup", "--no-static"],
        env=made,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return made


class Server:
    """A running ``congdoan serve``."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self.port = free_port()
        self.log = log
        with log.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "congdoan", "serve", "--port", str(self.port)],
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def worker(self) -> int | None:
        return next(
            (pid for pid, line in children(self.process.pid).items() if "congdoan worker" in line), None
        )

    def web(self) -> int | None:
        return next(
            (pid for pid, line in children(self.process.pid).items() if "congdoan worker" not in line), None
        )


@pytest.fixture
def server(environment: dict[str, str], tmp_path: Path) -> Iterator[Server]:
    running = Server(environment, tmp_path / "serve.log")
    wait_for(lambda: answers(running.port) and running.worker(), f"it serves: {running.log.read_text()}")
    yield running
    if running.process.poll() is None:
        below = children(running.process.pid)
        running.process.kill()
        running.process.wait()
        for pid in below:
            if alive(pid):
                os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_with_nothing_left(server: Server, how: signal.Signals):
    below = children(server.process.pid)
    assert len(below) == 2
    wait_for(lambda: "worker started" in server.log.read_text(), "the worker works")

    server.process.send_signal(how)

    assert server.process.wait(PATIENCE) == 0, server.log.read_text()
    assert not [pid for pid in below if alive(pid)]
    assert "worker stopped" in server.log.read_text()
    assert "Traceback" not in server.log.read_text()


def test_ctrl_c_which_reaches_all_of_the_group_ends_it_with_nothing_left(server: Server):
    below = children(server.process.pid)
    os.killpg(server.process.pid, signal.SIGINT)
    assert server.process.wait(PATIENCE) == 0, server.log.read_text()
    assert not [pid for pid in below if alive(pid)]


def test_a_worker_that_dies_is_started_again(server: Server):
    first = server.worker()
    assert first is not None
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: server.worker() not in (None, first), "another worker runs")
    assert answers(server.port)
    assert "worker died" in server.log.read_text()


def test_when_the_web_process_dies_the_command_fails(server: Server):
    web, worker = server.web(), server.worker()
    assert web is not None
    assert worker is not None
    os.kill(web, signal.SIGKILL)
    assert server.process.wait(PATIENCE) == 1
    assert not alive(worker)


def test_when_the_command_itself_is_killed_nothing_goes_on_serving(server: Server):
    below = children(server.process.pid)
    server.process.kill()
    server.process.wait()
    wait_for(lambda: not [pid for pid in below if alive(pid)], "its processes have noticed")


def test_a_taken_port_is_a_sentence(server: Server, environment: dict[str, str]):
    done = subprocess.run(
        [sys.executable, "-m", "congdoan", "serve", "--port", str(server.port)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 1
    assert str(server.port) in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_was_never_set_up_is_a_sentence(environment: dict[str, str], tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-m", "congdoan", "serve", "--port", str(free_port())],
        env=environment | {"DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 1
    assert "congdoan setup" in done.stderr
