"""``congdoan rotate-keys``: write personal fields anew with the first key of FIELD_KEYS."""

from __future__ import annotations

import click

from congdoan.config.cli import console
from congdoan.config.cli.console import _


@click.command(
    cls=console.Command,
    help=_(
        "Mã hoá lại mọi trường dữ liệu cá nhân bằng khoá đầu tiên của FIELD_KEYS. Khoá mới được ghi vào đầu danh sách."
    ),
)
@click.option(
    "--retire-oldest",
    is_flag=True,
    help=_(
        "Bỏ hẳn khoá cuối danh sách. Chỉ chạy khi hệ thống đang dừng; xong thì xoá khoá đó khỏi FIELD_KEYS."
    ),
)
def command(retire_oldest: bool) -> None:
    """Renew, and say what to do next."""
    console.start()
    from congdoan.members.actions import keys  # needs the apps
    from congdoan.members.errors import UnreadableError  # the same

    try:
        written = keys.renew(retire_oldest=retire_oldest, say=console.say)
    except keys.NoOlderKeyError:
        console.fail(_("FIELD_KEYS chỉ có một khoá: chưa có khoá nào thay được nó."))
    except UnreadableError as error:
        console.fail(error.user_message)
    console.say(_("Đã mã hoá lại %d dòng.") % written)
    if retire_oldest:
        console.say(_("Bây giờ hãy xoá khoá cuối khỏi FIELD_KEYS rồi khởi động lại."))
