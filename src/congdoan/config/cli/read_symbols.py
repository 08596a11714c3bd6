"""``congdoan read-symbols``: the symbols of documents that a file cites."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from congdoan.config.cli import console
from congdoan.config.cli.console import _


@click.command(
    cls=console.Command,
    help=_("Tìm số, ký hiệu văn bản trong FILE (TXT, HTML, DOCX hoặc PDF)."),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--text", "as_text", is_flag=True, help=_("In phần chữ của tệp, mà các vị trí được tính theo."))
@console.json_option
def command(file: Path, as_text: bool, as_json: bool) -> None:
    """Read, find, print. Needs no settings."""
    from congdoan.filetext import FileTextError, read_text  # help must start fast
    from congdoan.vntext.symbols import find_symbols  # the same

    try:
        read = read_text(file)
    except FileTextError as error:
        console.fail(error.translated(_))
    except OSError as error:
        console.fail(_("Không đọc được tệp %(file)s: %(reason)s.") % {"file": file, "reason": error.strerror})
    for note in read.notes:
        console.warn(note.translated(_))
    if as_text:
        # As bytes: the terminal's own idea of line ends must not move an offset.
        click.echo(read.text.encode("utf-8"), nl=False)
        return
    found = [asdict(symbol) for symbol in find_symbols(read.text)]
    if as_json:
        console.print_json(found)
    elif found:
        headings = {"symbol": _("Số, ký hiệu"), "text": _("Như in trong tệp"), "start": _("Vị trí")}
        console.print_table(headings, found)
    else:
        console.say(_("Không tìm thấy số, ký hiệu văn bản nào."))
