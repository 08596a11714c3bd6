"""The mail itself: plain text that a phone shows well and that says where to change one's mind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congdoan import vntext
from congdoan.notices.models import Mailing, Notice

SHOWN = 30
"""A mail names so many notices; the rest stands in the list of notices."""


def due_words(notice: Notice, today: dt.date) -> str:
    """Say when a notice is due and how far off that is; nothing for one without a due day."""
    left = notice.days_left(today)
    if left is None or notice.due_on is None:
        return ""
    day = vntext.format_date(notice.due_on, translation.get_language() or settings.LANGUAGE_CODE)
    if left == 0:
        return _("Hạn: hôm nay, %(day)s.") % {"day": day}
    if left < 0:
        return _("Hạn: %(day)s, đã quá %(count)d ngày.") % {"day": day, "count": -left}
    return _("Hạn: %(day)s, còn %(count)d ngày.") % {"day": day, "count": left}


def write(mailing: Mailing, notices: Sequence[Notice], *, language: str, now: dt.datetime) -> EmailMessage:
    """Return the mail that brings ``notices`` to the recipient of ``mailing``: what is due first, then the newest."""
    with translation.override(language or settings.LANGUAGE_CODE):
        today = timezone.localtime(now).date()
        settings_url = _whole(reverse("notices:settings"))
        ordered = sorted(notices, key=lambda item: (item.due_on or dt.date.max, -item.told_at.timestamp()))
        return EmailMessage(
            subject=_subject(mailing, len(notices), today),
            body=_body(mailing, ordered, today, settings_url),
            to=[mailing.recipient.email],
            headers={
                "List-Unsubscribe": f"<{settings_url}>",
                # Tells other programs not to answer with "I am on holiday".
                "Auto-Submitted": "auto-generated",
            },
        )


def _subject(mailing: Mailing, count: int, today: dt.date) -> str:
    # Titles may name people: they stay out of what a locked phone shows.
    if mailing.kind == Mailing.Kind.URGENT:
        words = ngettext("%(count)d thông báo gấp", "%(count)d thông báo gấp", count)
    else:
        words = ngettext("%(count)d thông báo mới", "%(count)d thông báo mới", count)
    day = vntext.format_date(today, translation.get_language() or settings.LANGUAGE_CODE)
    return f"{_('Bàn làm việc')}: {words % {'count': count}}, {day}"


def _body(mailing: Mailing, notices: Sequence[Notice], today: dt.date, settings_url: str) -> str:
    parts = [
        _("Chào %(name)s,") % {"name": mailing.recipient},
        ngettext("Bạn có %(count)d thông báo chưa đọc.", "Bạn có %(count)d thông báo chưa đọc.", len(notices))
        % {"count": len(notices)},
        *(_entry(number, notice, today) for number, notice in enumerate(notices[:SHOWN], start=1)),
    ]
    list_url = _whole(reverse("notices:list"))
    more = len(notices) - SHOWN
    if more > 0:
        parts.append(
            ngettext(
                "Còn %(count)d thông báo nữa, xem tại: %(url)s",
                "Còn %(count)d thông báo nữa, xem tại: %(url)s",
                more,
            )
            % {"count": more, "url": list_url}
        )
    parts.append(_footer(mailing, settings_url))
    return "\n\n".join(parts) + "\n"


def _entry(number: int, notice: Notice, today: dt.date) -> str:
    kind = Notice(kind=notice.kind).get_kind_display()
    lines = [f"{number}. {notice.title}", f"   {kind}. {due_words(notice, today)}".rstrip()]
    lines += [f"   {line}" for line in notice.text.splitlines() if line.strip()]
    if notice.url:
        lines.append(f"   {_whole(reverse('notices:open', args=[notice.pk]))}")
    return "\n".join(lines)


def _footer(mailing: Mailing, settings_url: str) -> str:
    if mailing.kind == Mailing.Kind.URGENT:
        why = _("Bạn nhận thư này vì đã chọn nhận ngay việc gấp.")
    else:
        why = _("Bạn nhận nhiều nhất một thư như thế này mỗi ngày.")
    change = _("Đổi giờ gửi hoặc thôi nhận thư: %(url)s") % {"url": settings_url}
    return f"-- \n{why}\n{change}"


def _whole(path: str) -> str:
    return f"{settings.BASE_URL}{path}"
