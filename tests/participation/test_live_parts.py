"""The poll as a live part."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from congdoan.pages.live.registry import read_parts
from congdoan.participation import actions
from congdoan.participation.live_parts import poll as live_poll
from congdoan.participation.models import Call
from tests.participation.conftest import OPTIONS, QUESTION, vote

pytestmark = pytest.mark.django_db


def test_the_poll_has_the_shape_that_pages_expect(make_poll):
    closes = timezone.now() + timedelta(days=3)
    call = make_poll(
        slug="chinh-sach", question_en="Which policy?", options_en=["Housing", "", "Hours"], closes_at=closes
    )
    vote(call, 1)
    options = list(call.options.all())
    assert live_poll() == {
        "slug": "chinh-sach",
        "url": "/tham-gia/chinh-sach/",
        "vote_url": "/tham-gia/chinh-sach/bo-phieu/",
        "question": {"vi": QUESTION, "en": "Which policy?"},
        "options": [
            {"id": options[0].pk, "text": {"vi": OPTIONS[0], "en": "Housing"}, "votes": 0},
            {"id": options[1].pk, "text": {"vi": OPTIONS[1], "en": ""}, "votes": 1},
            {"id": options[2].pk, "text": {"vi": OPTIONS[2], "en": "Hours"}, "votes": 0},
        ],
        "total": 1,
        "closes": timezone.localtime(closes).strftime("%d/%m/%Y"),
        "is_open": True,
        "note": live_poll()["note"],
    }
    assert live_poll()["note"]["vi"].endswith("không mang tính đại diện.")


def test_it_is_registered_for_the_live_request(poll):
    assert json.loads(json.dumps(read_parts()["poll"])) == live_poll()


def test_without_an_open_poll_there_is_none(db):
    assert live_poll() is None


def test_drafts_future_closed_cancelled_and_hidden_polls_are_not_shown(make_poll):
    make_poll("Bí mật?", is_draft=True)
    make_poll("Sắp mở?", opens_at=timezone.now() + timedelta(hours=1))
    actions.close_call(make_poll("Đã đóng?").pk, by=None)
    actions.cancel_call(make_poll("Đã huỷ?").pk, reason="Sai", by=None)
    hidden = make_poll("Không ở trang chủ?")
    Call.objects.filter(pk=hidden.pk).update(on_front=False)
    assert live_poll() is None
    Call.objects.filter(pk=hidden.pk).update(on_front=True)
    assert live_poll()["question"]["vi"] == "Không ở trang chủ?"


def test_the_newest_open_poll_is_shown(make_poll):
    make_poll("Mới?", opens_at=timezone.now() - timedelta(hours=1))
    make_poll("Cũ?", opens_at=timezone.now() - timedelta(days=9))
    assert live_poll()["question"]["vi"] == "Mới?"


def test_it_costs_three_queries_however_many_votes(poll, django_assert_num_queries):
    for number in range(9):
        vote(poll, number % 3)
    with django_assert_num_queries(3):
        live_poll()
