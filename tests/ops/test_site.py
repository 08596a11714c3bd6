"""What every new site starts with."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Page, Site, Workflow

from congdoan.accounts.models import User
from congdoan.ops.actions import administrators, site
from congdoan.pages.models import SiteSettings

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Page:
    assert site.load_base()
    return Page.objects.get(depth=2)


def member(group: str) -> User:
    user = User.objects.create(username=group)
    user.groups.add(Group.objects.get(name=group))
    return user


def test_the_addresses_of_the_contract_are_there(home):
    slugs = {page.slug for page in home.get_children().live()}
    assert slugs >= {
        "tin-tuc",
        "album",
        "ban-tin",
        "lien-ket",
        "gioi-thieu",
        "lien-he",
        "tro-nang",
        "quyen-rieng-tu",
    }


def test_every_page_was_published_and_has_a_revision(home):
    for page in Page.objects.filter(depth__gte=2):
        assert page.live
        assert page.latest_revision is not None


def test_a_second_time_changes_nothing_even_after_an_editor_did(home):
    home.get_children().get(slug="lien-ket").delete()
    assert not site.load_base()
    assert not Page.objects.filter(slug="lien-ket").exists()


def test_the_menu_is_short(home):
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    assert 0 < settings.menu_entries.count() <= 7


def test_the_site_answers_under_its_address(home, settings):
    settings.BASE_URL = "https://congdoan.example"
    site.point_site_at_address()
    assert Site.objects.get(is_default_site=True).root_url == "https://congdoan.example"


def test_editors_write_but_do_not_publish(home):
    news = home.get_children().get(slug="tin-tuc")
    rights = news.permissions_for_user(member("Biên tập viên"))
    assert rights.can_add_subpage()
    assert not rights.can_publish_subpage()
    assert not home.permissions_for_user(User.objects.get(username="Biên tập viên")).can_edit()


def test_approvers_publish(home):
    assert (
        home.get_children()
        .get(slug="tin-tuc")
        .permissions_for_user(member("Người duyệt"))
        .can_publish_subpage()
    )


def test_what_editors_send_in_goes_to_the_approvers(home):
    workflow = home.get_children().get(slug="tin-tuc").get_workflow()
    assert workflow is not None
    task = workflow.tasks.get().specific
    assert [group.name for group in task.groups.all()] == ["Người duyệt"]
    assert Workflow.objects.count() == 1


def test_wagtails_own_groups_are_gone(home):
    assert set(Group.objects.values_list("name", flat=True)) == {"Biên tập viên", "Người duyệt"}


def test_an_administrator_is_made_with_their_name_in_vietnamese_order():
    user = administrators.create(username="hoa", password="mot-cau-dai-kho-doan", name="Nguyễn Thị Hoa")
    assert user.is_superuser
    assert user.get_full_name() == "Nguyễn Thị Hoa"
    assert user.first_name == "Hoa"


@pytest.mark.parametrize(("username", "password"), [("hoa", "mot-cau-dai-kho-doan"), ("moi", "12345678")])
def test_a_taken_name_and_a_weak_password_are_refused(username, password):
    User.objects.create(username="hoa")
    with pytest.raises(administrators.AccountRefusedError) as refused:
        administrators.create(username=username, password=password)
    assert refused.value.user_message
    assert User.objects.count() == 1
