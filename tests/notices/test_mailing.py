"""One digest a day, each notice in one mail at most, and no mail without a mail server."""

from __future__ import annotations

import datetime as dt
import smtplib
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend as Locmem
from django.utils import timezone

from congdoan.notices import tasks
from congdoan.notices.actions import mailing, notices
from congdoan.notices.errors import MailServerError
from congdoan.notices.models import Mailing, Notice, Preference
from tests.factories import UserFactory
from tests.notices.conftest import at

pytestmark = pytest.mark.django_db


def later(**passed: Any) -> dt.datetime:
    """The moment after a pause, when a failed mail is tried again."""
    return timezone.now() + dt.timedelta(**passed)


@pytest.fixture(autouse=True)
def _mornings(monkeypatch, settings):
    """Retries count from the clock of the test."""
    settings.BASE_URL = "https://congdoan.example.vn"


class Picky(Locmem):
    """A mail server that refuses one address, loses the line with another, or is away."""

    refuses: set[str] = set()
    breaks: set[str] = set()
    away = False

    def open(self) -> bool:
        if type(self).away:
            raise ConnectionRefusedError("away")
        return True

    def send_messages(self, messages: Any) -> int:
        for message in messages:
            if set(message.to) & type(self).refuses:
                raise smtplib.SMTPRecipientsRefused({message.to[0]: (550, b"no such user")})
            if set(message.to) & type(self).breaks:
                super().send_messages([message])
                raise smtplib.SMTPServerDisconnected("gone")
        return super().send_messages(messages)


@pytest.fixture
def server(settings, monkeypatch):
    """A mail server whose moods a test sets."""
    settings.EMAIL_BACKEND = f"{__name__}.Picky"
    monkeypatch.setattr(Picky, "refuses", set())
    monkeypatch.setattr(Picky, "breaks", set())
    monkeypatch.setattr(Picky, "away", False)
    return Picky


def test_the_digest_says_everything_once_in_plain_words(officer, told):
    today = timezone.localdate()
    told(
        officer, key="a", title="Báo cáo quý III bị trả lại", text="Thiếu số lao động nữ.", url="/lam-viec/a/"
    )
    told(officer, key="b", title="Sắp đến hạn: Báo cáo năm", kind="due", due_on=today + dt.timedelta(days=7))
    a, b = Notice.objects.order_by("key")
    assert mailing.send_due(at(7)).sent == 1

    message = mail.outbox[0]
    day = f"{today:%d/%m/%Y}"
    assert message.to == ["may@example.vn"]
    assert message.subject == f"Bàn làm việc: 2 thông báo mới, {day}"
    assert (
        message.extra_headers["List-Unsubscribe"]
        == "<https://congdoan.example.vn/lam-viec/thong-bao/cai-dat/>"
    )
    assert message.body == (
        "Chào Lý Thị Mẩy,\n\n"
        "Bạn có 2 thông báo chưa đọc.\n\n"
        "1. Sắp đến hạn: Báo cáo năm\n"
        f"   Đến hạn. Hạn: {today + dt.timedelta(days=7):%d/%m/%Y}, còn 7 ngày.\n\n"
        "2. Báo cáo quý III bị trả lại\n"
        "   Bị trả lại.\n"
        "   Thiếu số lao động nữ.\n"
        f"   https://congdoan.example.vn/lam-viec/thong-bao/{a.pk}/\n\n"
        "-- \n"
        "Bạn nhận nhiều nhất một thư như thế này mỗi ngày.\n"
        "Đổi giờ gửi hoặc thôi nhận thư: https://congdoan.example.vn/lam-viec/thong-bao/cai-dat/\n"
    )
    assert b.url == ""


def test_titles_stay_out_of_the_subject(officer, told):
    told(officer, title="Đơn của chị Vàng Thị Sua")
    mailing.send_due(at(7))
    assert "Sua" not in mail.outbox[0].subject
    assert "Sua" in mail.outbox[0].body


def test_english_mails_come_in_english(officer, told):
    Preference.objects.create(user=officer, language="en")
    told(officer)
    mailing.send_due(at(7))
    assert "https://congdoan.example.vn/en/lam-viec/thong-bao/cai-dat/" in mail.outbox[0].body


def test_a_long_digest_names_the_first_and_says_how_many_more(officer, told):
    for number in range(33):
        told(officer, key=f"n{number}")
    mailing.send_due(at(7))
    assert "Còn 3 thông báo nữa" in mail.outbox[0].body
    assert "30. Báo cáo" in mail.outbox[0].body
    assert "31. Báo cáo" not in mail.outbox[0].body


def test_nothing_comes_before_the_hour_and_one_mail_after_it(officer, told):
    Preference.objects.create(user=officer, hour=9)
    told(officer)
    mailing.send_due(at(8, 59))
    assert mail.outbox == []
    mailing.send_due(at(9))
    assert len(mail.outbox) == 1


def test_what_comes_after_the_hour_waits_for_the_next_day(officer, told):
    notice = told(officer)
    Notice.objects.filter(pk=notice.pk).update(told_at=at(10))
    mailing.send_due(at(11))
    assert mail.outbox == []
    mailing.send_due(at(7, days=1))
    assert len(mail.outbox) == 1


def test_there_is_one_digest_a_day_and_nothing_in_it_twice(officer, told):
    told(officer, key="a", title="Việc thứ nhất")
    mailing.send_due(at(7))
    told(officer, key="b", title="Việc thứ hai")
    mailing.send_due(at(12))
    assert len(mail.outbox) == 1
    mailing.send_due(at(7, days=1))
    assert len(mail.outbox) == 2
    assert "Việc thứ hai" in mail.outbox[1].body
    assert "Việc thứ nhất" not in mail.outbox[1].body
    mailing.send_due(at(7, days=2))
    assert len(mail.outbox) == 2


def test_what_was_read_before_the_digest_is_not_mailed(officer, told):
    read, unread = told(officer, key="a", title="Đã đọc"), told(officer, key="b", title="Chưa đọc")
    notices.mark_read(officer, [read.pk])
    mailing.send_due(at(7))
    assert unread.title in mail.outbox[0].body
    assert read.title not in mail.outbox[0].body


def test_whoever_read_everything_gets_no_mail(officer, told):
    told(officer)
    notices.mark_read(officer)
    mailing.send_due(at(7))
    assert mail.outbox == []
    assert not Mailing.objects.exists()


def test_whoever_wants_no_mail_or_has_no_address_or_account_gets_none(told):
    for number, person in enumerate(
        [UserFactory(email="a@example.vn"), UserFactory(email=""), UserFactory(email="c@example.vn")]
    ):
        told(person, key=f"k{number}", urgent=True)
        if number == 0:
            Preference.objects.create(user=person, mail=Preference.Mail.NONE)
        if number == 2:
            person.is_active = False
            person.save()
    told(UserFactory(email="d@example.vn"), key="k3")
    mailing.send_due(at(7))
    assert [message.to for message in mail.outbox] == [["d@example.vn"]]


def test_whoever_wants_the_urgent_only_gets_that_at_once_and_once(officer, told):
    Preference.objects.create(user=officer, mail=Preference.Mail.URGENT)
    told(officer, key="calm", title="Không gấp")
    notices.tell([officer], "due", "urgent", "Việc gấp", urgent=True)
    mailing.send_due(timezone.now())
    assert mail.outbox[0].subject.startswith("Bàn làm việc: 1 thông báo gấp")
    assert "Không gấp" not in mail.outbox[0].body
    mailing.send_due(later(minutes=1))
    mailing.send_due(at(7, days=1))
    assert len(mail.outbox) == 1
    notices.tell([officer], "due", "urgent-2", "Việc gấp khác", urgent=True)
    mailing.send_due(later(minutes=2))
    assert len(mail.outbox) == 2


def test_without_a_mail_server_nothing_counts_as_mailed(officer, told, settings):
    settings.EMAIL_BACKEND = mailing.NO_MAIL
    told(officer)
    tasks.mail()
    mailing.send_due(at(7))
    assert Notice.objects.get().mailed_at is None
    assert not Mailing.objects.exists()


def test_a_bad_address_stops_no_other_and_is_tried_again_without_doubling(officer, told, server):
    bad = UserFactory(email="bad@example.vn")
    told(bad, title="Cho địa chỉ hỏng")
    told(officer)
    server.refuses = {"bad@example.vn"}
    outcome = mailing.send_due(at(7))
    assert (outcome.sent, outcome.failed) == (1, 1)
    refused = Mailing.objects.get(recipient=bad)
    assert (refused.state, refused.attempts) == ("open", 1)
    assert "550" in refused.error
    assert Notice.objects.get(recipient=bad).mailed_at is None

    server.refuses = set()
    Mailing.objects.update(next_try_at=at(7, 10))
    mailing.send_due(at(7, 5))
    assert len(mail.outbox) == 1
    mailing.send_due(at(7, 10))
    mailing.send_due(at(7, 20))
    assert sorted(message.to[0] for message in mail.outbox) == ["bad@example.vn", "may@example.vn"]
    assert Mailing.objects.filter(state="sent").count() == 2


def test_an_address_that_fails_again_and_again_is_tried_more_and_more_seldom(officer, told, server):
    told(officer)
    server.refuses = {"may@example.vn"}
    waits = []
    for _attempt in range(3):
        Mailing.objects.update(next_try_at=at(7))
        mailing.send_due(at(7))
        waits.append(round((Mailing.objects.get().next_try_at - timezone.now()).total_seconds() / 60))
    assert waits == [10, 20, 40]


def test_an_address_that_failed_all_day_is_in_the_next_days_mail_once(officer, told, server):
    told(officer)
    server.refuses = {"may@example.vn"}
    mailing.send_due(at(7))
    server.refuses = set()
    mailing.send_due(at(7, days=1))
    mailing.send_due(at(8, days=1))
    assert len(mail.outbox) == 1


def test_a_mail_that_may_have_gone_out_is_never_sent_again(officer, told, server):
    told(officer)
    server.breaks = {"may@example.vn"}
    mailing.send_due(at(7))
    assert Mailing.objects.get().state == "lost"
    server.breaks = set()
    for days in (0, 1, 2):
        mailing.send_due(at(8, days=days))
    assert len(mail.outbox) == 1


def test_a_server_that_is_away_fails_the_job_and_gives_everything_back(officer, told, server):
    told(officer)
    server.away = True
    with pytest.raises(MailServerError):
        mailing.send_due(at(7))
    assert Notice.objects.get().mailed_at is None
    server.away = False
    Mailing.objects.update(next_try_at=at(7))
    mailing.send_due(at(7, 15))
    assert len(mail.outbox) == 1


def test_a_mail_whose_worker_died_is_closed_and_not_sent_again(officer, told):
    told(officer)
    taken = mailing.take(officer.pk, Mailing.Kind.DAILY, now=at(7))
    mailing.send_due(at(7, 5))
    assert Mailing.objects.get().state == "open"
    mailing.send_due(at(7, 30))
    taken.refresh_from_db()
    assert taken.state == "lost"
    mailing.send_due(at(8, days=1))
    assert mail.outbox == []


def test_what_is_taken_back_before_the_digest_is_not_in_it(officer, told):
    told(officer, key="done", title="Đã nộp rồi")
    told(officer, key="open", title="Chưa nộp")
    notices.withdraw("done")
    mailing.send_due(at(7))
    assert "Đã nộp rồi" not in mail.outbox[0].body
    assert "Chưa nộp" in mail.outbox[0].body


@pytest.mark.parametrize("people", [1, 12])
def test_finding_who_is_due_does_not_ask_more_for_more(told, django_assert_num_queries, people):
    from congdoan.notices import queries

    for number in range(people):
        told(UserFactory(email=f"p{number}@example.vn"))
    with django_assert_num_queries(2):
        assert len(queries.recipients_due(at(7))) == people
