"""The command line ``congdoan``: exit 0 done, 1 failed, 2 wrong use."""

from __future__ import annotations

from importlib import import_module

import click

from congdoan.config.cli import console

COMMANDS = {
    # command: module under congdoan.config.cli that defines `command`
    "setup": "setup",
    "serve": "serve",
    "create-admin": "create_admin",
    "demo-users": "demo_users",
    "import-page": "import_page",
    "read-symbols": "read_symbols",
    "units": "units",
    "read-figures": "read_figures",
    "check-text": "check_text",
    "figure": "figure",
    "figures": "figures",
    "print-report": "print_report",
    "totals": "totals",
    "check": "check",
    "backup": "backup",
    "restore": "restore",
    "rotate-keys": "rotate_keys",
    "worker": "worker",
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


def _use_language(ctx: click.Context, param: click.Parameter, value: str) -> None:
    console.use_language(value)


@click.group(
    cls=LazyGroup,
    help="Congdoan: nền tảng mở của tổ chức công đoàn / the open platform of a trade-union federation.",
)
@click.option(
    "--lang",
    type=click.Choice(console.LANGUAGES),
    default="vi",
    envvar="CONGDOAN_LANG",
    # Before --help, so that the help is already in that language.
    is_eager=True,
    expose_value=False,
    callback=_use_language,
    help="Ngôn ngữ của thông báo / language of messages.",
)
@click.version_option(package_name="congdoan", prog_name="congdoan")
def main() -> None:
    """Let the chosen command do its work."""
