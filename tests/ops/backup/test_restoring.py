"""Backup, wipe, restore: the site is the same. Anything wrong with an archive: the site is untouched."""

from __future__ import annotations

import fcntl
import gzip
import io
import json
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.ops.backup.conftest import Installation

pytestmark = pytest.mark.slow

Change = Callable[[dict[str, bytes]], dict[str, bytes]]


def members(archive: Path) -> dict[str, bytes]:
    with tarfile.open(archive) as tar:
        return {entry.name: tar.extractfile(entry).read() for entry in tar}  # type: ignore[union-attr]  # regular files


def pack(target: Path, content: dict[str, bytes]) -> Path:
    with tarfile.open(target, "w:gz") as tar:
        for name, data in content.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    return target


def manifest_with(content: dict[str, bytes], **changes: object) -> dict[str, bytes]:
    manifest = json.loads(content["manifest.json"]) | changes
    return content | {"manifest.json": json.dumps(manifest).encode()}


def with_one_byte_changed(content: dict[str, bytes]) -> dict[str, bytes]:
    name = next(name for name in content if name.startswith("media/"))
    changed = bytearray(content[name])
    changed[len(changed) // 2] ^= 1
    return content | {name: bytes(changed)}


def with_a_way_out(content: dict[str, bytes]) -> dict[str, bytes]:
    return {"media/../../outside.txt": b"x"} | content


def with_something_added(content: dict[str, bytes]) -> dict[str, bytes]:
    return {"media/documents/added.pdf": b"x"} | content


def without_a_file(content: dict[str, bytes]) -> dict[str, bytes]:
    name = next(name for name in content if name.startswith("media/"))
    return {key: value for key, value in content.items() if key != name}


def without_manifest(content: dict[str, bytes]) -> dict[str, bytes]:
    return {key: value for key, value in content.items() if key != "manifest.json"}


def of_another_version(content: dict[str, bytes]) -> dict[str, bytes]:
    migrations = [*json.loads(content["manifest.json"])["migrations"], "portal.9999_from_the_future"]
    return manifest_with(content, migrations=migrations)


def of_an_unknown_format(content: dict[str, bytes]) -> dict[str, bytes]:
    return manifest_with(content, format=99)


def of_another_database(content: dict[str, bytes]) -> dict[str, bytes]:
    return manifest_with(content, vendor="oracle")


def with_a_row_missing(content: dict[str, bytes]) -> dict[str, bytes]:
    rows = json.loads(content["manifest.json"])["rows"]
    return manifest_with(content, rows=rows | {"accounts_user": rows["accounts_user"] + 1})


def test_backup_wipe_restore_gives_the_same_site(installation: Installation, archive: Path):
    before = installation.state()
    shutil.rmtree(installation.data)

    done = installation.congdoan(
        "restore", str(archive), *(["--force"] if "DATABASE_URL" in installation.environment else [])
    )

    assert done.returncode == 0, done.stderr
    assert installation.state() == before


def test_the_restored_trail_still_refuses_to_be_changed(installation: Installation, archive: Path):
    assert installation.congdoan("restore", str(archive), "--force").returncode == 0
    script = (
        "import django; django.setup()\n"
        "from congdoan.audit.models import Entry\n"
        "assert Entry.objects.exists()\n"
        "Entry.objects.update(verb='forged')"
    )
    done = installation.python("-c", script)
    assert done.returncode != 0
    assert "append-only" in done.stderr


def test_new_rows_go_on_after_the_restored_ones(installation: Installation, archive: Path):
    assert installation.congdoan("restore", str(archive), "--force").returncode == 0
    before = installation.state()
    script = (
        "import django; django.setup()\n"
        "from django.utils import timezone\n"
        "from django.contrib.auth.models import Group\n"
        "from congdoan.ops.models import ScheduledJob\n"
        "ScheduledJob.objects.create(name='x', next_run=timezone.now()).delete()\n"
        "Group.objects.create(name='x').delete()"
    )
    done = installation.python("-c", script)
    assert done.returncode == 0, done.stderr
    assert installation.state() == before


def test_a_restore_takes_back_what_came_after_the_backup(installation: Installation, archive: Path):
    before = installation.state()
    (installation.data / "media" / "images").mkdir(exist_ok=True)
    (installation.data / "media" / "images" / "later.jpg").write_bytes(b"later")
    script = "import django; django.setup()\nfrom congdoan.accounts.models import User\nUser.objects.create(username='sau')"
    assert installation.python("-c", script).returncode == 0
    assert installation.state() != before

    assert installation.congdoan("restore", str(archive), "--force").returncode == 0

    assert installation.state() == before


def test_a_place_with_data_is_not_overwritten_unasked(installation: Installation, archive: Path):
    before = installation.state()
    done = installation.congdoan("restore", str(archive))
    assert done.returncode == 1
    assert "--force" in done.stderr
    assert installation.state() == before


@pytest.mark.parametrize(
    "change",
    [
        with_one_byte_changed,
        with_a_way_out,
        with_something_added,
        without_a_file,
        without_manifest,
        of_another_version,
        of_an_unknown_format,
        of_another_database,
        with_a_row_missing,
    ],
)
def test_a_doubtful_archive_changes_nothing(
    installation: Installation, archive: Path, tmp_path: Path, change: Change
):
    before = installation.state()
    doubtful = pack(tmp_path / "doubtful.tar.gz", change(members(archive)))

    done = installation.congdoan("restore", str(doubtful), "--force")

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert not (installation.data.parent / "outside.txt").exists()
    assert installation.state() == before
    assert not list(installation.data.glob(".restore-*"))


@pytest.mark.parametrize("kept", [0.2, 0.7, 0.999])
def test_an_archive_cut_short_changes_nothing(
    installation: Installation, archive: Path, tmp_path: Path, kept: float
):
    before = installation.state()
    whole = archive.read_bytes()
    short = tmp_path / "short.tar.gz"
    short.write_bytes(whole[: int(len(whole) * kept)])
    done = installation.congdoan("restore", str(short), "--force")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert installation.state() == before


@pytest.mark.parametrize("content", [b"", b"not an archive", gzip.compress(b"not a tar", mtime=0)])
def test_a_file_that_is_no_archive_is_refused(installation: Installation, tmp_path: Path, content: bytes):
    path = tmp_path / "x.tar.gz"
    path.write_bytes(content)
    done = installation.congdoan("restore", str(path), "--force")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_a_link_in_the_archive_is_refused(installation: Installation, archive: Path, tmp_path: Path):
    before = installation.state()
    path = pack(tmp_path / "x.tar.gz", {})
    with tarfile.open(path, "w:gz") as tar:
        link = tarfile.TarInfo("media/link")
        link.type = tarfile.SYMTYPE
        link.linkname = "/etc/passwd"
        tar.addfile(link)
    assert installation.congdoan("restore", str(path), "--force").returncode == 1
    assert installation.state() == before


FULL_DISK = """
import django; django.setup()
import errno, pathlib, sys
from congdoan.ops.backup import databases, restoring
from congdoan.ops.backup.errors import BackupError

def full(*arguments):
    raise OSError(errno.ENOSPC, "No space left on device")

where = sys.argv[2]
if where == "extract":
    real, pathlib.Path.open = pathlib.Path.open, lambda self, mode="r", *rest, **named: (
        full() if "x" in mode else real(self, mode, *rest, **named)
    )
else:
    kind = type(databases.current())
    setattr(kind, where, full)
try:
    restoring.restore(pathlib.Path(sys.argv[1]), force=True, warn=print)
except BackupError as error:
    print(error.user_message)
    sys.exit(7)
"""


@pytest.mark.parametrize("where", ["extract", "stage", "replace"])
def test_a_full_disk_changes_nothing(installation: Installation, archive: Path, where: str):
    before = installation.state()
    done = installation.python("-c", FULL_DISK, str(archive), where)
    assert done.returncode == 7, done.stderr
    assert "No space left" in done.stdout
    assert installation.state() == before
    assert not list(installation.data.glob(".restore-*"))


def test_while_a_server_works_a_restore_waits_for_its_end(installation: Installation, archive: Path):
    hidden = installation.data.rename(installation.data.with_name("hidden"))
    try:
        installation.data.mkdir()
        with (installation.data / "serve.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
            done = installation.congdoan("restore", str(archive))
        assert done.returncode == 1
    finally:
        shutil.rmtree(installation.data)
        hidden.rename(installation.data)


def test_other_keys_are_named(installation: Installation, archive: Path):
    other = Installation(installation.data, installation.environment | {"SECRET_KEY": "another-" + "z" * 50})
    done = other.congdoan("restore", str(archive), "--force")
    assert done.returncode == 0, done.stderr
    assert "SECRET_KEY" in done.stderr


def test_an_archive_holds_no_key(installation: Installation, archive: Path):
    secret = installation.environment["SECRET_KEY"].encode()
    assert secret not in gzip.decompress(archive.read_bytes())
    assert archive.stat().st_mode & 0o077 == 0


def test_a_backup_that_cannot_be_written_leaves_nothing_behind(installation: Installation, tmp_path: Path):
    (tmp_path / "taken").write_bytes(b"x")
    done = installation.congdoan("backup", str(tmp_path / "taken" / "site.tar.gz"))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["taken"]


def test_a_key_behind_a_new_one_is_still_there(settings):
    from congdoan.ops.backup import manifest, restoring

    settings.FIELD_KEYS = ["a" * 40]
    described = SimpleNamespace(keys=manifest.key_fingerprints())
    settings.FIELD_KEYS = ["b" * 40, "a" * 40]
    assert restoring._other_keys(described) == []
    settings.FIELD_KEYS = ["b" * 40]
    assert restoring._other_keys(described) == ["FIELD_KEYS.0"]
