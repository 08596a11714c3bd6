"""``congdoan create-admin``: the first account of a new installation."""

from __future__ import annotations

import os

import click

from congdoan.config.cli import console
from congdoan.config.cli.console import _


@click.command(
    cls=console.Command,
    help=_("Tạo tài khoản quản trị. Mật khẩu được hỏi, hoặc lấy từ biến CONGDOAN_PASSWORD."),
)
@click.argument("username")
@click.option("--name", default="", help=_("Họ và tên, ví dụ: Nguyễn Thị Hoa."))
@click.option("--email", default="", help=_("Thư điện tử."))
def command(username: str, name: str, email: str) -> None:
    """Make an administrator."""
    console.start()
    from congdoan.ops.actions import administrators  # needs the apps

    password = os.environ.get("CONGDOAN_PASSWORD") or click.prompt(
        _("Mật khẩu"), hide_input=True, confirmation_prompt=_("Nhập lại mật khẩu")
    )
    administrators.create(username=username, password=password, name=name, email=email)
    console.say(_("Đã tạo quản trị viên “%s”.") % username)
