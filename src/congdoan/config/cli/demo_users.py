"""``congdoan demo-users``: who can sign in to the demonstration."""

from __future__ import annotations

import click

from congdoan.config.cli import console
from congdoan.config.cli.console import _


@click.command(
    cls=console.Command,
    help=_("Liệt kê tài khoản và mật khẩu của bản trình diễn. Ngoài bản trình diễn thì từ chối."),
)
@console.json_option
def command(as_json: bool) -> None:
    """Print the people of the demonstration."""
    console.start()
    from congdoan.ops.demo import users  # needs the apps

    rows = users.credentials()
    if as_json:
        console.print_json(rows)
    else:
        console.print_table(
            {"role": _("Vai trò"), "username": _("Tài khoản"), "password": _("Mật khẩu")}, rows
        )
