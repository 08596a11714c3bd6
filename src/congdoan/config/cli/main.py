"""The command line ``congdoan``: exit 0 done, 1 failed, 2 wrong use."""

from __future__ import annotations

import os
from importlib import import_module

import click

COMMANDS = {
    # command: module under congdoan.config.cli that defines `command`
    "setup": "setup",
    "serve": "serve",
    "demo-users": "demo_users",
    "import-page": "import_page",
    "check": "check",
    "backup": "backup",
    "restore": "restore",
}


class LazyGroup(click.Group):
    """Import a command only when it is asked for, so that ``--help`` is fast and needs no settings."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        command: click.Command = import_module(f"congdoan.config.cli.{module}").command
        return command


@click.group(cls=LazyGroup)
@click.option(
    "--lang",
    type=click.Choice(["vi", "en"]),
    default="vi",
    help="Ngôn ngữ của thông báo / language of messages.",
)
@click.version_option(package_name="congdoan", prog_name="congdoan")
def main(lang: str) -> None:
    """Congdoan: nền tảng mở của tổ chức công đoàn / the open platform of a trade-union federation."""
    os.environ["CONGDOAN_LANG"] = lang
