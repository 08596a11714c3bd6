"""``congdoan check-text``: what in a text does not fit together, for its editor to look at."""

from __future__ import annotations

from pathlib import Path

import click

from congdoan.config.cli import console
from congdoan.config.cli.console import _


@click.command(
    cls=console.Command,
    help=_(
        "Xem các số liệu trong FILE (TXT, HTML, DOCX hoặc PDF) có mâu thuẫn với nhau không: tổng và các phần, tỷ lệ không tính "
        "lại được, thời gian không khớp ngày. Mỗi điều là một câu hỏi cho người biên tập; văn bản có thể vẫn đúng."
    ),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@console.json_option
def command(file: Path, as_json: bool) -> None:
    """Read, compare, tell."""
    from congdoan.figures.hints import hints  # help must start fast
    from congdoan.filetext import FileTextError, read_text  # the same
    from congdoan.vntext.reading import read_figures  # the same
    from congdoan.vntext.reading.checking import HOLDS, check_figures  # the same

    try:
        text = read_text(file).text
    except FileTextError as error:
        console.fail(error.translated(_))
    remarks = [one for one in check_figures(text, read_figures(text, hints())) if one.code != HOLDS]
    if as_json:
        console.print_json(
            [
                {
                    "code": one.code,
                    "conflict": one.is_conflict,
                    "spans": [list(span) for span in one.spans],
                    "text": [text[start:end] for start, end in one.spans],
                    "sentence": one.translated(_),
                }
                for one in remarks
            ]
        )
    elif not remarks:
        console.say(_("Không thấy điều gì mâu thuẫn."))
    for one in [] if as_json else remarks:
        console.say(f"- {one.translated(_)}")
