"""Is this installation fit? Each question is one function that answers with a state and a sentence."""

from __future__ import annotations

import shutil
import smtplib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.core.mail import get_connection
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from congdoan.members.actions import keys
from congdoan.ops.actions import installation, queue
from congdoan.ops.models import ScheduledJob
from congdoan.reporting.actions import queueing
from congdoan.search import queries as search
from congdoan.search.models import Pending

State = Literal["ok", "warning", "failed"]

LITTLE_SPACE = 1 << 30
NO_SPACE = 100 << 20
SHORT_KEY = 50
CLOCK_TOLERANCE = timedelta(seconds=5)
LONG_QUEUE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to one question: ``name`` is fixed, ``detail`` is for people."""

    name: str
    state: State
    detail: str


def examine() -> list[Finding]:
    """Ask every question. One that breaks is a failure of what it asks about, never of the others."""
    findings: list[Finding] = []
    for question in QUESTIONS:
        try:
            findings.append(question())
        except Exception as error:  # noqa: BLE001  # whatever it is belongs into the list
            name = question.__name__.lstrip("_")
            findings.append(Finding(name, "failed", f"{type(error).__name__}: {error}"))
    return findings


def _settings() -> Finding:
    problems: list[str] = []
    if settings.DEBUG:
        problems.append(_("DEBUG đang bật; hãy tắt."))
    if len(settings.SECRET_KEY) < SHORT_KEY or len(set(settings.SECRET_KEY)) < 5:
        problems.append(_("SECRET_KEY quá ngắn hoặc quá đơn giản; cần ít nhất 50 ký tự ngẫu nhiên."))
    if "*" in settings.ALLOWED_HOSTS or not settings.ALLOWED_HOSTS:
        problems.append(_("ALLOWED_HOSTS phải nêu đúng tên miền."))
    if problems:
        return Finding("settings", "failed", " ".join(problems))
    if not settings.IS_DEMO and not settings.SECURE:
        return Finding(
            "settings",
            "warning",
            _("BASE_URL không bắt đầu bằng https://; mật khẩu đi trên mạng không được mã hoá."),
        )
    return Finding("settings", "ok", _("Bản trình diễn") if settings.IS_DEMO else settings.BASE_URL)


def _database() -> Finding:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
            keys = cursor.execute("PRAGMA foreign_keys").fetchone()[0]
            version = cursor.execute("SELECT sqlite_version()").fetchone()[0]
            if mode != "wal" or not keys:
                return Finding(
                    "database", "failed", f"SQLite {version}: journal_mode={mode}, foreign_keys={keys}"
                )
            if cursor.execute("PRAGMA foreign_key_check").fetchone() is not None:
                return Finding(
                    "database", "failed", _("Có dòng trỏ tới dòng không tồn tại (PRAGMA foreign_key_check).")
                )
            return Finding("database", "ok", f"SQLite {version}, WAL")
        cursor.execute("SHOW server_version")
        return Finding("database", "ok", f"PostgreSQL {cursor.fetchone()[0]}")


def _migrations() -> Finding:
    waiting = installation.pending_migrations()
    if waiting:
        return Finding(
            "migrations", "failed", _("%d bước nâng cấp chưa chạy; hãy chạy “congdoan setup”.") % len(waiting)
        )
    return Finding("migrations", "ok", _("đủ"))


def _storage() -> Finding:
    media = Path(settings.MEDIA_ROOT)
    media.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=media) as file:
        file.write(b"x")
    free = shutil.disk_usage(media).free
    detail = _("còn trống %s MB") % (free >> 20)
    state: State = "failed" if free < NO_SPACE else "warning" if free < LITTLE_SPACE else "ok"
    return Finding("storage", state, detail)


def _mail() -> Finding:
    if not settings.EMAIL_URL:
        return Finding("mail", "warning", _("Chưa đặt EMAIL_URL: hệ thống không gửi được thư."))
    mailer = get_connection(fail_silently=False)
    try:
        opened = mailer.open()
    except (OSError, smtplib.SMTPException) as error:
        return Finding("mail", "failed", _("Không kết nối được máy chủ thư: %s") % error)
    if opened:
        mailer.close()
    return Finding("mail", "ok", settings.EMAIL_HOST or settings.EMAIL_BACKEND)


def _clock() -> Finding:
    here = timezone.now()
    if here.year < 2026:
        return Finding("clock", "failed", _("Đồng hồ máy chỉ năm %d. Hãy bật đồng bộ giờ (NTP).") % here.year)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            apart = abs(cursor.fetchone()[0] - timezone.now())
        if apart > CLOCK_TOLERANCE:
            return Finding(
                "clock",
                "failed",
                _("Lệch %s giây so với máy chủ cơ sở dữ liệu.") % round(apart.total_seconds()),
            )
    return Finding("clock", "ok", timezone.localtime(here).isoformat(timespec="seconds"))


def _jobs() -> Finding:
    failed = queue.failed_lately()
    failing = [f"{job.name}: {job.last_error}" for job in ScheduledJob.objects.filter(failures__gt=0)]
    if failing:
        return Finding("jobs", "failed", _("Việc định kỳ đang lỗi: %s") % "; ".join(failing))
    if failed:
        return Finding("jobs", "warning", _("%d việc nền lỗi trong bảy ngày qua.") % failed)
    return Finding("jobs", "ok", _("không có việc lỗi"))


def _search() -> Finding:
    if not search.engine().is_ready():
        return Finding(
            "search", "warning", _("Chưa có chỉ mục; tiến trình nền sẽ tự dựng khi “congdoan serve” chạy.")
        )
    waiting = Pending.objects.count()
    if waiting > 1000:
        return Finding("search", "warning", _("%d thay đổi chờ vào chỉ mục.") % waiting)
    return Finding("search", "ok", _("%d thay đổi chờ vào chỉ mục.") % waiting)


def _totals() -> Finding:
    waiting, oldest = queueing.queued()
    if oldest and timezone.now() - oldest > LONG_QUEUE:
        return Finding(
            "totals",
            "warning",
            _(
                "%(count)d thay đổi chờ vào số tổng hợp, lâu nhất từ %(since)s; hãy xem tiến trình nền có chạy không."
            )
            % {"count": waiting, "since": timezone.localtime(oldest).isoformat(timespec="seconds")},
        )
    return Finding("totals", "ok", _("%d thay đổi chờ vào số tổng hợp.") % waiting)


def _fields() -> Finding:
    if keys.keys_fit() is False:
        return Finding(
            "fields", "failed", _("FIELD_KEYS không mở được dữ liệu cá nhân đã ghi, hoặc sai thứ tự khoá.")
        )
    if settings.MEMBERS == "on":
        return Finding("fields", "ok", _("sổ đoàn viên bật, %d khoá") % len(settings.FIELD_KEYS))
    return Finding("fields", "ok", _("sổ đoàn viên tắt"))


def _static() -> Finding:
    if installation.static_is_current():
        return Finding("static", "ok", str(settings.STATIC_ROOT))
    return Finding("static", "failed", _("Tệp tĩnh chưa gom hoặc đã cũ; hãy chạy “congdoan setup”."))


QUESTIONS: list[Callable[[], Finding]] = [
    _settings,
    _database,
    _migrations,
    _storage,
    _mail,
    _clock,
    _jobs,
    _search,
    _totals,
    _fields,
    _static,
]
