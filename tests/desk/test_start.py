"""What waits for an officer, what they did last, their unit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from congdoan.desk import actions
from congdoan.desk.lines import line
from congdoan.notices import glance, waiting
from congdoan.notices.actions import notices
from congdoan.notices.glance import Glance
from congdoan.notices.kinds import Kind
from congdoan.notices.waiting import Waiting
from tests.factories import UserFactory, make_article
from tests.portal.newsroom import make_newsroom

pytestmark = pytest.mark.django_db
START = "/lam-viec/"


@pytest.fixture
def sources(monkeypatch):
    """Registries that a test may add to; what apps registered stays."""
    monkeypatch.setattr(waiting, "_sources", dict(waiting._sources))
    monkeypatch.setattr(glance, "_sources", dict(glance._sources))


def test_a_visitor_is_sent_to_sign_in(client):
    assert client.get(START).headers["Location"] == f"/dang-nhap/?next={START}"


def test_somebody_without_rights_sees_that_nothing_waits(client):
    other = UserFactory(is_superuser=True)
    make_article(publish=False, title="Bản nháp của người khác", owner=other).save_revision(user=other)
    client.force_login(UserFactory())
    text = client.get(START).text
    assert "Không có việc nào đang chờ" in text
    assert "Bạn chưa được giao chức vụ ở đơn vị nào" in text
    assert "Bản nháp của người khác" not in text
    assert "/quan-tri/" not in text


def test_an_editor_sees_drafts_of_their_own_only(client):
    me, other = UserFactory(is_superuser=True), UserFactory(is_superuser=True)
    for owner, title in ((me, "Bản nháp của tôi"), (other, "Bản nháp của người khác")):
        make_article(publish=False, title=title, owner=owner).save_revision(user=owner)
    client.force_login(me)
    text = client.get(START).text
    assert "Bản nháp của tôi" in text
    assert "Bản nháp của người khác" not in text


def test_what_is_scheduled_is_listed_with_its_hour(client):
    me = UserFactory(is_superuser=True)
    at = timezone.now() + timedelta(days=1)
    article = make_article(publish=False, title="Hẹn giờ", owner=me)
    article.save_revision(user=me, approved_go_live_at=at)
    client.force_login(me)
    assert timezone.localtime(at).strftime("%H:%M, %d/%m/%Y") in client.get(START).text


def test_an_approver_sees_what_waits_for_their_group_and_an_editor_does_not(client):
    scene = make_newsroom()
    article = make_article(scene.ours, publish=False, title="Bài chờ duyệt", owner=scene.editor)
    article.save_revision(user=scene.editor)
    article.get_workflow().start(article, scene.editor)
    for person, sees in (
        (scene.approver, True),
        (scene.admin, True),
        (scene.editor, False),
        (UserFactory(), False),
    ):
        client.force_login(person)
        found = client.get(START).context["lines"]
        assert [(row.item.title, row.item.kind) for row in found] == [("Bài chờ duyệt", "to_review")] * sees


def test_what_another_department_has_scheduled_is_not_listed(client):
    scene = make_newsroom()
    scene.their_draft.save_revision(approved_go_live_at=timezone.now() + timedelta(days=1))
    scene.our_article.save_revision(approved_go_live_at=timezone.now() + timedelta(days=2))
    client.force_login(scene.department)
    assert [item.title for item in client.get(START).context["scheduled"]] == [scene.our_article.title]
    client.force_login(scene.admin)
    assert [item.title for item in client.get(START).context["scheduled"]] == [
        scene.their_draft.title,
        scene.our_article.title,
    ]


def test_what_an_editor_did_last_is_said_in_words_and_leads_back(client):
    me = UserFactory(is_superuser=True)
    article = make_article(publish=False, title="Hội nghị người lao động", owner=me)
    article.save_revision(user=me).publish(user=me)
    client.force_login(me)
    answer = client.get(START)
    assert next((item.sentence, item.title) for item in answer.context["recent"]) == (
        "Xuất bản",
        "Hội nghị người lao động",
    )
    assert f'href="/quan-tri/pages/{article.pk}/edit/"' in answer.text
    assert "wagtail." not in answer.text


def test_what_a_former_editor_did_no_longer_leads_into_the_newsroom(client):
    me = UserFactory(is_superuser=True)
    article = make_article(publish=False, title="Bài cũ", owner=me)
    article.save_revision(user=me).publish(user=me)
    me.is_superuser = False
    me.save()
    client.force_login(me)
    text = client.get(START).text
    assert "Bài cũ" in text
    assert "/quan-tri/" not in text


def test_each_line_has_one_action_and_says_how_late_it_is(client, sources):
    today = timezone.localdate()
    waiting.register(
        "reports",
        lambda _request: [
            Waiting(
                title="Báo cáo quý III",
                kind=Kind.DUE,
                url="/lam-viec/bao-cao/1/",
                action="Nộp báo cáo",
                due_on=today - timedelta(days=3),
            )
        ],
        title="báo cáo",
    )
    client.force_login(UserFactory())
    answer = client.get(START)
    assert "Quá hạn 3 ngày" in answer.text
    assert '<a class="btn btn--secondary" href="/lam-viec/bao-cao/1/">Nộp báo cáo' in answer.text
    assert next(iter(answer.context["desk_menu"])).count == 1


@pytest.mark.parametrize(
    ("days", "status", "label"),
    [
        (-1, "late", "Quá hạn 1 ngày"),
        (0, "waiting", "Hạn hôm nay"),
        (1, "waiting", "Hạn ngày mai"),
        (7, "waiting", "Còn 7 ngày"),
        (8, "neutral", "Còn 8 ngày"),
        (None, "neutral", "Đến hạn"),
    ],
)
def test_a_due_day_is_said_in_words(days, status, label):
    today = timezone.localdate()
    due_on = None if days is None else today + timedelta(days=days)
    shown = line(Waiting(title="x", kind=Kind.DUE, url="/", action="Làm", due_on=due_on), today)
    assert (shown.status, shown.label) == (status, label)


def test_a_part_that_cannot_be_read_is_named_and_the_rest_stands(client, sources):
    def broken(_request):
        raise ValueError("hỏng")

    waiting.register("reports", broken, title="báo cáo")
    me = UserFactory(is_superuser=True)
    make_article(publish=False, title="Bản nháp của tôi", owner=me).save_revision(user=me)
    client.force_login(me)
    text = client.get(START).text
    assert "Danh sách dưới đây còn thiếu: báo cáo." in text
    assert "Bản nháp của tôi" in text


def test_facts_of_the_unit_stand_beside_the_work(client, sources):
    glance.register("test-members", lambda _request: [Glance("Đoàn viên", 12076), Glance("Nữ", None)])
    client.force_login(UserFactory())
    text = client.get(START).text
    assert "12.076" in text
    assert "chưa có" in text


def test_the_tour_greets_once_and_can_be_skipped_without_scripts(client):
    me, other = UserFactory(), UserFactory()
    client.force_login(me)
    first = client.get(START)
    assert len(first.context["tour"]) == 3
    assert 'action="/lam-viec/gioi-thieu/"' in first.text
    for _time in range(2):
        assert client.post("/lam-viec/gioi-thieu/").headers["Location"] == START
    assert "data-tour" not in client.get(START).text
    client.force_login(other)
    assert "data-tour" in client.get(START).text


def test_looking_does_not_end_the_tour(client):
    client.force_login(UserFactory())
    assert client.get("/lam-viec/gioi-thieu/").status_code == 405
    assert "data-tour" in client.get(START).text


@pytest.mark.parametrize("count", [1, 60])
def test_the_start_page_asks_at_most_fifteen_queries_however_much_there_is(
    client, django_assert_max_num_queries, count
):
    scene = make_newsroom()
    me = scene.approver
    for number in range(min(count, 9)):
        article = make_article(scene.ours, publish=False, title=f"Nháp {number}", owner=me)
        article.save_revision(user=me)
        other = make_article(scene.ours, publish=False, title=f"Hẹn {number}", owner=me)
        other.save_revision(user=me, approved_go_live_at=timezone.now() + timedelta(days=1))
    for number in range(count):
        notices.tell([me], Kind.NEWS, f"news:{number}", f"Tin {number}")
    actions.note_tour_seen(me)
    client.force_login(me)
    client.get(START)
    with django_assert_max_num_queries(15):
        assert client.get(START).status_code == 200


def test_many_lines_fold_behind_the_first(client, sources):
    waiting.register(
        "many",
        lambda _request: [
            Waiting(title=f"Việc {n}", kind=Kind.TO_ANSWER, url="/", action="Trả lời") for n in range(60)
        ],
        title="việc",
    )
    client.force_login(UserFactory())
    answer = client.get(START)
    assert "Xem thêm 48 việc" in answer.text
    assert answer.text.count("Trả lời<") == 60
