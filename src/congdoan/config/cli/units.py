"""``congdoan units``: lists of units in and out, in the name of the installation itself."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from congdoan.config.cli import console
from congdoan.config.cli.console import _

if TYPE_CHECKING:
    from congdoan.organisation.importing.units import Trial


@click.group(help=_("Nhập và xuất danh sách đơn vị."))
def command() -> None:
    """Let the chosen part do its work."""


def read_day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """Read a day as people write it, or as machines do."""
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(value, form).date() if value else None  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    raise click.BadParameter(_("không đọc được ngày; hãy viết như 01/07/2025 hoặc 2025-07-01."))


on_option = click.option(
    "--on", callback=read_day, metavar="DATE", help=_("Ngày áp dụng; không ghi là hôm nay.")
)


@command.command(
    "import",
    cls=console.Command,
    help=_(
        "Đọc FILE (XLSX hoặc CSV theo tệp mẫu): mã mới thành đơn vị mới, mã đã có thì sửa. Dòng sai bị từ chối."
    ),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help=_("Chỉ chạy thử, không thay đổi gì."))
@on_option
@click.option(
    "--refused",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("Ghi các dòng bị từ chối ra tệp này."),
)
@console.json_option
def import_units(file: Path, dry_run: bool, on: date | None, refused: Path | None, as_json: bool) -> None:
    """Read, try, carry out, report."""
    console.start()
    from django.utils import timezone  # help must not need Django

    from congdoan.organisation.actions.unit_imports import import_as_system  # needs the apps
    from congdoan.organisation.engine.operations import Decision  # the same
    from congdoan.organisation.queries.listing import trial, unit_columns  # the same
    from congdoan.spreadsheets import SpreadsheetError, write_refused  # help must start fast

    on = on or timezone.localdate()
    try:
        result = trial(file, on, None)
    except SpreadsheetError as error:
        console.fail(error.translated(_))
    if refused is not None and result.refused:
        with refused.open("wb") as stream:
            write_refused(stream, unit_columns(), result.refused, translate=_)
    if not dry_run:
        import_as_system(result, on=on, note=file.name[:300], decision=Decision())
    if as_json:
        console.print_json(_as_json(result, on, is_dry=dry_run))
    else:
        _say(result, is_dry=dry_run)


def _as_json(result: Trial, on: date, *, is_dry: bool) -> dict[str, Any]:
    tally = result.tally
    return {
        "on": on.isoformat(),
        "dry_run": is_dry,
        "read": tally.read,
        "created": tally.created,
        "updated": tally.updated,
        "unchanged": result.unchanged,
        "refused": tally.refused,
        "problems": [
            {"row": row.number, "reasons": [problem.translated(_) for problem in row.problems]}
            for row in result.refused
        ],
    }


def _say(result: Trial, *, is_dry: bool) -> None:
    tally = result.tally
    if is_dry:
        console.say(_("Chạy thử, chưa thay đổi gì."))
    console.say(
        _("Đã đọc %(read)d dòng: %(created)d đơn vị mới, %(updated)d đơn vị đang có, %(refused)d bị từ chối.")
        % {"read": tally.read, "created": tally.created, "updated": tally.updated, "refused": tally.refused}
    )
    for row in result.refused[:50]:
        reasons = " ".join(problem.translated(_) for problem in row.problems)
        console.say(_("  Dòng %(number)d: %(reasons)s") % {"number": row.number, "reasons": reasons})


@command.command("export", cls=console.Command, help=_("Ghi mọi đơn vị của một ngày ra tệp XLSX hoặc CSV."))
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help=_("Tệp .xlsx hoặc .csv."),
)
@on_option
@console.json_option
def export_units(output: Path, on: date | None, as_json: bool) -> None:
    """Write and report."""
    extension = output.suffix.lower().removeprefix(".")
    if extension not in ("xlsx", "csv"):
        raise click.BadParameter(_("tên tệp phải kết thúc bằng .xlsx hoặc .csv."), param_hint="-o")
    console.start()
    from django.utils import timezone  # help must not need Django

    from congdoan.organisation.exports import write_units  # needs the apps
    from congdoan.organisation.queries.listing import everything, living  # the same

    on = on or timezone.localdate()
    units = living(everything(), on)
    with output.open("wb") as stream:
        write_units(stream, units, on, extension)
    count = units.count()
    if as_json:
        console.print_json({"on": on.isoformat(), "file": str(output), "units": count})
    else:
        console.say(_("Đã ghi %(count)d đơn vị ra %(file)s.") % {"count": count, "file": output})
