"""Editors by mandate: the newsroom opens and closes with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from congdoan.audit.models import Entry
from congdoan.ops.actions import site
from congdoan.organisation import tasks
from congdoan.organisation.actions import editorial, mandates, officers
from congdoan.organisation.actions.mandates import Post
from congdoan.organisation.actions.officers import Person
from congdoan.organisation.errors import MandateError
from congdoan.organisation.models import Officer
from congdoan.organisation.rights import Role
from tests.factories import UserFactory
from tests.factories_organisation import MandateFactory, OfficerFactory, PositionFactory, acting

pytestmark = pytest.mark.django_db
ADMIN = "/quan-tri/"


@pytest.fixture
def groups(tree):
    site.load_base()
    return Group.objects.get(name="Biên tập viên"), Group.objects.get(name="Người duyệt")


@pytest.fixture
def editor(tree, groups):
    return MandateFactory(unit=tree["LC"], position__role=Role.EDITOR, editorial_group=groups[0])


def names(user):
    return sorted(user.groups.values_list("name", flat=True))


def opens(client):
    """Whether the editors' admin lets its own first page be seen."""
    return client.get(ADMIN).status_code == 200


def test_giving_a_mandate_lets_in_and_ending_it_shuts_out_at_the_next_request(client, tree, groups):
    by = acting(Role.ORGANISER, tree["LC"])
    officer = OfficerFactory()
    MandateFactory(officer=officer, unit=tree["LC"], position__role=Role.INSPECTOR)
    client.force_login(officer.user)
    assert not opens(client)

    post = Post(
        unit=tree["LC"],
        position=PositionFactory(role=Role.EDITOR),
        valid_from=timezone.localdate(),
        editorial_group=groups[0],
    )
    given = mandates.give(officer.pk, post, by=by)
    assert names(officer.user) == ["Biên tập viên"]
    assert opens(client)

    mandates.end(given.pk, reason="Chuyển việc", by=by)
    assert names(officer.user) == []
    assert not opens(client)
    assert Entry.objects.filter(verb="user.newsroom_groups_changed").count() == 2


def test_an_end_that_nobody_told_of_is_seen_by_the_admin_itself(client, editor):
    editorial.sync(editor.officer.user)
    client.force_login(editor.officer.user)
    assert opens(client)

    # As when the last day is over: no action runs at midnight.
    editor.valid_to = timezone.localdate()
    editor.save()

    assert not opens(client)
    assert names(editor.officer.user) == []


def test_nothing_is_written_and_one_query_asked_where_nothing_differs(editor):
    editorial.sync(editor.officer.user)

    with CaptureQueriesContext(connection) as queries:
        assert editorial.sync(editor.officer.user) is False

    assert len(queries) == 1


def test_a_mandate_that_begins_later_is_taken_up_by_the_schedule(editor, groups):
    user = editor.officer.user
    editor.valid_from = timezone.localdate() + timedelta(days=1)
    editor.save()
    tasks.sync_editors()
    assert names(user) == []

    editor.valid_from = timezone.localdate()
    editor.save()
    tasks.sync_editors()
    assert names(user) == ["Biên tập viên"]


def test_signing_in_takes_up_what_has_begun(client, editor):
    client.force_login(editor.officer.user)

    assert names(editor.officer.user) == ["Biên tập viên"]


def test_departments_and_groups_named_by_mandates_are_managed_too(tree, groups, editor):
    user = editor.officer.user
    department = Group.objects.create(name="Ban Tuyên giáo")
    site.give_rights_in_admin(department)
    other = Group.objects.create(name="Không thuộc toà soạn")
    user.groups.add(department, groups[1], other)

    editorial.sync(user)

    assert names(user) == ["Biên tập viên", "Không thuộc toà soạn"]


def test_accounts_without_an_officer_and_superusers_keep_their_groups(tree, groups):
    legacy, root = UserFactory(), UserFactory(is_superuser=True)
    OfficerFactory(user=root)
    for user in (legacy, root):
        user.groups.add(groups[0])

    tasks.sync_editors()

    assert editorial.sync(legacy) is editorial.sync(root) is False
    assert names(legacy) == names(root) == ["Biên tập viên"]


def test_a_group_is_given_with_a_post_of_the_newsroom_only(tree, groups):
    post = Post(
        unit=tree["LC-SP-001"],
        position=PositionFactory(role=Role.CHAIR),
        valid_from=timezone.localdate(),
        editorial_group=groups[1],
    )

    with pytest.raises(MandateError):
        officers.add(Person("Lý A", "Sử"), post, by=acting(Role.ORGANISER, tree["LC"]))

    assert not Officer.objects.filter(first_name="Sử").exists()
