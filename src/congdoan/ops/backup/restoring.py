"""Coming back from an archive: verify everything beside what is in use, then replace, or change nothing."""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from congdoan.members.actions import erasing
from congdoan.ops.backup import databases, manifest
from congdoan.ops.backup.errors import ArchiveError, BackupError
from congdoan.ops.backup.manifest import Manifest
from congdoan.ops.backup.writing import DEMO
from congdoan.search import actions as search
from congdoan.search.engine.errors import SearchError

Say = Callable[[str], None]
CHUNK = 1 << 20
SERVE_LOCK = "serve.lock"


def restore(path: Path, *, force: bool, warn: Say) -> Manifest:
    """Put the content of ``path`` in the place of this installation's database and files.

    Raises ``BackupError`` when the archive is damaged, belongs to another version, does not fit on the disk, or when
    there is something here already (or a server at work) and ``force`` is not set. Then nothing has changed.
    """
    data = Path(settings.DATA_DIR)
    data.mkdir(parents=True, exist_ok=True)
    if not force:
        _require_empty()
        _require_no_server(data)
    database = databases.current()
    with _staging(data) as folder:
        try:
            described = extract(path, folder)
            _require_same_version(described)
            for name in _other_keys(described):
                warn(
                    _(
                        "Khoá %s khác với lúc sao lưu: phiên đăng nhập và dữ liệu mã hoá cũ có thể không đọc được."
                    )
                    % name
                )
            database.stage(folder, described)
            _keep_tombstones()
            with _media_replaced(folder):
                database.replace()
        except OSError as error:
            raise BackupError(
                _("Khôi phục dừng lại: %s. Hãy xem lại dung lượng đĩa; dữ liệu hiện có không thay đổi.")
                % (error.strerror or error)
            ) from error
        finally:
            database.discard()
    # The archive may be older than an erasure.
    erasing.reapply_tombstones()
    try:
        search.rebuild()
    except SearchError as error:
        warn(_("Chưa dựng lại được chỉ mục tìm kiếm; tiến trình nền sẽ làm sau (%s).") % error)
    return described


def extract(path: Path, folder: Path) -> Manifest:
    """Lay the members of the archive into ``folder`` and compare each with the manifest. Raises ``ArchiveError``."""
    found: dict[str, manifest.Member] = {}
    described: Manifest | None = None
    try:
        with gzip.open(path) as unpacked, tarfile.open(fileobj=unpacked, mode="r:") as archive:
            for entry in archive:
                if described is not None:
                    raise ArchiveError.changed(entry.name)  # nothing follows the manifest
                source = archive.extractfile(entry) if entry.isreg() and _is_safe(entry.name) else None
                if source is None:
                    raise ArchiveError.changed(entry.name)
                if entry.name == manifest.NAME:
                    described = Manifest.from_json(source.read())
                    continue
                target = folder / entry.name
                target.parent.mkdir(parents=True, exist_ok=True)
                digest = hashlib.sha256()
                with target.open("xb") as file:
                    while content := source.read(CHUNK):
                        digest.update(content)
                        file.write(content)
                found[entry.name] = manifest.Member(size=target.stat().st_size, sha256=digest.hexdigest())
            # To the very end, where gzip keeps its checksum.
            while unpacked.read(CHUNK):
                pass
    except FileExistsError as error:
        raise ArchiveError.changed(str(error.filename)) from error
    except (EOFError, zlib.error) as error:
        raise ArchiveError.incomplete() from error
    except tarfile.ReadError as error:
        raise (ArchiveError.incomplete() if found else ArchiveError.foreign()) from error
    except OSError as error:
        if error.errno is None:  # gzip reports damage as a bare OSError
            raise (ArchiveError.incomplete() if found else ArchiveError.foreign()) from error
        raise
    if described is None:
        raise ArchiveError.incomplete()
    for name in sorted(set(found) | set(described.members)):
        if found.get(name) != described.members.get(name):
            raise ArchiveError.changed(name)
    return described


def _is_safe(name: str) -> bool:
    parts = PurePosixPath(name).parts
    known = name in (manifest.NAME, DEMO, "database.sqlite3") or (
        len(parts) > 1 and parts[0] in ("media", "tables")
    )
    return known and ".." not in parts and not name.startswith("/")


def _keep_tombstones() -> None:
    """Note who was erased before the database that knows it goes. An empty installation has no such table yet."""
    try:
        erasing.keep_tombstones()
    except DatabaseError:
        return


@contextmanager
def _staging(data: Path) -> Iterator[Path]:
    """Offer a folder on the same disk as what will be replaced."""
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=data) as folder:
        yield Path(folder)


@contextmanager
def _media_replaced(folder: Path) -> Iterator[None]:
    """Swap the files; swap them back if what happens inside fails."""
    media = Path(settings.MEDIA_ROOT)
    staged, kept = folder / "media", folder / "media-before"
    staged.mkdir(exist_ok=True)
    had_media = media.exists()
    if had_media:
        media.rename(kept)
    try:
        media.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(staged, media)
        yield
    except BaseException:
        if media.exists():
            shutil.rmtree(media)
        if had_media:
            kept.rename(media)
        raise


def _require_empty() -> None:
    media = Path(settings.MEDIA_ROOT)
    has_files = media.exists() and any(path.is_file() for path in media.rglob("*"))
    try:
        has_rows = get_user_model().objects.exists()
    except DatabaseError:
        has_rows = False  # no tables yet
    if has_files or has_rows:
        raise BackupError(
            _("Nơi này đã có dữ liệu. Thêm --force nếu bạn muốn thay toàn bộ bằng bản sao lưu.")
        )


def _require_no_server(data: Path) -> None:
    try:
        with (data / SERVE_LOCK).open("r") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return
    except BlockingIOError:
        raise BackupError(_("Máy chủ đang chạy trên dữ liệu này. Hãy dừng nó rồi khôi phục.")) from None


def _require_same_version(described: Manifest) -> None:
    if described.format != manifest.FORMAT:
        raise BackupError(
            _("Tệp sao lưu theo khuôn dạng %s mà bản này chưa biết. Hãy nâng cấp Congdoan.")
            % described.format
        )
    if described.vendor != connection.vendor:
        raise BackupError(
            _("Bản sao lưu là của %(theirs)s, còn nơi này dùng %(ours)s. Hãy đổi DATABASE_URL cho khớp.")
            % {"theirs": described.vendor, "ours": connection.vendor}
        )
    known = {
        f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    }
    if set(described.migrations) != known:
        raise BackupError(
            _(
                "Bản sao lưu được tạo bằng Congdoan %s với cơ sở dữ liệu khác bản này. Hãy cài đúng bản đó, khôi phục, rồi nâng cấp."
            )
            % described.version
        )


def _other_keys(described: Manifest) -> list[str]:
    # A key keeps its worth wherever it stands in its own list: FIELD_KEYS gets new ones in front.
    here = {
        (name.partition(".")[0], fingerprint) for name, fingerprint in manifest.key_fingerprints().items()
    }
    return [
        name
        for name, fingerprint in described.keys.items()
        if (name.partition(".")[0], fingerprint) not in here
    ]
