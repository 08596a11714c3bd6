"""``congdoan figures``: are the published figures what they were."""

from __future__ import annotations

import sys
from typing import Any

import click

from congdoan.config.cli import console
from congdoan.config.cli.console import _

SHOWN = 50
"""Faults that are told to the person at the keyboard; ``--json`` gives all."""


@click.group(help=_("Kiểm tra số liệu đã công bố."))
def command() -> None:
    """Let the chosen part do its work."""


@command.command(
    cls=console.Command,
    help=_(
        "Tính lại mọi số liệu đã công bố đúng như lúc công bố, và đối chiếu mã băm. Số nào ra khác thì liệt kê và kết thúc với mã 1."
    ),
)
@console.json_option
def verify(as_json: bool) -> None:
    """Replay and report."""
    console.start()
    from congdoan.figures.actions.freezing import digest_of  # needs the apps
    from congdoan.figures.models import PublishedFigure
    from congdoan.figures.queries.replaying import kept_values, replay

    figures = PublishedFigure.objects.select_related("indicator__rate", "unit", "version").order_by("pk")
    count, faults = 0, []
    for outcome in replay(figures.iterator(chunk_size=2000), digest_of):
        count += 1
        if outcome.fault is None:
            continue
        figure = outcome.figure
        row: dict[str, Any] = {
            "id": figure.pk,
            "indicator": figure.indicator.code,
            "unit": figure.unit.code,
            "fault": outcome.fault.value,
            "published": kept_values(figure),
            "again": outcome.again,
        }
        faults.append(row)
    if as_json:
        console.print_json({"figures": count, "faults": faults})
    elif not faults:
        console.say(_("%(count)d số liệu đã công bố đều tính lại ra đúng như cũ.") % {"count": count})
    else:
        console.say(
            _("%(faults)d trong %(count)d số liệu không còn đúng như lúc công bố.")
            % {"faults": len(faults), "count": count}
        )
        words = {"digest": _("dòng dữ liệu đã bị sửa"), "replay": _("tính lại ra khác")}
        headings = {
            "id": _("Số"),
            "indicator": _("Chỉ tiêu"),
            "unit": _("Đơn vị"),
            "fault": _("Lỗi"),
            "published": _("Đã công bố"),
            "again": _("Tính lại"),
        }
        shown = [
            {
                **row,
                "fault": words[row["fault"]],
                "published": row["published"]["value"],
                "again": row["again"].get("value"),
            }
            for row in faults[:SHOWN]
        ]
        console.print_table(headings, shown)
        if len(faults) > SHOWN:
            console.say(_("Dùng --json để xem tất cả."))
    if faults:
        sys.exit(1)
