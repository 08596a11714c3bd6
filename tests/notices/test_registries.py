"""What waits, in order; facts of the unit; what was done last, in words."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction
from django.test import RequestFactory
from django.utils import timezone

from congdoan.audit import actions as audit
from congdoan.notices import glance, recent, waiting
from congdoan.notices.glance import Glance
from congdoan.notices.kinds import Kind
from congdoan.notices.waiting import Waiting
from tests.factories import UserFactory

TODAY = dt.date(2026, 11, 27)


def request():
    return RequestFactory().get("/lam-viec/")


def line(title, **more):
    return Waiting(title=title, kind=more.pop("kind", Kind.DUE), url="/x/", action="Làm", **more)


def test_late_work_comes_first_then_by_day_then_what_has_none_by_urgency_and_age():
    now = timezone.now()
    lines = [
        line("bản nháp mới", kind=Kind.DRAFT, since=now),
        line("bản nháp cũ", kind=Kind.DRAFT, since=now - dt.timedelta(days=3)),
        line("gấp", urgency=5, since=now),
        line("tháng sau", due_on=TODAY + dt.timedelta(days=30)),
        line("quá hạn", due_on=TODAY - dt.timedelta(days=1)),
        line("hôm nay", due_on=TODAY),
        line("quá hạn lâu", due_on=TODAY - dt.timedelta(days=9)),
    ]
    waiting.register("a", lambda _request: lines[:4], title="việc")
    waiting.register("b", lambda _request: lines[4:], title="việc")
    assert [item.title for item in waiting.waiting_for(request()).items] == [
        "quá hạn lâu",
        "quá hạn",
        "hôm nay",
        "tháng sau",
        "gấp",
        "bản nháp cũ",
        "bản nháp mới",
    ]


def test_a_source_is_asked_once_for_a_request():
    asked = []
    waiting.register("a", lambda _request: asked.append(1) or [line("x")], title="việc")
    first, second = request(), request()
    assert len(waiting.waiting_for(first)) == len(waiting.waiting_for(first)) == 1
    assert asked == [1]
    waiting.waiting_for(second)
    assert asked == [1, 1]


def test_a_source_that_fails_is_named_and_hides_nothing_else():
    def broken(_request):
        raise ValueError("hỏng")

    waiting.register("bad", broken, title="báo cáo")
    waiting.register("good", lambda _request: [line("x")], title="bài viết")
    found = waiting.waiting_for(request())
    assert [item.title for item in found.items] == ["x"]
    assert found.missing == ("báo cáo",)


def test_a_name_stands_for_one_source():
    waiting.register("a", lambda _request: [], title="x")
    with pytest.raises(ValueError, match="'a'"):
        waiting.register("a", lambda _request: [1], title="x")


def test_a_label_says_more_than_the_kind():
    assert line("x").why == "Đến hạn"
    assert line("x", label="Chờ ý kiến pháp chế").why == "Chờ ý kiến pháp chế"


def test_facts_stand_in_the_order_of_their_sources_and_a_failing_one_is_left_out():
    def broken(_request):
        raise ValueError("hỏng")

    glance.register("b", lambda _request: [Glance("Đoàn viên", None)], order=20)
    glance.register("a", lambda _request: [Glance("Đơn vị", "Công đoàn cơ sở A")], order=10)
    glance.register("c", broken, order=5)
    assert [fact.label for fact in glance.glances_for(request())] == ["Đơn vị", "Đoàn viên"]


@pytest.mark.django_db
def test_what_was_done_last_is_said_in_words_once_for_each_thing(django_assert_num_queries):
    me, other = UserFactory(), UserFactory()
    recent.say({"user.greeted": "Bạn chào"})
    recent.link("accounts.user", lambda _request, ids: {pk: f"/nguoi/{pk}/" for pk in ids})
    first, second = UserFactory(first_name="Sua"), UserFactory(first_name="Pao")
    with transaction.atomic():
        audit.record("user.greeted", first, actor=me, capacity=("7", "Chủ tịch, Công đoàn A"))
        audit.record("user.greeted", second, actor=me)
        audit.record("user.greeted", second, actor=me)
        audit.record("user.unsaid", second, actor=me)
        audit.record("user.greeted", me, actor=other)
    with django_assert_num_queries(1):
        done = recent.done_last(request(), me)
    assert [(item.sentence, item.title) for item in done] == [
        ("Bạn chào", str(second)),
        ("Bạn chào", str(first)),
    ]
    assert (done[1].capacity, done[1].url) == ("Chủ tịch, Công đoàn A", f"/nguoi/{first.pk}/")


@pytest.mark.django_db
def test_a_verb_without_words_leaves_no_line():
    me = UserFactory()
    with transaction.atomic():
        audit.record("user.unsaid", me, actor=me)
    assert recent.done_last(request(), me) == []
