"""``congdoan totals``: are the stored totals right, and building them anew."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

import click

from congdoan.config.cli import console
from congdoan.config.cli.console import _

SHOWN = 50
"""Differences that are told to the person at the keyboard; ``--json`` gives all."""

engine_option: Callable[[Callable[..., Any]], Callable[..., Any]] = click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark", "clickhouse"]),
    default="duckdb",
    show_default=True,
    help=_("Công cụ tính. spark cần SPARK_MASTER, clickhouse cần CLICKHOUSE_URL."),
)


@click.group(help=_("Kiểm tra hoặc dựng lại số tổng hợp từ các báo cáo."))
def command() -> None:
    """Let the chosen part do its work."""


@command.command(
    cls=console.Command,
    help=_(
        "Tính lại mọi số tổng hợp bằng một công cụ khác rồi so với số đang lưu; so số đã duyệt với bản gửi, và mã băm của từng "
        "bản gửi. Có chỗ khác thì liệt kê và kết thúc với mã 1."
    ),
)
@engine_option
@console.json_option
def verify(engine: str, as_json: bool) -> None:
    """Compare and report."""
    console.start()
    from congdoan.reporting.actions.verifying import verify as find_differences  # needs the apps

    differences = find_differences(engine=engine)
    if as_json:
        console.print_json([difference.as_dict() for difference in differences])
    elif not differences:
        console.say(_("Không có chỗ nào khác: số tổng hợp khớp với các báo cáo."))
    else:
        console.say(_("Có %(count)d chỗ khác.") % {"count": len(differences)})
        headings = {
            "basis": _("Cách tính"),
            "unit": _("Đơn vị"),
            "period": _("Kỳ"),
            "series": _("Dãy số"),
            "stored": _("Đang lưu"),
            "computed": _("Tính lại"),
        }
        console.print_table(headings, [difference.as_dict() for difference in differences[:SHOWN]])
        if len(differences) > SHOWN:
            console.say(_("Dùng --json để xem tất cả."))
    if differences:
        sys.exit(1)


@command.command(cls=console.Command, help=_("Dựng lại mọi số tổng hợp từ các báo cáo đã duyệt."))
@engine_option
@console.json_option
def rebuild(engine: str, as_json: bool) -> None:
    """Build and report."""
    console.start()
    from django.utils import timezone  # help must not need Django

    from congdoan.reporting.actions.rebuilding import rebuild_all  # needs the apps

    begun = time.monotonic()
    epoch = rebuild_all(timezone.localdate(), engine=engine)
    seconds = round(time.monotonic() - begun, 1)
    if as_json:
        console.print_json({"engine": engine, "epoch": epoch, "seconds": seconds})
    else:
        console.say(
            _("Đã dựng lại số tổng hợp trong %(seconds)s giây; lần cập nhật số liệu %(epoch)d.")
            % {"seconds": seconds, "epoch": epoch}
        )
