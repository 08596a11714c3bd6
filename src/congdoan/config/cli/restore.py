"""``congdoan restore``: come back from a backup."""

from __future__ import annotations

import os
import tarfile
import zlib
from pathlib import Path

import click

from congdoan.config.cli import console
from congdoan.config.cli.console import _


@click.command(
    cls=console.Command,
    help=_(
        "Khôi phục từ tệp sao lưu FILE. Tệp được kiểm tra trọn vẹn trước; nếu có lỗi thì không gì thay đổi."
    ),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help=_("Thay cả khi nơi này đã có dữ liệu."))
def command(file: Path, force: bool) -> None:
    """Replace everything by what the archive holds."""
    new_mark = _mark_as_demo(file)
    try:
        console.start()
        from congdoan.ops.backup import restoring  # needs the apps

        described = restoring.restore(file.resolve(), force=force, warn=console.warn)
    except BaseException:
        if new_mark is not None:
            new_mark.unlink(missing_ok=True)
        raise
    console.say(
        _("Đã khôi phục %(rows)s dòng và %(members)s tệp của bản sao lưu lúc %(created)s.")
        % {
            "rows": sum(described.rows.values()),
            "members": len(described.members),
            "created": described.created,
        }
    )
    console.say(_("Hãy chạy “congdoan setup” để gom tệp tĩnh, rồi “congdoan serve”."))


def _mark_as_demo(file: Path) -> Path | None:
    """Give an installation that has no keys those of the demonstration in ``file``. Returns a file made just now."""
    mark = Path(os.environ.get("DATA_DIR", "var")) / "demo.json"
    if os.environ.get("SECRET_KEY") or mark.exists():
        return None
    keys = _demo_keys(file)
    if keys is None:
        return None
    mark.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(mark, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        target.write(keys)
    return mark


def _demo_keys(file: Path) -> bytes | None:
    try:
        with tarfile.open(file, mode="r:gz") as archive:
            for entry in archive:
                if entry.name == "demo.json" and entry.isreg():
                    source = archive.extractfile(entry)
                    return source.read() if source else None
    except (tarfile.TarError, EOFError, zlib.error, OSError):
        return None  # the restore itself says what is wrong with the file
    return None
