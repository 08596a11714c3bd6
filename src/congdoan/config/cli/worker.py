"""``congdoan worker``: the background worker alone; ``serve`` starts it."""

from __future__ import annotations

import sys

import click

from congdoan.config.cli import console
from congdoan.config.cli.console import _


@click.command(
    cls=console.Command,
    hidden=True,
    help=_("Chạy riêng tiến trình nền: hàng đợi, lịch, chỉ mục tìm kiếm. Lệnh “serve” tự chạy nó."),
)
@click.option("--supervisor", type=int, default=None, help=_("Dừng khi tiến trình cha này không còn."))
def command(supervisor: int | None) -> None:
    """Work until told to stop."""
    console.start(quiet=False)
    from congdoan.ops import worker  # needs the apps
    from congdoan.ops.supervisor import NOT_SET_UP  # help must be fast

    if not worker.is_set_up():
        console.warn(_("Cơ sở dữ liệu chưa sẵn sàng. Hãy chạy “congdoan setup” trước."))
        sys.exit(NOT_SET_UP)
    worker.run(supervisor=supervisor)
