"""Starting servers on one core, and knowing what they used."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from bench.results import CannotRunError

SERVER_CORE, CLIENT_CORE = 0, 1
_TICKS = os.sysconf("SC_CLK_TCK")


def pin(core: int) -> None:
    """Keep this process and its children on one core."""
    os.sched_setaffinity(0, {core})


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def require_cores() -> None:
    """Raise ``CannotRunError`` unless server and client can have a core each."""
    if len(os.sched_getaffinity(0)) < 2:
        raise CannotRunError("two cores are needed, one for the server and one for the client")


@contextmanager
def running(
    command: Sequence[str],
    *,
    url: str,
    log: Path,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    core: int | None = SERVER_CORE,
    timeout: float = 60,
) -> Iterator[int]:
    """Run a server until the block ends; yields its process id once ``url`` answers."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            env={**os.environ, **(env or {})},
            cwd=cwd,
            stdout=output,
            stderr=output,
            preexec_fn=partial(pin, core) if core is not None else None,
        )
        try:
            _wait_for(url, process, log, timeout)
            yield process.pid
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path, timeout: float) -> None:
    until = time.monotonic() + timeout
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(url, timeout=10).close()
        except urllib.error.HTTPError as error:
            raise CannotRunError(f"{url} answers {error.code}; see {log}") from error
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise CannotRunError(f"no answer from {url}:\n{log.read_text(errors='replace')[-2000:]}")


def cpu_seconds(pid: int) -> float:
    """Return the processor time of ``pid`` and all below it until now."""
    total = 0
    for each in family(pid):
        try:
            fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        except FileNotFoundError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total / _TICKS


def family(pid: int) -> list[int]:
    """Return ``pid`` and all processes below it."""
    members = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        children = (task / "children").read_text().split()
        for child in children:
            members.extend(family(int(child)))
    return members
