"""The database in an archive, for either kind of database."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from django.db import connection

from congdoan.ops.backup.manifest import Manifest


class Database(Protocol):
    """How one kind of database is written into an archive and comes back from it."""

    def dump(self, folder: Path) -> dict[str, int]:
        """Write a consistent copy into ``folder`` while others go on writing. Returns the rows of each table."""

    def stage(self, folder: Path, manifest: Manifest) -> None:
        """Make the copy in ``folder`` ready and prove that it is whole. Changes nothing that is in use."""

    def replace(self) -> None:
        """Put the staged copy in the place of what is in use, all or nothing."""

    def discard(self) -> None:
        """Clear the staged copy away."""


def current() -> Database:
    """Return the way of the database in use."""
    if connection.vendor == "sqlite":
        from congdoan.ops.backup.sqlite import SqliteDatabase

        return SqliteDatabase()
    from congdoan.ops.backup.postgresql import PostgresqlDatabase

    return PostgresqlDatabase()
