"""``congdoan figure``: one figure, with all that belongs to it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import click

from congdoan.config.cli import console
from congdoan.config.cli.console import _
from congdoan.config.cli.units import read_day


@click.command(
    cls=console.Command,
    help=_(
        "Tính một số liệu: chỉ tiêu INDICATOR của một đơn vị trong một khoảng ngày, tính cả ngày đầu và ngày cuối."
    ),
)
@click.argument("indicator")
@click.option("--unit", "unit", required=True, metavar="CODE", help=_("Mã đơn vị."))
@click.option("--from", "start", required=True, callback=read_day, metavar="DATE", help=_("Ngày đầu."))
@click.option("--to", "end", required=True, callback=read_day, metavar="DATE", help=_("Ngày cuối."))
@click.option(
    "--basis",
    type=click.Choice(["as-was", "as-is"]),
    default="as-was",
    show_default=True,
    help=_("as-was: theo tổ chức của từng kỳ; as-is: theo tổ chức hiện nay."),
)
@click.option(
    "--cell", "cells", multiple=True, metavar="KEY=VALUE", help=_("Ô của phân tổ, ví dụ sex=female.")
)
@console.json_option
def command(
    indicator: str, unit: str, start: date, end: date, basis: str, cells: tuple[str, ...], as_json: bool
) -> None:
    """Compute and print."""
    if start > end:
        raise click.BadParameter(_("ngày cuối phải từ ngày đầu trở đi."), param_hint="--to")
    console.start()
    from congdoan.reporting.queries.asking import one_figure  # needs the apps

    cell = "&".join(sorted(part.strip() for text in cells for part in text.split("&") if part.strip()))
    found = one_figure(indicator, unit, start, end, basis=basis, cell=cell)
    value = float(found.value) if isinstance(found.value, Decimal) else found.value
    if as_json:
        console.print_json(
            {
                "indicator": indicator,
                "unit": found.unit.code,
                "from": start.isoformat(),
                "to": end.isoformat(),
                "basis": basis,
                "cell": cell,
                "value": value,
                "numerator": found.numerator,
                "denominator": found.denominator,
                "reported": found.reported,
                "expected": found.expected,
                "vintage": found.vintage,
                "epoch": found.epoch,
            }
        )
        return
    from congdoan.vntext.numbers import format_decimal, format_int  # the same

    if found.value is None:
        console.say(_("Chưa có số liệu."))
    elif isinstance(found.value, Decimal):
        console.say(format_decimal(found.value, -int(found.value.as_tuple().exponent)))
    else:
        console.say(format_int(found.value))
    console.say(
        _("%(reported)d trong %(expected)d báo cáo; lần cập nhật số liệu %(epoch)d.")
        % {"reported": found.reported, "expected": found.expected, "epoch": found.epoch}
    )
