"""The demonstration that benchmarks run against."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.processes import SERVER_CORE, free_port, running


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    base: str
    process: AbstractContextManager[int]


class DemoSite:
    """A demo installation in a folder of its own, made when it is first needed."""

    def __init__(self, data_dir: Path, folder: Path) -> None:
        self.data_dir = data_dir
        self.folder = folder

    @property
    def env(self) -> dict[str, str]:
        """Environment of every process of the site."""
        return {
            "DATA_DIR": str(self.data_dir),
            "LOG_LEVEL": "WARNING",
            "DJANGO_SETTINGS_MODULE": "congdoan.config.settings",
        }

    def ensure(self) -> None:
        """Set the demo up, unless that is done."""
        if not (self.data_dir / "demo.json").exists():
            subprocess.run(
                [sys.executable, "-m", "congdoan", "setup", "--demo"],
                env={**os.environ, **self.env},
                check=True,
                stdout=subprocess.DEVNULL,
            )

    def server(self, *, workers: int = 1, core: int | None = SERVER_CORE) -> Server:
        """Return a web server for the site; ``with server.process as pid`` runs it."""
        self.ensure()
        port = free_port()
        base = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "bench.serve", str(port), str(workers)]
        process = running(command, url=f"{base}/", log=self.folder / "portal.log", env=self.env, core=core)
        return Server(base, process)

    def article(self) -> dict[str, Any]:
        """Return ``{path, category, others, title, paragraphs}`` of the longest article."""
        self.ensure()
        output = subprocess.run(
            [sys.executable, "-m", "bench.editor", "describe"],
            env={**os.environ, **self.env},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        described: dict[str, Any] = json.loads(output)
        return described
