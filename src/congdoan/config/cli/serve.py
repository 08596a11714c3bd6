"""``congdoan serve``: web and background worker together."""

from __future__ import annotations

import errno
import fcntl
import os
import socket
import sys

import click

from congdoan.config.cli import console
from congdoan.config.cli.console import _


@click.command(
    cls=console.Command,
    help=_("Chạy trang web và tiến trình nền. Ctrl-C hoặc SIGTERM để dừng; việc dở được làm nốt."),
)
@click.option("--host", default="127.0.0.1", show_default=True, help=_("Địa chỉ lắng nghe."))
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help=_("Cổng."))
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, show_default=True, help=_("Số tiến trình web.")
)
def command(host: str, port: int, workers: int) -> None:
    """Serve until told to stop."""
    os.environ.setdefault("BASE_URL", f"http://{host}:{port}")
    console.require_settings()
    _require_free_port(host, port)
    _hold_lock()

    from congdoan.config.serving import granian_options  # help must be fast
    from congdoan.ops.supervisor import Supervisor  # the same

    supervisor = Supervisor(
        options=granian_options(host=host, port=port, workers=workers),
        worker=[sys.executable, "-m", "congdoan", "worker"],
        on_ready=lambda: console.say(_("Đang phục vụ tại %s (Ctrl-C để dừng)") % os.environ["BASE_URL"]),
    )
    code = supervisor.run()
    if not supervisor.is_set_up:
        console.fail(_("Cơ sở dữ liệu chưa sẵn sàng. Hãy chạy “congdoan setup” trước."))
    sys.exit(code)


def _hold_lock() -> None:
    """Show, as long as this process or one below it lives, that a server works on this data (see ``restore``)."""
    from django.conf import settings

    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(settings.DATA_DIR / "serve.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        console.fail(_("Dữ liệu đang được khôi phục. Hãy chờ xong rồi chạy lại."))


def _require_free_port(host: str, port: int) -> None:
    """End the command when the port is taken: Granian shares ports, and two servers on one would answer in turn."""
    try:
        family, kind, _proto, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror:
        console.fail(_("Máy này không có địa chỉ “%s”. Hãy xem lại --host.") % host)
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                console.fail(
                    _(
                        "Cổng %s đang có chương trình khác dùng. Hãy tắt chương trình đó hoặc chọn cổng khác bằng --port."
                    )
                    % port
                )
            if error.errno == errno.EACCES:
                console.fail(_("Không được phép mở cổng %s. Hãy chọn cổng từ 1024 trở lên.") % port)
            console.fail(
                _("Không mở được địa chỉ %(host)s, cổng %(port)s: %(error)s")
                % {"host": host, "port": port, "error": error.strerror}
            )
