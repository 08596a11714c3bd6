"""Files of the embedded index: one generation is in use, and a pointer names it.

A new index cannot be renamed over the old one: readers of the old would share the new one's ``-wal`` and ``-shm``
by name. So every rebuild makes a file with a name of its own, and only the small pointer file is replaced.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from congdoan.search.engine.errors import IndexMissingError, RebuildRunningError

BUSY_SECONDS = 20.0


class Generations:
    """The folder of an index."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pointer = folder / "current"

    def current(self) -> str:
        """Name of the file in use; empty when there is none."""
        try:
            return self._pointer.read_text(encoding="ascii", errors="replace").strip()
        except OSError:
            return ""

    def open(self, name: str) -> sqlite3.Connection:
        """Open a generation that exists. Raises ``IndexMissingError``."""
        if not name or not (self.folder / name).is_file():
            raise IndexMissingError(f"no search index in {self.folder}")
        return _connect(self.folder / name, mode="rw")

    def create(self) -> tuple[str, sqlite3.Connection]:
        """Make an empty file for the next generation."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = f"index-{time.time_ns():x}-{os.getpid():x}.sqlite3"
        return name, _connect(self.folder / name, mode="rwc")

    def switch(self, name: str) -> None:
        """Put ``name`` in use, all at once, and remove the others; those who still read them may go on."""
        written = self._pointer.with_suffix(f".{os.getpid():x}")
        with written.open("w", encoding="ascii") as file:
            file.write(name)
            file.flush()
            os.fsync(file.fileno())
        written.replace(self._pointer)
        self.remove_all_but(name)

    def drop(self, name: str) -> None:
        """Stop using ``name`` (it is damaged), unless another one is in use by now."""
        if self.current() == name:
            self._pointer.unlink(missing_ok=True)

    def remove_all_but(self, name: str) -> None:
        """Delete the files of other generations, also those that an interrupted rebuild left."""
        for file in self.folder.glob("index-*"):
            if not name or not file.name.startswith(name):
                with suppress(OSError):
                    file.unlink()

    @contextmanager
    def rebuilding(self) -> Iterator[None]:
        """Hold the right to rebuild. Raises ``RebuildRunningError``; a process that dies lets go of it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "rebuild.lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise RebuildRunningError("the search index is being rebuilt already") from None
            yield


def _connect(path: Path, *, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=BUSY_SECONDS
    )
    # FULL: what the outbox forgets after our commit must not be lost by a power cut.
    connection.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-8000;"
    )
    return connection
