"""Polls in the editors' admin."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone

from congdoan.audit.models import Entry
from congdoan.participation.models import Call
from tests.factories import UserFactory
from tests.participation.conftest import OPTIONS, QUESTION, vote, votes_of

pytestmark = pytest.mark.django_db


def address(name, *args):
    return reverse(Call.snippet_viewset.get_url_name(name), args=args)


@pytest.fixture
def editor():
    user = UserFactory()
    group = Group.objects.create(name="Biên tập")
    group.permissions.add(
        Permission.objects.get(codename="access_admin"),
        *Permission.objects.filter(content_type__app_label="participation", content_type__model="call"),
    )
    user.groups.add(group)
    return user


@pytest.fixture
def admin(client, editor):
    client.force_login(editor)
    return client


def fields(call=None, options=None, **changes):
    """What the admin's form sends."""
    rows = (
        options
        if options is not None
        else [(option.pk, option.text) for option in call.options.all()]
        if call
        else [("", text) for text in OPTIONS]
    )
    now = timezone.localtime()
    data = {
        "title": call.title if call else QUESTION,
        "title_en": "",
        "slug": call.slug if call else "",
        "note": "",
        "note_en": "",
        "status": "announced",
        "cancel_reason": "",
        "opens_at": f"{now - timedelta(hours=1):%Y-%m-%d %H:%M}",
        "closes_at": "",
        "on_front": "on",
        "options-TOTAL_FORMS": len(rows),
        "options-INITIAL_FORMS": sum(bool(pk) for pk, _ in rows),
        "options-MIN_NUM_FORMS": 2,
        "options-MAX_NUM_FORMS": 12,
        **changes,
    }
    for number, (pk, text) in enumerate(rows):
        row = {"id": pk, "text": text, "text_en": "", "ORDER": number + 1, "DELETE": ""}
        data |= {f"options-{number}-{name}": value for name, value in row.items()}
    return data


def test_an_editor_makes_a_poll_that_visitors_see(admin, editor):
    assert admin.get(address("add")).status_code == 200
    answer = admin.post(address("add"), fields())
    assert answer.status_code == 302, answer.context["form"].errors
    call = Call.objects.get()
    assert (call.slug, call.status) == ("ban-quan-tam-nhat-den-chinh-sach-nao", "announced")
    assert [option.text for option in call.options.all()] == OPTIONS
    assert OPTIONS[0] in admin.get(f"/tham-gia/{call.slug}/").content.decode()
    assert Entry.objects.filter(object_type="participation.call", actor_text=str(editor)).exists()


def test_the_list_shows_where_each_poll_stands_and_how_many_voted(admin, make_poll):
    closes = timezone.localtime() + timedelta(days=3)
    poll = make_poll(closes_at=closes)
    for _ in range(7):
        vote(poll)
    shown = admin.get(address("list")).content.decode()
    assert QUESTION in shown
    assert "Đang mở" in shown
    assert f"{closes:%H:%M, %d/%m/%Y}" in shown
    assert ">7<" in "".join(shown.split())


def test_polls_can_be_searched(admin, poll, make_poll):
    make_poll("Câu hỏi khác?")
    shown = admin.get(address("list"), {"q": "khác"}).content.decode()
    assert "Câu hỏi khác?" in shown
    assert QUESTION not in shown


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"options": [("", "Có")]}, "Bình chọn cần từ 2 đến 12 phương án."),
        ({"options": [("", "Có"), ("", "có ")]}, "Có hai phương án giống nhau."),
        ({"closes_at": "2019-10-17 08:00"}, "Giờ đóng phải sau giờ mở."),
        ({"status": "cancelled"}, "Hãy ghi lý do huỷ"),
    ],
)
def test_what_cannot_stand_is_refused_with_a_sentence_and_keeps_what_was_typed(admin, changes, sentence):
    answer = admin.post(address("add"), fields(**changes))
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert QUESTION in answer.content.decode()
    assert not Call.objects.exists()


def test_before_the_first_ballot_everything_can_change(admin, poll):
    rows = [*[(option.pk, f"{option.text} mới") for option in poll.options.all()][:2], ("", "Thêm")]
    data = fields(poll, options=rows, title="Câu hỏi mới?")
    answer = admin.post(address("edit", poll.pk), data)
    assert answer.status_code == 302, answer.context["form"].errors
    poll = Call.objects.get()
    assert poll.title == "Câu hỏi mới?"
    assert "Thêm" in [option.text for option in poll.options.all()]


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: ({"title": "Câu hỏi khác?"}, rows),
        lambda rows: ({"title_en": "Another question?"}, rows),
        lambda rows: ({}, [(pk, f"{text} mới") for pk, text in rows]),
        lambda rows: ({}, [*rows, ("", "Thêm")]),
        lambda rows: ({"options-0-DELETE": "on"}, rows),
        lambda rows: ({"status": "draft"}, rows),
    ],
    ids=["question", "english question", "words", "one more", "one less", "draft"],
)
def test_after_the_first_ballot_what_was_voted_on_stays(admin, poll, change):
    vote(poll, 1)
    changes, rows = change([(option.pk, option.text) for option in poll.options.all()])
    answer = admin.post(address("edit", poll.pk), {**fields(poll, options=rows), **changes})
    assert answer.status_code == 200
    assert "Đã có người bình chọn nên không thể" in answer.content.decode()
    after = Call.objects.get()
    assert (after.title, after.status) == (QUESTION, "announced")
    assert [option.text for option in after.options.all()] == OPTIONS
    assert votes_of(after) == [0, 1, 0]


def test_after_the_first_ballot_times_and_note_may_still_change(admin, poll):
    vote(poll)
    later = f"{timezone.localtime() + timedelta(days=3):%Y-%m-%d %H:%M}"
    answer = admin.post(
        address("edit", poll.pk), fields(poll, closes_at=later, note="Ý kiến dùng cho kế hoạch năm sau.")
    )
    assert answer.status_code == 302, answer.context["form"].errors
    poll.refresh_from_db()
    assert poll.closes_at is not None
    assert poll.note


def test_the_edit_page_shows_the_results(admin, poll):
    for _ in range(4):
        vote(poll, 1)
    shown = "".join(admin.get(address("edit", poll.pk)).content.decode().split())
    assert "<td>Tiềnlương</td><td>4</td><td>100%</td>" in shown


def test_a_poll_is_closed_with_one_button(admin, poll, editor):
    button = reverse("participation_close", args=[poll.pk])
    assert button in admin.get(address("edit", poll.pk)).content.decode()
    assert admin.get(button).status_code == 405
    assert admin.post(button).status_code == 302
    assert Call.objects.with_state().get().state == "closed"
    assert Entry.objects.get(verb="call.closed").actor_text == str(editor)
    assert button not in admin.get(address("edit", poll.pk)).content.decode()


def test_closing_needs_the_right_to_change_polls(admin, poll, editor):
    editor.groups.get().permissions.remove(Permission.objects.get(codename="change_call"))
    admin.post(reverse("participation_close", args=[poll.pk]))
    assert Call.objects.with_state().get().state == "open"


def test_a_poll_that_was_voted_on_is_not_deleted(admin, poll):
    vote(poll)
    answer = admin.post(address("delete", poll.pk), follow=True)
    assert "Đã có người bình chọn nên không thể xoá" in answer.content.decode()
    bulk = reverse("wagtail_bulk_action", args=["participation", "call", "delete"])
    answer = admin.post(f"{bulk}?id={poll.pk}", follow=True)
    assert "Đã có người bình chọn nên không thể xoá" in answer.content.decode()
    assert votes_of(poll) == [1, 0, 0]


def test_a_poll_without_ballots_is_deleted(admin, poll):
    assert admin.post(address("delete", poll.pk)).status_code == 302
    assert not Call.objects.exists()
