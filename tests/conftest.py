"""What every test shares: where the seed is, what this machine can run, and a wiped site."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import translation
from xdist.scheduler import LoadScopeScheduling

from congdoan.accounts import second_factor
from tests.prepared import Prepared, make_test_database, on_server, template_name

pytest_plugins = ["tests.browser"]

BY_FORCE = "signed_in_by_force"
PROJECT = Path(__file__).resolve().parent.parent
REQUIRED = set(filter(None, os.environ.get("REQUIRE", "").split(",")))


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def seed_dir() -> Path:
    """Folder of the seed page."""
    return Path(os.environ.get("SEED_DIR", PROJECT.parent / "shared" / "seed"))


def _why_not(kind: str) -> str | None:
    """Return why this machine cannot run tests of ``kind``; ``None`` when it can."""
    if kind == "seed":
        return None if (seed_dir() / "page.txt").exists() else f"no seed page in {seed_dir()} (set SEED_DIR)"
    if kind == "browser":
        return None if shutil.which("chromium") else "Debian's chromium is not installed"
    if kind == "postgres":
        is_postgres = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
        return None if is_postgres else "needs DATABASE_URL to name a PostgreSQL database"
    if kind == "spark":
        if importlib.util.find_spec("pyspark") is None:
            return "pyspark is not installed (pip install --require-hashes -r requirements/spark.lock)"
        return None if shutil.which("java") else "no Java"
    return None if _answers(6379) else "no Redis at 127.0.0.1:6379"


class _GroupScheduling(LoadScopeScheduling):  # type: ignore[misc]  # xdist is untyped
    """Keeps tests that share a running site in one process; every other test goes where there is room.

    The mark ``xdist_group`` would say so, but xdist 3.8 writes it into a field that pytest 9.2 no longer has.
    """

    groups = ("tests/journeys/", "tests/config/test_serve.py", "tests/ops/test_demo_report")

    def _split_scope(self, nodeid: str) -> str:
        return next((group for group in self.groups if nodeid.startswith(group)), nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> _GroupScheduling:
    """Tell xdist how to share tests out."""
    return _GroupScheduling(config, log)


def _asks_a_database(item: pytest.Item) -> bool:
    """Return whether a test could end differently on another database."""
    fixtures = {"db", "transactional_db", "live_server", "django_db_setup", "prepared"}
    marks = ("django_db", "slow", "browser", "postgres")
    return any(map(item.get_closest_marker, marks)) or not fixtures.isdisjoint(
        getattr(item, "fixturenames", ())
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip, with the reason, what this machine cannot run; REQUIRE turns such a skip into a failure.

    ``TESTS_ONLY=database`` leaves out what asks no database.
    """
    if os.environ.get("TESTS_ONLY") == "database":
        config.hook.pytest_deselected(items=[item for item in items if not _asks_a_database(item)])
        items[:] = [item for item in items if _asks_a_database(item)]
    for item in items:
        # A test that commits must find the first rows (kinds of content, the language) and leave none of its own. Django
        # does that in two ways which do not follow each other well; all take the same one.
        marker = item.get_closest_marker("django_db")
        if marker is not None and marker.kwargs.get("transaction"):
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)
    reasons = {kind: _why_not(kind) for kind in ("seed", "browser", "postgres", "redis", "spark")}
    for item in items:
        for kind, reason in reasons.items():
            if item.get_closest_marker(kind) is None or reason is None:
                continue
            if kind in REQUIRED and kind != "postgres":
                pytest.exit(f"REQUIRE={kind}: {reason}", returncode=1)
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Migrated databases to copy."""
    base = tmp_path_factory.getbasetemp()
    return Prepared((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "prepared")


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The database is there when Django comes to make it."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, prepared: Prepared
) -> Iterator[None]:
    """Copy a migrated database to where Django looks for the one of this process."""
    name = make_test_database(prepared)
    yield
    if connection.vendor == "postgresql":
        with on_server() as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def pytest_unconfigure(config: pytest.Config) -> None:
    """Drop PostgreSQL's template when all processes of the run are done."""
    if not hasattr(config, "workerinput") and connection.vendor == "postgresql":
        with on_server() as server:
            server.execute(f'DROP DATABASE IF EXISTS "{template_name()}" WITH (FORCE)')


@pytest.fixture(scope="session")
def seed() -> Path:
    """Folder of the seed page (tests that use it carry the mark ``seed``)."""
    return seed_dir()


@pytest.fixture(autouse=True)
def _audit_trail_may_be_wiped_between_tests(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a transactional test Django empties every table; SQLite does that by DELETE, which trails refuse."""
    marker = request.node.get_closest_marker("django_db")
    transactional = "transactional_db" in request.fixturenames or (
        marker and marker.kwargs.get("transaction")
    )
    if not transactional or connection.vendor != "sqlite":
        yield
        return
    request.getfixturevalue("django_db_setup")
    with request.getfixturevalue("django_db_blocker").unblock():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%~_no~_delete' ESCAPE '~'"
            )
            triggers = cursor.fetchall()
        request.getfixturevalue("transactional_db")
        yield
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA foreign_keys = OFF")  # the tables that point here are emptied right after
            for name, table, sql in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
                cursor.execute(f"DELETE FROM {table}")
                cursor.execute(sql)
            cursor.execute("PRAGMA foreign_keys = ON")


@pytest.fixture(autouse=True)
def _nobody_else_is_writing_when_tables_are_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """PostgreSQL empties tables under a lock; a served page that is still under way would deadlock with it."""
    marker = request.node.get_closest_marker("django_db")
    if connection.vendor != "postgresql" or not (marker and marker.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"
    patience = time.monotonic() + 5
    with connection.cursor() as cursor:
        while time.monotonic() < patience:
            cursor.execute(f"SELECT count(*) {others}")
            if cursor.fetchone()[0] == 0:
                return
            time.sleep(0.05)
        cursor.execute(f"SELECT pg_terminate_backend(pid) {others}")


@pytest.fixture(autouse=True)
def _language_of_the_site(settings: Any) -> Iterator[None]:
    """A request leaves its language behind; the next test must not find English where it expects Vietnamese."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def _media_of_its_own(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()  # Wagtail remembers renditions by the picture's number, and the next test counts from 1 again


@pytest.fixture(autouse=True)
def _signed_in_by_force_is_signed_in_properly(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``client.force_login`` stands for signing in with all that the work asks for, the second factor included.

    Tests of signing in itself (``tests/accounts``) take it for a password alone. Others that need a weak session delete
    ``BY_FORCE`` from it.
    """
    if "accounts" in request.node.path.parts:
        return
    by_password, looked = Client.force_login, second_factor._look

    def force_login(client: Client, user: Any, backend: str | None = None) -> None:
        by_password(client, user, backend)
        session = client.session
        session[BY_FORCE] = True
        session.save()

    def look(sent: Any) -> bool:
        return bool(sent.session.get(BY_FORCE)) or looked(sent)

    monkeypatch.setattr(Client, "force_login", force_login)
    monkeypatch.setattr(second_factor, "_look", look)
