"""PostgreSQL in an archive: every table as CSV from one snapshot; back by a fresh schema beside the one in use."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
from django.db import connection, connections
from django.utils.translation import gettext as _
from psycopg import sql

from congdoan.ops.backup.errors import ArchiveError, BackupError
from congdoan.ops.backup.manifest import Manifest

FOLDER = "tables"
CHUNK = 1 << 16

Database = psycopg.Connection[tuple[object, ...]]


class PostgresqlDatabase:
    """The schema of this installation."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_schema()")
            self.schema: str = cursor.fetchone()[0] or "public"
        self.fresh: str | None = None

    def dump(self, folder: Path) -> dict[str, int]:
        """Copy every table out of one snapshot, while others go on writing. Returns the rows of each table."""
        (folder / FOLDER).mkdir()
        rows: dict[str, int] = {}
        with closing(_connect()) as database:
            database.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            database.read_only = True
            with database.transaction():
                for table, columns in _tables(database, self.schema).items():
                    statement = sql.SQL("COPY {}.{} ({}) TO STDOUT (FORMAT csv, HEADER)").format(
                        sql.Identifier(self.schema), sql.Identifier(table), _names(columns)
                    )
                    with (folder / FOLDER / f"{table}.csv").open("wb") as file, database.cursor() as cursor:
                        with cursor.copy(statement) as copy:
                            for part in copy:
                                file.write(part)
                        rows[table] = cursor.rowcount
        return rows

    def stage(self, folder: Path, manifest: Manifest) -> None:
        """Build the tables in a fresh schema by the migrations, fill them, and count.

        Foreign keys are checked when the filling commits; the trail's guard is made by its migration.
        """
        self.fresh = f"congdoan_restore_{secrets.token_hex(4)}"
        with closing(_connect()) as database, database.transaction():
            database.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(self.fresh)))
        _migrate(self.fresh)
        try:
            with closing(_connect()) as database, database.transaction():
                self._fill(database, folder / FOLDER, manifest)
        except psycopg.Error as error:
            raise ArchiveError.changed(FOLDER) from error

    def _fill(self, database: Database, folder: Path, manifest: Manifest) -> None:
        assert self.fresh is not None  # noqa: S101  # set by the caller
        tables = _tables(database, self.fresh)
        if set(tables) != set(manifest.rows):
            raise ArchiveError.changed(FOLDER)
        schema = sql.Identifier(self.fresh)
        named = sql.SQL(", ").join(sql.SQL("{}.{}").format(schema, sql.Identifier(table)) for table in tables)
        database.execute(sql.SQL("TRUNCATE {} CASCADE").format(named))
        for table, columns in tables.items():
            path = folder / f"{table}.csv"
            if not path.exists():
                raise ArchiveError.incomplete()
            with path.open("rb") as file, database.cursor() as cursor:
                heading = file.readline().decode().strip()
                if [name.strip('"') for name in heading.split(",")] != columns:
                    raise ArchiveError.changed(f"{FOLDER}/{table}.csv")
                statement = sql.SQL("COPY {}.{} ({}) FROM STDIN (FORMAT csv)").format(
                    schema, sql.Identifier(table), _names(columns)
                )
                with cursor.copy(statement) as copy:
                    while part := file.read(CHUNK):
                        copy.write(part)
            count = database.execute(
                sql.SQL("SELECT count(*) FROM {}.{}").format(schema, sql.Identifier(table))
            ).fetchone()
            if count is None or count[0] != manifest.rows[table]:
                raise ArchiveError.changed(f"{FOLDER}/{table}.csv")
        _set_sequences(database, self.fresh)

    def replace(self) -> None:
        """Put the filled tables in the place of those in use, in one transaction."""
        assert self.fresh is not None  # noqa: S101  # staged before
        connections.close_all()
        old, new = sql.Identifier(self.schema), sql.Identifier(self.fresh)
        try:
            with closing(_connect()) as database, database.transaction():
                database.execute("SET LOCAL lock_timeout = '30s'")
                tables = _tables(database, self.fresh)
                for table in {*tables, *_tables(database, self.schema)}:
                    database.execute(
                        sql.SQL("DROP TABLE IF EXISTS {}.{} CASCADE").format(old, sql.Identifier(table))
                    )
                for function in _functions(database, self.fresh):
                    name = sql.Identifier(function)
                    database.execute(sql.SQL("DROP FUNCTION IF EXISTS {}.{} CASCADE").format(old, name))
                    database.execute(sql.SQL("ALTER FUNCTION {}.{} SET SCHEMA {}").format(new, name, old))
                for table in tables:
                    database.execute(
                        sql.SQL("ALTER TABLE {}.{} SET SCHEMA {}").format(new, sql.Identifier(table), old)
                    )
                database.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(new))
        except psycopg.Error as error:
            raise BackupError(
                _("Không ghi được cơ sở dữ liệu (%s). Hãy dừng máy chủ rồi thử lại.") % str(error).strip()
            ) from error
        self.fresh = None

    def discard(self) -> None:
        """Drop the fresh schema if it was not used."""
        if self.fresh is None:
            return
        with closing(_connect()) as database, database.transaction():
            database.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(self.fresh)))
        self.fresh = None


def _connect() -> Database:
    parameters = {
        key: value
        for key, value in connection.get_connection_params().items()
        if key in ("dbname", "user", "password", "host", "port", "options", "sslmode", "service", "passfile")
    }
    return psycopg.connect(**parameters)


def _names(columns: Iterable[str]) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(column) for column in columns)


def _tables(database: Database, schema: str) -> dict[str, list[str]]:
    """Return the tables of ``schema`` with their columns; those that the database computes are left out."""
    tables: dict[str, list[str]] = {}
    for table, column in database.execute(
        "SELECT c.table_name, c.column_name FROM information_schema.columns c"
        " JOIN information_schema.tables t USING (table_schema, table_name)"
        " WHERE c.table_schema = %s AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER'"
        " ORDER BY c.table_name, c.ordinal_position",
        [schema],
    ):
        tables.setdefault(str(table), []).append(str(column))
    return tables


def _functions(database: Database, schema: str) -> list[str]:
    rows = database.execute(
        "SELECT proname FROM pg_proc WHERE pronamespace = %s::regnamespace ORDER BY proname", [schema]
    )
    return [str(row[0]) for row in rows]


def _set_sequences(database: Database, schema: str) -> None:
    """Let every counter go on after the highest number in its column."""
    rows = database.execute(
        "SELECT table_name, column_name, pg_get_serial_sequence(quote_ident(table_schema) || '.' || quote_ident(table_name),"
        " column_name) FROM information_schema.columns WHERE table_schema = %s AND (is_identity = 'YES'"
        " OR column_default LIKE 'nextval%%')",
        [schema],
    ).fetchall()
    for table, column, sequence in rows:
        if sequence is None:
            continue
        name, field = sql.Identifier(schema, str(table)), sql.Identifier(str(column))
        database.execute(
            sql.SQL("SELECT setval({}, coalesce(max({}), 0) + 1, false) FROM {}").format(
                sql.Literal(sequence), field, name
            )
        )


def _migrate(schema: str) -> None:
    """Run the migrations in a process of their own, for which ``schema`` is the only one.

    Some migrations of Wagtail write to the default database whatever they are told, so it has to be the default.
    """
    values = connection.settings_dict
    options = {"options": f"-c search_path={schema}"}
    for key in ("sslmode", "service", "passfile"):
        if key in values.get("OPTIONS", {}):
            options[key] = values["OPTIONS"][key]
    account = quote(str(values["USER"]), safe="")
    if values["PASSWORD"]:
        account += ":" + quote(str(values["PASSWORD"]), safe="")
    host = quote(str(values["HOST"]), safe="")
    port = f":{values['PORT']}" if values["PORT"] else ""
    query = urlencode(options, quote_via=quote)
    url = f"postgres://{account}@{host}{port}/{quote(str(values['NAME']), safe='')}?{query}"
    done = subprocess.run(  # our own command
        [sys.executable, "-m", "django", "migrate", "--verbosity=0"],
        env=os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "congdoan.config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupError(_("Không dựng được bảng mới: %s") % done.stderr.strip().splitlines()[-1])
