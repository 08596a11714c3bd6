"""From nothing to an installation that can serve; running it again repairs what is missing and repeats nothing."""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from congdoan.documents.actions import load_kinds
from congdoan.members.actions.catalogue import load_consent_texts
from congdoan.members.actions.retention import load_rules as load_retention_rules
from congdoan.ops.actions import site
from congdoan.ops.errors import OpsError
from congdoan.organisation.actions.catalogue import load_catalogue
from congdoan.reporting.actions.catalogue import load_calendars
from congdoan.search import actions as search

Say = Callable[[str], None]


class NotADemoError(OpsError):
    """Demonstration data were asked for in an installation that people work in."""

    @property
    def user_message(self) -> str:
        return _(
            "Nơi này đã có dữ liệu thật nên không nạp bản trình diễn. Hãy chọn DATA_DIR hoặc DATABASE_URL khác."
        )


def set_up(*, demo: bool, say: Say, new_demo: bool = False, with_static: bool = True) -> None:
    """Migrate, collect static files, load base rows and, with ``demo``, the demonstration.

    ``new_demo`` says that the mark of the demonstration was made just now: raises ``NotADemoError`` when the database
    already holds a site.
    """
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time():
        if migrate():
            say(_("Cơ sở dữ liệu đã ở bản mới nhất."))
        if new_demo and (get_user_model().objects.exists() or site.model("portal.HomePage").objects.exists()):
            raise NotADemoError
        if with_static and collect_static():
            say(_("Đã gom tệp tĩnh."))
        _load_rows(say)
        if demo:
            from congdoan.ops.demo import loading  # drawing and typesetting are only for the demo

            if loading.load():
                loading.open_the_front_page()
                say(_("Đã nạp dữ liệu trình diễn."))
        search.drain()
    if not demo and not get_user_model().objects.filter(is_superuser=True).exists():
        say(_("Chưa có quản trị viên. Hãy tạo bằng lệnh: congdoan create-admin"))
    say(_("Sẵn sàng. Chạy “congdoan serve”, rồi mở %s") % settings.BASE_URL)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Let a second set-up of the same folder wait for the first."""
    with (settings.DATA_DIR / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def pending_migrations() -> list[str]:
    """Return the migrations that wait to be applied, as "app.0001_initial"."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def migrate() -> bool:
    """Apply what waits. Returns whether there was anything."""
    if not pending_migrations():
        return False
    call_command("migrate", verbosity=0, interactive=False)
    return True


def static_digest() -> str:
    """Return a digest of all static files as they lie in the packages: name, size, time of change."""
    digest = hashlib.sha256(version("congdoan").encode())
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: str(found[0])):
            stat = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def static_is_current() -> bool:
    """Say whether the collected files are those of the installed packages."""
    mark = settings.STATIC_ROOT / ".digest"
    return mark.exists() and mark.read_text(encoding="ascii") == static_digest()


def collect_static() -> bool:
    """Collect and compress static files where they changed. Returns whether they had."""
    if static_is_current():
        return False
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    (settings.STATIC_ROOT / ".digest").write_text(static_digest(), encoding="ascii")
    return True


def _load_rows(say: Say) -> None:
    load_kinds()
    load_catalogue()
    load_calendars()
    load_consent_texts()
    load_retention_rules()
    if site.load_base():
        say(_("Đã tạo cây trang, trình đơn, nhóm biên tập và quy trình duyệt bài."))
    site.point_site_at_address()
