"""``congdoan import-page``: a saved page of an old portal becomes an article."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from congdoan.config.cli import console
from congdoan.config.cli.console import _

if TYPE_CHECKING:
    from congdoan.portal.actions.imports import Imported
    from congdoan.portal.importing import ParsedPage

PARTS = ("slogan", "poll", "visits", "facts")


def _read_parts(ctx: click.Context, param: click.Parameter, value: str) -> list[str]:
    chosen = [part.strip() for part in value.split(",") if part.strip()]
    if chosen == ["all"]:
        return list(PARTS)
    if unknown := [part for part in chosen if part not in PARTS]:
        raise click.BadParameter(
            _("không có thành phần “%(part)s”; hãy chọn trong: %(parts)s, hoặc all.")
            % {"part": unknown[0], "parts": ", ".join(PARTS)}
        )
    return chosen


@click.command(
    cls=console.Command,
    help=_(
        "Đọc FILE, một trang đã lưu của cổng thông tin cũ (văn bản hoặc HTML), và tạo bài viết. Chạy lại không tạo thêm."
    ),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--publish", is_flag=True, help=_("Xuất bản ngay; nếu không thì tạo bản nháp."))
@click.option(
    "--adopt",
    default="",
    metavar="slogan,poll,visits,facts",
    callback=_read_parts,
    help=_(
        "Lấy thêm thành phần của trang cũ: khẩu hiệu, bình chọn, lượt truy cập, thông tin về tỉnh; all là lấy hết."
    ),
)
@console.json_option
def command(file: Path, publish: bool, adopt: list[str], as_json: bool) -> None:
    """Read, import, report."""
    console.start()
    from congdoan.portal.actions import imports, site_parts  # needs the apps
    from congdoan.portal.importing import parse_file  # help must start fast
    from congdoan.vntext import VntextError  # the same

    try:
        parsed = parse_file(file)
    except VntextError as error:
        console.fail(_(error.sentence) % error.values)
    except OSError as error:
        console.fail(_("Không đọc được tệp %(file)s: %(reason)s.") % {"file": file, "reason": error.strerror})

    imported = imports.import_page(parsed, by=None, publish=publish)
    adopted = site_parts.adopt_parts(parsed, adopt, by=None) if adopt else {}
    if as_json:
        console.print_json(_as_json(parsed, imported, adopted))
    else:
        _say(parsed, imported, adopted)


def _address(imported: Imported) -> str | None:
    """The path of the article in Vietnamese, in whichever language the command speaks."""
    from django.conf import settings  # help must not need Django
    from django.utils import translation  # the same

    with translation.override(settings.LANGUAGE_CODE):
        parts = imported.article.get_url_parts()
    return str(parts[2]) if parts and parts[2] else None


def _as_json(parsed: ParsedPage, imported: Imported, adopted: dict[str, str]) -> dict[str, Any]:
    return {
        "id": imported.article.pk,
        "url": _address(imported),
        "title": imported.article.title,
        "created": imported.created,
        "live": imported.article.live,
        "category": imported.category.title,
        "captions": parsed.captions,
        "byline": parsed.byline,
        "date": parsed.published_on.isoformat() if parsed.published_on else None,
        "captured_on": parsed.captured_on.isoformat() if parsed.captured_on else None,
        "adopted": adopted,
        "parts": [part.as_json() for part in parsed.parts],
        "documents": _documents(parsed),
        "figures": _figures(parsed),
    }


def _documents(parsed: ParsedPage) -> list[str]:
    """The documents that the page cites, by their symbols, in the order in which it first cites them."""
    from congdoan.vntext.symbols import find_symbols  # help must start fast

    return list(dict.fromkeys(found.symbol for found in find_symbols(parsed.text)))


def _figures(parsed: ParsedPage) -> list[dict[str, Any]]:
    """The figures in the text of the page, as ``congdoan read-figures`` gives them."""
    from congdoan.figures.hints import hints  # help must start fast
    from congdoan.vntext.reading import read_figures  # the same

    return [figure.to_json() for figure in read_figures(parsed.text, hints())]


def _say(parsed: ParsedPage, imported: Imported, adopted: dict[str, str]) -> None:
    if not imported.created:
        console.say(_("Bài này đã được nhập trước đây, không thay đổi gì."))
    elif imported.article.live:
        console.say(_("Đã nhập và xuất bản bài viết."))
    else:
        console.say(_("Đã nhập bài viết thành bản nháp."))
    rows = [
        (_("Tiêu đề"), imported.article.title),
        (_("Địa chỉ"), _address(imported)),
        (_("Chuyên mục"), imported.category.title),
        (_("Tác giả"), parsed.byline),
        (_("Ngày đăng"), _day(parsed)),
        *((_("Chú thích ảnh"), caption) for caption in parsed.captions),
    ]
    for name, value in rows:
        if value:
            console.say(f"  {name}: {value}")
    outcomes = {
        "adopted": _("đã lấy"),
        "kept": _("giữ nguyên trên trang này"),
        "absent": _("trang cũ không có"),
    }
    names = {
        "slogan": _("khẩu hiệu"),
        "poll": _("bình chọn"),
        "visits": _("số lượt truy cập"),
        "facts": _("thông tin về tỉnh"),
    }
    for part, outcome in adopted.items():
        console.say(f"  {names[part]}: {outcomes[outcome]}")
    left = [names[part] for part in parsed.offered_parts if part not in adopted]
    if left:
        console.say(_("Trang cũ còn có: %s. Thêm --adopt để lấy.") % ", ".join(left))


def _day(parsed: ParsedPage) -> str:
    from congdoan.vntext import format_date  # help must start fast

    if parsed.published_on:
        return format_date(parsed.published_on)
    if parsed.captured_on:
        return _("không muộn hơn %s") % format_date(parsed.captured_on)
    return ""
