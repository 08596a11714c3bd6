"""``congdoan read-figures``: the figures of a file, each with its place in the text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from congdoan.config.cli import console
from congdoan.config.cli.console import _
from congdoan.config.cli.units import read_day


@click.command(
    cls=console.Command,
    help=_(
        "Tìm các số liệu trong FILE (TXT, HTML, DOCX hoặc PDF): giá trị, đơn vị tính, kỳ và chỉ tiêu có thể có. "
        "Vị trí đếm theo ký tự Unicode của văn bản mà --text in ra."
    ),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--text", "only_text", is_flag=True, help=_("Chỉ in văn bản lấy từ tệp, không tìm số liệu."))
@click.option(
    "--date",
    "today",
    callback=read_day,
    metavar="DATE",
    help=_("Ngày của báo cáo, cho “đến nay”; không ghi thì lấy ngày muộn nhất trong văn bản."),
)
@console.json_option
def command(file: Path, only_text: bool, today: date | None, as_json: bool) -> None:
    """Read and print."""
    from congdoan.figures.hints import hints  # help must start fast
    from congdoan.filetext import FileTextError, read_text  # the same
    from congdoan.vntext.reading import read_figures  # the same

    try:
        text = read_text(file).text
    except FileTextError as error:
        console.fail(error.translated(_))
    if only_text:
        # As bytes: a terminal's newline and encoding rules would move the offsets.
        click.echo(text.encode("utf-8", "replace"), nl=False)
        return
    found = read_figures(text, hints(), today=today)
    if as_json:
        console.print_json([figure.to_json() for figure in found])
        return
    if not found:
        console.say(_("Không tìm thấy số liệu nào."))
        return
    headings = {
        "text": _("Số liệu"),
        "start": _("Vị trí"),
        "value": _("Giá trị"),
        "unit": _("Đơn vị tính"),
        "indicator": _("Chỉ tiêu"),
    }
    rows = [figure.to_json() for figure in found]
    console.print_table(headings, [{**row, "text": " ".join(row["text"].split())} for row in rows])
