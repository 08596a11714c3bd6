"""SQLite in an archive: one file, copied and put back by SQLite's own backup interface (https://sqlite.org/backup.html)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection, connections
from django.utils.translation import gettext as _

from congdoan.ops.backup.errors import ArchiveError, BackupError
from congdoan.ops.backup.manifest import Manifest

FILE = "database.sqlite3"
WRITTEN_ONCE = (
    "audit_entry", "reporting_reportversion", "reporting_reviewstep", "reporting_summary", "reporting_sheetversion",
    "reporting_section", "reporting_line", "reporting_rule", "reporting_counting",
)  # fmt: skip
TRIGGERS = {f"{table}_no_{verb}" for table in WRITTEN_ONCE for verb in ("update", "delete")}


class SqliteDatabase:
    """The database file of this installation."""

    def __init__(self) -> None:
        self.path = Path(connection.settings_dict["NAME"])
        self.staged: Path | None = None

    def dump(self, folder: Path) -> dict[str, int]:
        """Write one consistent copy, while others go on writing. Returns the rows of each table."""
        target = folder / FILE
        with (
            closing(sqlite3.connect(self.path, timeout=30)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            return _rows(copy)

    def stage(self, folder: Path, manifest: Manifest) -> None:
        """Prove that the copy is whole: SQLite's own check, foreign keys, rows of each table, the trail's guard."""
        self.staged = folder / FILE
        if not self.staged.exists():
            raise ArchiveError.incomplete()
        try:
            with closing(sqlite3.connect(self.staged)) as copy:
                sound = copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
                sound = sound and copy.execute("PRAGMA foreign_key_check").fetchone() is None
                triggers = {
                    row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
                }
                if not sound or _rows(copy) != manifest.rows or not triggers >= TRIGGERS:
                    raise ArchiveError.changed(FILE)
        except sqlite3.DatabaseError as error:
            raise ArchiveError.changed(FILE) from error

    def replace(self) -> None:
        """Write the copy over the database in one transaction of SQLite: a failure in the middle rolls back."""
        if self.staged is None:
            raise RuntimeError("nothing is staged")
        connections.close_all()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with (
                closing(sqlite3.connect(self.staged)) as copy,
                closing(sqlite3.connect(self.path, timeout=30)) as target,
            ):
                target.execute("PRAGMA journal_mode=WAL")
                copy.backup(target)
                target.execute("PRAGMA journal_mode=WAL")
                target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.OperationalError as error:
            raise BackupError(
                _("Không ghi được cơ sở dữ liệu (%s). Hãy dừng máy chủ, xem lại dung lượng đĩa rồi thử lại.")
                % error
            ) from error

    def discard(self) -> None:
        """Nothing stays behind: the copy lies in the staging folder."""


def _rows(database: sqlite3.Connection) -> dict[str, int]:
    names = [
        row[0]
        for row in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
            "AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
        )
    ]
    return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608  # names of our own tables
