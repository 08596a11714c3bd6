"""Writing an archive, while the site goes on."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import tarfile
import tempfile
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from congdoan.ops.backup import databases, manifest
from congdoan.ops.backup.errors import BackupError
from congdoan.ops.backup.manifest import Manifest, Member

DEMO = "demo.json"


def write(path: Path) -> Manifest:
    """Write everything needed to come back into ``path``; it appears there only when it is complete.

    The database comes first, so that every file it names is still there when the files follow. Raises
    ``BackupError`` when the archive cannot be written.
    """
    partial = path.with_name(f".{path.name}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="congdoan-backup-", dir=path.parent) as folder:
            described = _write(partial, Path(folder))
        os.replace(partial, path)  # noqa: PTH105  # the same call, and atomic
    except OSError as error:
        raise BackupError(
            _("Không ghi được “%(path)s”: %(error)s. Hãy xem lại dung lượng đĩa và quyền ghi.")
            % {"path": path, "error": error.strerror or error}
        ) from error
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
    return described


def _write(partial: Path, folder: Path) -> Manifest:
    described = Manifest(
        version=version("congdoan"),
        created=timezone.now().isoformat(timespec="seconds"),
        vendor=connection.vendor,
        is_demo=settings.IS_DEMO,
        migrations=manifest.applied_migrations(),
        rows=databases.current().dump(folder),
        settings=manifest.open_settings(),
        keys=manifest.key_fingerprints(),
    )
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with (
        os.fdopen(descriptor, "wb") as file,
        tarfile.open(fileobj=file, mode="w:gz", compresslevel=4) as archive,
    ):
        for source in sorted(folder.rglob("*")):
            if source.is_file():
                _add(archive, described, source, str(source.relative_to(folder)))
        # The keys of a demonstration open nothing but invented data, and without them nobody could sign in again.
        if settings.IS_DEMO:
            _add(archive, described, settings.DEMO_FILE, DEMO)
        media = Path(settings.MEDIA_ROOT)
        for source in sorted(media.rglob("*")) if media.exists() else []:
            if source.is_file() and not source.is_symlink():
                _add(archive, described, source, f"media/{source.relative_to(media).as_posix()}")
        content = described.to_json()
        entry = tarfile.TarInfo(manifest.NAME)
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
    return described


class _Hashing(io.RawIOBase):
    """Reads a file and hashes what was read."""

    def __init__(self, file: io.BufferedReader) -> None:
        super().__init__()
        self.file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        content = self.file.read(size)
        self.digest.update(content)
        return content


def _add(archive: tarfile.TarFile, described: Manifest, source: Path, name: str) -> None:
    try:
        file = source.open("rb")
    except FileNotFoundError:
        return  # deleted since it was listed
    with file:
        entry = tarfile.TarInfo(name)
        entry.size = os.fstat(file.fileno()).st_size
        entry.mtime = int(os.fstat(file.fileno()).st_mtime)
        entry.mode = 0o640
        reader = _Hashing(file)
        archive.addfile(entry, reader)
        described.members[name] = Member(size=entry.size, sha256=reader.digest.hexdigest())
