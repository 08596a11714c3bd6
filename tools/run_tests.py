"""Runs all tests that this machine can run: on SQLite, then, where PostgreSQL answers, all of them once more on it.

Environment: ``REQUIRE`` (comma-separated: seed, browser, postgres, redis, spark) turns a skip into a failure;
``DATABASE_URL`` names another PostgreSQL server than the one at 127.0.0.1:5432. Exit code 0 when everything passed.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

PROJECT = Path(__file__).resolve().parent.parent
LOCAL_POSTGRES = "postgres://postgres@127.0.0.1:5432/congdoan"
KNOWN = {"seed", "browser", "postgres", "redis", "spark"}


def answers(host: str, port: int) -> bool:
    """Say whether something listens there."""
    try:
        socket.create_connection((host, port), timeout=2).close()
    except OSError:
        return False
    return True


def postgres_url() -> str | None:
    """Return the address of a PostgreSQL that answers."""
    url = os.environ.get("DATABASE_URL") or LOCAL_POSTGRES
    parts = urlsplit(url)
    if not parts.scheme.startswith(("postgres", "pgsql")):
        return None
    return url if answers(parts.hostname or "127.0.0.1", parts.port or 5432) else None


def run(title: str, database_url: str | None) -> bool:
    """Run the whole suite. Returns whether it passed."""
    print(f"== {title}", flush=True)
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    if database_url:
        environment["DATABASE_URL"] = database_url
    started = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadgroup", "-q", *sys.argv[1:]]
    passed = subprocess.run(command, cwd=PROJECT, env=environment, check=False).returncode == 0  # noqa: S603  # our own command
    print(f"== {title}: {'passed' if passed else 'FAILED'} in {time.monotonic() - started:.0f} s", flush=True)
    return passed


def main() -> int:
    """Run what can be run."""
    required = set(filter(None, os.environ.get("REQUIRE", "").split(",")))
    if unknown := required - KNOWN:
        print(
            f"REQUIRE names {', '.join(sorted(unknown))}; known are {', '.join(sorted(KNOWN))}",
            file=sys.stderr,
        )
        return 2
    started = time.monotonic()
    passed = run("SQLite", None)
    url = postgres_url()
    if url:
        passed = run("PostgreSQL", url) and passed
    else:
        reason = "no PostgreSQL answers at 127.0.0.1:5432 or DATABASE_URL"
        print(f"== PostgreSQL: not run, {reason}", flush=True)
        passed = passed and "postgres" not in required
    print(f"== {'all passed' if passed else 'FAILED'} in {time.monotonic() - started:.0f} s", flush=True)
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
