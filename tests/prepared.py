"""A database with all tables and first rows in it, made once a run of the tests and copied: making one takes half a minute.

The journeys still set a site up from nothing.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.db import connection

TEMPLATE = "_prepared"
"""What the name of PostgreSQL's template ends with."""


class Prepared:
    """The migrated databases of one run, in a folder that all processes of the run share; each made when first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def copy_to(self, file: Path) -> None:
        """Make ``file`` a migrated SQLite database."""
        made = self._folder / "sqlite" / "db.sqlite3"
        with self._once("sqlite") as is_missing:
            if is_missing:
                self._migrate({})
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(made, file)

    def create(self, name: str) -> None:
        """Make ``name`` a migrated database on the PostgreSQL server that the tests run on."""
        template = template_name()
        with self._once("postgresql") as is_missing, on_server() as server:
            if is_missing:
                server.execute(f'DROP DATABASE IF EXISTS "{template}" WITH (FORCE)')
                server.execute(f'CREATE DATABASE "{template}"')
                self._migrate(
                    {
                        "DATABASE_URL": urlunsplit(
                            urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{template}")
                        )
                    }
                )
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')

    @contextmanager
    def _once(self, kind: str) -> Iterator[bool]:
        (self._folder / kind).mkdir(parents=True, exist_ok=True)
        done = self._folder / f"{kind}.done"
        with (self._folder / f"{kind}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield not done.exists()
            done.touch()

    def _migrate(self, database: dict[str, str]) -> None:
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment |= {
            "DATA_DIR": str(self._folder / "sqlite"),
            "DJANGO_SETTINGS_MODULE": "congdoan.config.settings",
            **database,
        }
        done = subprocess.run(
            [sys.executable, "-m", "django", "migrate", "--verbosity", "0"],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr


def template_name() -> str:
    """Return the name of PostgreSQL's template: of the server's database that the tests are named after."""
    return urlsplit(os.environ["DATABASE_URL"]).path.lstrip("/") + TEMPLATE


@contextmanager
def on_server() -> Iterator[Any]:
    """Open a connection to the PostgreSQL server that the tests run on, beside any database of theirs."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    address = urlunsplit(parts._replace(scheme="postgresql", path="/postgres"))
    with psycopg.connect(address, autocommit=True) as server:
        yield server


def empty_quickly() -> None:
    """Let PostgreSQL empty tables after a transactional test by DELETE: TRUNCATE makes new files for all of them, in seconds.

    As under TRUNCATE, no trigger fires; leaving triggers out is a superuser's right, and without it all stays as it was.
    """
    with on_server() as server:
        if server.execute("SELECT current_setting('is_superuser')").fetchone() != ("on",):
            return
    operations = type(connection.ops)  # of all connections: a browser's thread opens its own
    by_truncating = operations.sql_flush

    def sql_flush(
        self: Any,
        style: Any,
        tables: list[str],
        *,
        reset_sequences: bool = False,
        allow_cascade: bool = False,
    ) -> list[str]:
        if reset_sequences or allow_cascade:
            return by_truncating(
                self, style, tables, reset_sequences=reset_sequences, allow_cascade=allow_cascade
            )
        deletions = [f"DELETE FROM {self.quote_name(table)}" for table in tables]
        return ["SET LOCAL session_replication_role = replica", *deletions]

    operations.sql_flush = sql_flush  # type: ignore[method-assign]  # for this process of tests


def make_test_database(prepared: Prepared) -> str:
    """Make the database that the tests of this process run on, and return its name."""
    name: str = connection.creation._get_test_db_name()  # type: ignore[attr-defined]  # Django's own
    if connection.vendor == "sqlite":
        prepared.copy_to(Path(name))
    else:
        prepared.create(name)
        empty_quickly()
    return name
