"""The process that ``congdoan serve`` starts: it holds the web processes and the background worker together.

It loads neither Django nor the apps, so that it stays small; the processes below it do.
"""

from __future__ import annotations

import contextlib
import ctypes

# Not inside the thread that uses it: a web process forked while a thread imports would wait for that import for ever.
import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from granian.server import Server

_Server: Any = Server

NOT_SET_UP = 3
"""Exit code by which the background worker says that the database is not set up."""

STOP_TIMEOUT = 30.0
LONGEST_PAUSE = 30.0


class Supervisor:
    """Web processes (Granian) in this process's main thread, the background worker as a child beside them.

    ``options`` are the arguments of Granian, ``worker`` the command line of the background worker.
    """

    def __init__(self, *, options: dict[str, Any], worker: list[str], on_ready: Callable[[], None]) -> None:
        self.options = options
        self.worker = worker
        self.on_ready = on_ready
        self.is_set_up = True
        self._child: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()

    def run(self) -> int:
        """Serve until SIGTERM or SIGINT, finish what is under way, and return 0; 1 when the web processes died."""
        server = _WebServer(**self.options)
        server.when_started = self._start
        try:
            server.serve(target_loader=load_application)
        except SystemExit as end:
            # On Ctrl-C a web process may end by itself before it is told to; that is no failure.
            if end.code and not server.interrupt_signal:
                return 1
        finally:
            self._stop_worker()
        return 0 if self.is_set_up else 1

    def _start(self) -> None:
        threading.Thread(target=self._keep_worker, name="keep-worker", daemon=True).start()
        threading.Thread(target=self._announce, name="announce", daemon=True).start()

    def _keep_worker(self) -> None:
        pause = 1.0
        while not self._stopping.is_set():
            started = time.monotonic()
            # A session of its own: Ctrl-C reaches this process alone, which then stops the worker in order.
            self._child = subprocess.Popen(  # noqa: S603  # our own command
                [*self.worker, "--supervisor", str(os.getpid())],
                start_new_session=True,
                # Threads of a small process need no heap each.
                env=os.environ | {"MALLOC_ARENA_MAX": "2"},
            )
            code = self._child.wait()
            if self._stopping.is_set():
                return
            if code == NOT_SET_UP:
                self.is_set_up = False
                os.kill(os.getpid(), signal.SIGTERM)
                return
            log("worker died and is started again", code=code)
            pause = 1.0 if time.monotonic() - started > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
            self._stopping.wait(pause)

    def _stop_worker(self) -> None:
        self._stopping.set()
        child = self._child
        if child is None or child.poll() is not None:
            return
        child.terminate()
        try:
            child.wait(STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            log("worker did not stop and is killed")
            child.kill()
            child.wait()

    def _announce(self) -> None:
        host = self.options["address"]
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # a comparison, not a binding
        while not self._stopping.wait(0.2):
            connection = http.client.HTTPConnection(host, self.options["port"], timeout=5)
            try:
                connection.request("GET", "/healthz", headers={"Host": "127.0.0.1"})
                if connection.getresponse().status < 500:
                    self.on_ready()
                    return
            except OSError:
                continue
            finally:
                connection.close()


class _WebServer(_Server):  # type: ignore[misc]  # Granian chooses its class at run time
    """Granian, which also says when its processes are started."""

    when_started: Callable[[], None]

    def startup(self, *args: Any) -> None:
        # Web processes are copies of this one, so no thread may run before they are made: a lock that a thread
        # holds at that moment would stay locked in the copy for ever.
        super().startup(*args)
        self.when_started()


def load_application(target: str) -> Any:
    """Load ``module:name`` in a web process, which from then on ends when its supervisor is gone."""
    # Until Granian sets its own handlers this copy has those of the process above, and would not hear a signal.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # Ctrl-C reaches every process of the group. Granian hangs when it is told to stop twice, so that a web process
    # hears only its supervisor.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    _share_heaps()
    supervisor = os.getppid()

    def watch() -> None:
        while os.getppid() == supervisor:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="watch", daemon=True).start()
    module, _colon, name = target.partition(":")
    return getattr(import_module(module), name)


def _share_heaps() -> None:
    """Let the threads of a web process share two heaps; glibc gives each its own, and scaling a picture fills them.

    It saves about 50 MB once pictures have been scaled (mallopt(3), M_ARENA_MAX).
    """
    with contextlib.suppress(OSError, AttributeError):  # another C library
        ctypes.CDLL(None).mallopt(-8, 2)


def log(event: str, **fields: object) -> None:
    """Write one line in the form of the other logs."""
    line = {
        "event": event,
        "logger": __name__,
        "level": "warning",
        "timestamp": datetime.now(UTC).isoformat(),
        **fields,
    }
    sys.stderr.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stderr.flush()
