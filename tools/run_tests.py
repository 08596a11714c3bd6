"""Runs all tests that this machine can run: on SQLite, then, where PostgreSQL answers, those with a database once more on it.

Tests that drive a browser or start a server (marks ``browser`` and ``slow``) depend on how busy the machine is. When
nothing else failed, those of them that failed are run once more, alone; what passes then is named as unsteady. Any other
failure counts at once.

Environment: ``REQUIRE`` (comma-separated: seed, browser, postgres, redis, spark) turns a skip into a failure;
``DATABASE_URL`` names another PostgreSQL server than the one at 127.0.0.1:5432. Exit code 0 when everything passed.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

PROJECT = Path(__file__).resolve().parent.parent
LOCAL_POSTGRES = "postgres://postgres@127.0.0.1:5432/congdoan"
SOME_FAILED, NOTHING_COLLECTED = 1, 5
"""Exit codes of pytest."""
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


def pytest(database: str, *arguments: str, only: str = "") -> int:
    """Run pytest on ``database`` (an address; empty for SQLite) and return its exit code.

    Each kind of database remembers its own failures.
    """
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"DATABASE_URL": database} if database else {}
    environment |= {"TESTS_ONLY": only} if only else {}
    command = [sys.executable, "-m", "pytest", "-q", "-o", f"cache_dir={memory(database)}", *arguments]
    return subprocess.run(command, cwd=PROJECT, env=environment, check=False).returncode  # noqa: S603  # our own command


def memory(database: str) -> Path:
    """Return the folder in which pytest keeps what failed on a kind of database."""
    return PROJECT / ".pytest_cache" / ("postgresql" if database else "sqlite")


def passes_alone(database: str) -> bool:
    """Run what failed once more, alone, when all of it depends on how busy the machine is. Returns whether it passed."""
    listed = memory(database) / "v" / "cache" / "lastfailed"
    failed = sorted(json.loads(listed.read_text(encoding="utf-8"))) if listed.exists() else []
    others = ("-n", "0", "--lf", "--collect-only", "-m", "not browser and not slow")
    if not failed or pytest(database, *others) != NOTHING_COLLECTED:
        return False
    print("== run again alone", flush=True)
    if pytest(database, "-n", "0", "--lf", "--lfnf=none") != 0:
        return False
    print(f"== unsteady: passed only when run again alone: {', '.join(failed)}", flush=True)
    return True


def run(title: str, database: str, only: str = "") -> bool:
    """Run the suite. Returns whether it passed."""
    print(f"== {title}", flush=True)
    started = time.monotonic()
    code = pytest(database, "-n", "2", "--dist", "loadgroup", "--cache-clear", *sys.argv[1:], only=only)
    passed = code == 0 or (code == SOME_FAILED and passes_alone(database))
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
    passed = run("SQLite", "")
    url = postgres_url()
    if url:
        passed = run("PostgreSQL", url, only="database") and passed
    else:
        reason = "no PostgreSQL answers at 127.0.0.1:5432 or DATABASE_URL"
        print(f"== PostgreSQL: not run, {reason}", flush=True)
        passed = passed and "postgres" not in required
    print(f"== {'all passed' if passed else 'FAILED'} in {time.monotonic() - started:.0f} s", flush=True)
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
