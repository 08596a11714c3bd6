"""The same thing told twice is one notice; what is taken back is gone; everybody sees their own."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congdoan.audit.models import Entry
from congdoan.notices import queries
from congdoan.notices.actions import notices, preferences
from congdoan.notices.kinds import Kind
from congdoan.notices.models import Mailing, Notice, Preference
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_the_same_thing_told_twice_is_one_notice_with_the_new_words_and_stays_read(officer, told):
    told(officer, title="Báo cáo cũ")
    notices.mark_read(officer)
    told(officer, title="Báo cáo mới")
    notice = Notice.objects.get()
    assert (notice.title, notice.is_read) == ("Báo cáo mới", True)


def test_a_renewed_thing_is_news_again_and_goes_into_the_next_mail(officer, told):
    first = told(officer)
    notices.mark_read(officer)
    Notice.objects.update(mailed_at=timezone.now())
    told(officer, renew=True)
    notice = Notice.objects.get()
    assert notice.pk == first.pk
    assert not notice.is_read
    assert list(queries.to_mail()) == [notice]


def test_two_things_of_one_kind_are_two_notices(officer, told):
    told(officer, key="report:1")
    told(officer, key="report:2")
    assert queries.unread_count(officer) == 2


def test_what_is_taken_back_is_neither_shown_nor_counted_nor_mailed_until_it_is_told_again(officer, told):
    told(officer)
    told(officer, key="report:2")
    assert notices.withdraw("report:1") == 1
    assert [notice.key for notice in queries.notices_of(officer)] == ["report:2"]
    assert queries.unread_count(officer) == 1
    assert [notice.key for notice in queries.to_mail()] == ["report:2"]
    told(officer)
    assert queries.unread_count(officer) == 2


def test_taking_back_from_one_leaves_the_other_theirs(officer, told):
    other = UserFactory()
    told(officer)
    told(other)
    notices.withdraw("report:1", [officer])
    assert queries.unread_count(officer) == 0
    assert queries.unread_count(other) == 1


def test_reading_is_of_ones_own_notices_only(officer, told):
    stranger = UserFactory()
    notice = told(officer)
    assert notices.mark_read(stranger, [notice.pk]) == 0
    assert queries.unread_count(officer) == 1


def test_somebody_whose_account_is_closed_is_told_nothing():
    closed, open_ = UserFactory(is_active=False), UserFactory()
    assert notices.tell([closed, open_], Kind.NEWS, "x", "Tin") == 1
    assert Notice.objects.get().recipient == open_


def test_hundreds_are_told_with_few_queries(django_assert_max_num_queries):
    people = UserFactory.create_batch(600)
    with django_assert_max_num_queries(15):  # SQLite takes few values at a time
        assert notices.tell(people, Kind.NEWS, "x", "Tin") == 600
    assert Notice.objects.count() == 600


def test_words_are_kept_composed_and_without_stray_blanks(officer):
    notices.tell([officer], Kind.NEWS, "x", "  Bo\u0301o  ca\u0301o\n quy\u0301 ")
    assert Notice.objects.get().title == "Bóo cáo quý"


def test_lazy_words_are_said_in_the_language_of_each_person():
    vietnamese, english = UserFactory(), UserFactory()
    Preference.objects.create(user=english, language="en")
    notices.tell([vietnamese, english], Kind.NEWS, "x", _("Việc của tôi"))
    titles = dict(Notice.objects.values_list("recipient", "title"))
    assert titles[vietnamese.pk] == "Việc của tôi"
    assert titles[english.pk] != "Việc của tôi"


@pytest.mark.parametrize(
    "url", ["https://example.org/", "//example.org/", "javascript:alert(1)", "lam-viec/"]
)
def test_the_database_refuses_a_link_that_leads_elsewhere(officer, url):
    with pytest.raises(IntegrityError, match="notice_url_is_ours"), transaction.atomic():
        notices.tell([officer], Kind.NEWS, "x", "Tin", url=url)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"key": ""}, "notice_has_key"),
        ({"title": ""}, "notice_has_title"),
        ({"kind": "gossip"}, "kind_known"),
    ],
)
def test_the_database_refuses_a_notice_that_says_nothing(officer, told, change, constraint):
    told(officer)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Notice.objects.update(**change)


def test_the_database_holds_one_row_for_a_person_and_a_key(officer, told):
    told(officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(recipient=officer, kind=Kind.NEWS, key="report:1", title="Lần hai")


def test_a_choice_is_kept_and_left_in_the_trail(officer):
    for _time in range(2):
        preferences.choose(officer, mail=Preference.Mail.URGENT, hour=9, language="vi")
    assert queries.preference_of(officer).hour == 9
    entry = Entry.objects.get(verb="notice_preference.changed")
    assert (entry.before["mail"], entry.after["mail"]) == ("daily", "urgent")


def test_without_a_choice_the_digest_comes_at_seven(officer):
    preference = queries.preference_of(officer)
    assert (preference.pk, preference.mail, preference.hour) == (None, "daily", 7)


@pytest.mark.parametrize("change", [{"hour": 3}, {"hour": 22}, {"mail": "hourly"}])
def test_the_database_refuses_a_choice_that_nobody_can_make(officer, change):
    Preference.objects.create(user=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Preference.objects.update(**change)


def test_what_was_read_long_ago_is_forgotten_and_the_unread_kept(officer, told):
    long_ago = timezone.now() - dt.timedelta(days=500)
    old, withdrawn = told(officer, key="old"), told(officer, key="withdrawn")
    told(officer, key="unread")
    Notice.objects.filter(pk=old.pk).update(read_at=long_ago)
    Notice.objects.filter(pk=withdrawn.pk).update(withdrawn_at=long_ago)
    mail = Mailing.objects.create(
        recipient=officer, kind="daily", day=long_ago.date(), state="sent", closed_at=long_ago
    )
    Notice.objects.filter(key="unread").update(mailing=mail, mailed_at=long_ago)
    assert notices.forget(read_before=dt.timedelta(days=400), mailed_before=dt.timedelta(days=90)) == 2
    kept = Notice.objects.get()
    assert (kept.key, kept.mailing, kept.mailed_at) == ("unread", None, long_ago)
    assert not Mailing.objects.exists()
