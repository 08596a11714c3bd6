"""``congdoan check``: is this installation fit?"""

from __future__ import annotations

import sys
from dataclasses import asdict

import click

from congdoan.config.cli import console
from congdoan.config.cli.console import _


@click.command(
    cls=console.Command,
    help=_(
        "Kiểm tra thiết lập, cơ sở dữ liệu, kho tệp, thư, đồng hồ, việc nền. Có mục hỏng thì kết thúc với mã 1."
    ),
)
@console.json_option
def command(as_json: bool) -> None:
    """Print what was found."""
    console.start()
    from congdoan.ops import health  # needs the apps

    findings = health.examine()
    if as_json:
        console.print_json([asdict(finding) for finding in findings])
    else:
        words = {"ok": _("tốt"), "warning": _("lưu ý"), "failed": _("hỏng")}
        rows = [asdict(finding) | {"word": words[finding.state]} for finding in findings]
        console.print_table({"name": _("Mục"), "word": _("Kết quả"), "detail": _("Chi tiết")}, rows)
    if any(finding.state == "failed" for finding in findings):
        sys.exit(1)
