"""``congdoan setup``: from nothing to an installation that can serve."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

import click

from congdoan.config.cli import console
from congdoan.config.cli.console import _


@click.command(
    cls=console.Command,
    help=_(
        "Tạo hoặc nâng cấp cơ sở dữ liệu, gom tệp tĩnh, nạp dữ liệu nền. Chạy lại bao nhiêu lần cũng được."
    ),
)
@click.option(
    "--demo", is_flag=True, help=_("Nạp thêm trang trình diễn; khoá được tạo một lần trong DATA_DIR.")
)
@click.option("--no-static", is_flag=True, help=_("Không gom tệp tĩnh (khi máy chủ khác phục vụ chúng)."))
def command(demo: bool, no_static: bool) -> None:
    """Migrate, collect, load."""
    new_mark = _mark_as_demo() if demo else None
    console.start()
    from congdoan.ops.actions import installation  # needs the apps

    try:
        installation.set_up(
            demo=demo, say=console.say, new_demo=new_mark is not None, with_static=not no_static
        )
    except installation.NotADemoError:
        if new_mark is not None:
            new_mark.unlink()
        raise


def _mark_as_demo() -> Path | None:
    """Write the keys of the demonstration, once, before the settings look for them. Returns a file made just now."""
    folder = Path(os.environ.get("DATA_DIR", "var"))
    path = folder / "demo.json"
    if path.exists():
        return None
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({"secret_key": secrets.token_urlsafe(64), "field_keys": secrets.token_urlsafe(48)}, file)
    return path
