"""``congdoan backup``: everything needed to come back, in one file."""

from __future__ import annotations

from pathlib import Path

import click

from congdoan.config.cli import console
from congdoan.config.cli.console import _


@click.command(
    cls=console.Command,
    help=_(
        "Sao lưu cơ sở dữ liệu, tệp và các thiết lập không bí mật vào FILE. Máy chủ vẫn chạy bình thường."
    ),
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@console.json_option
def command(file: Path, as_json: bool) -> None:
    """Write an archive."""
    console.start()
    from congdoan.ops.backup import writing  # needs the apps

    described = writing.write(file.resolve())
    size = file.stat().st_size
    if as_json:
        console.print_json(
            {
                "file": str(file),
                "size": size,
                "created": described.created,
                "version": described.version,
                "members": len(described.members),
                "rows": sum(described.rows.values()),
                "keys": described.keys,
            }
        )
        return
    console.say(
        _("Đã sao lưu %(rows)s dòng và %(members)s tệp vào %(file)s (%(size)s kB).")
        % {
            "rows": sum(described.rows.values()),
            "members": len(described.members),
            "file": file,
            "size": size // 1024,
        }
    )
    if not described.is_demo:
        console.say(
            _("Bản sao lưu không chứa khoá bí mật. Hãy giữ riêng: %s.") % ", ".join(sorted(described.keys))
        )
