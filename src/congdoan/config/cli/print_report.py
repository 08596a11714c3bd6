"""``congdoan print-report``: a report page as DOCX, PDF or HTML, of its own unit and period or of another."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from congdoan.config.cli import console
from congdoan.config.cli.console import _
from congdoan.config.cli.units import read_day

ENDINGS = (".docx", ".pdf", ".html")


@click.command(
    cls=console.Command,
    help=_(
        "In trang báo cáo PAGE (số, tên trong địa chỉ, hoặc đường dẫn) thành tệp. Không ghi đơn vị và ngày thì in đúng bài đã công "
        "bố; ghi đơn vị hoặc ngày khác thì số liệu được tính lại, số nào chưa có được kể ra."
    ),
)
@click.argument("page")
@click.option("--unit", "unit", metavar="CODE", help=_("Mã đơn vị; không ghi: đơn vị của bài."))
@click.option("--from", "start", callback=read_day, metavar="DATE", help=_("Ngày đầu; không ghi: của bài."))
@click.option("--to", "end", callback=read_day, metavar="DATE", help=_("Ngày cuối; không ghi: của bài."))
@click.option(
    "-o",
    "--output",
    "output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("Tệp được viết: .docx, .pdf hoặc .html."),
)
def command(page: str, unit: str | None, start: date | None, end: date | None, output: Path) -> None:
    """Find, print, tell what is missing."""
    ending = output.suffix.lower()
    if ending not in ENDINGS:
        raise click.BadParameter(_("tên tệp phải kết thúc bằng .docx, .pdf hoặc .html."), param_hint="-o")
    if start and end and start > end:
        raise click.BadParameter(_("ngày cuối phải từ ngày đầu trở đi."), param_hint="--to")
    console.start()
    from congdoan.figures.exports import files  # needs the apps
    from congdoan.figures.queries.printing import printable, rescoped  # the same

    found = _find(page)
    about = rescoped(found, _unit(unit), _window(found, start, end))
    whole = printable(about, live=not found.live)
    content = files.write(whole, ending.removeprefix("."))
    try:
        output.write_bytes(content)
    except OSError as error:
        console.fail(_("Không ghi được tệp %(path)s: %(why)s.") % {"path": output, "why": error.strerror})
    console.say(_("Đã in “%(title)s” vào %(path)s.") % {"title": found.title, "path": output})
    for entry in whole.without_data:
        console.warn(
            _("Chưa có số liệu: %(name)s (%(code)s), %(window)s.")
            % {"name": entry.name, "code": entry.asked.indicator, "window": entry.asked.window}
        )


def _find(text: str) -> Any:
    """Return the report page with that number, slug or path, as readers see it, or the newest draft of one that they do not see."""
    from wagtail.models import Page  # needs the apps

    name = text.strip()
    slug = name.rstrip("/").rsplit("/", 1)[-1]
    candidates = list(
        Page.objects.filter(pk=int(name)) if name.isdecimal() else Page.objects.filter(slug=slug)
    )
    if "/" in name.strip("/"):
        path = (
            "/" + name.split("://", 1)[-1].split("/", 1)[-1].strip("/") + "/"
            if "://" in name
            else f"/{name.strip('/')}/"
        )
        candidates = [
            one for one in candidates if (one.get_url() or "").rstrip("/").endswith(path.rstrip("/"))
        ]
    reports = []
    for candidate in candidates:
        specific: Any = candidate.specific
        whole = specific if specific.live else specific.get_latest_revision_as_object()
        if getattr(whole, "is_report", False):
            reports.append(whole)
    if not reports:
        console.fail(
            _("Không có trang báo cáo “%s”. Hãy ghi số của trang, phần cuối hoặc cả đường dẫn của địa chỉ.")
            % text
        )
    if len(reports) > 1:
        numbers = ", ".join(str(one.pk) for one in reports)
        console.fail(
            _("Có nhiều trang báo cáo tên “%(name)s”. Hãy ghi một trong các số: %(numbers)s.")
            % {"name": text, "numbers": numbers}
        )
    return reports[0]


def _unit(code: str | None) -> Any:
    if code is None:
        return None
    from congdoan.organisation.models import Unit  # needs the apps
    from congdoan.organisation.queries import units  # the same

    found = Unit.objects.filter(units.coded(code)).first()
    if found is None:
        console.fail(_("Không có đơn vị mang mã %s. Hãy kiểm tra lại mã.") % code)
    return found


def _window(page: Any, start: date | None, end: date | None) -> Any:
    from congdoan.figures.engine.windows import Window  # needs the apps

    first, last = start or page.report_from, end or page.report_to
    if first is None or last is None:
        console.fail(_("Bài chưa ghi thời gian. Hãy thêm --from và --to."))
    if last < first:
        raise click.BadParameter(_("ngày cuối phải từ ngày đầu trở đi."), param_hint="--to")
    return Window(first, last)
