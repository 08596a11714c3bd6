"""Pages of public figures are kept, and never for longer than they are right."""

from __future__ import annotations

from typing import Any

import pytest

from congdoan.ops.refresher import TELL_PAUSE, Refresher
from congdoan.organisation.models import UnitName
from congdoan.organisation.rights import Role
from congdoan.pages.models.cache import Purge
from congdoan.reporting.actions.announcing import announce
from congdoan.reporting.actions.configuring.indicators import set_openness
from congdoan.reporting.models import Indicator, Sheet
from congdoan.reporting.queries.public import TAG
from tests.factories_organisation import acting, plant
from tests.factories_reporting import chair, counted, sent, sheet
from tests.pages.conftest import Visitor

pytestmark = pytest.mark.django_db

LIST, ONE = "/so-lieu/", "/so-lieu/chi-tieu/law.sessions/"
PAGES = (LIST, "/en/so-lieu/", ONE, "/en/so-lieu/chi-tieu/law.sessions/")


@pytest.fixture
def form(visitor: Visitor) -> Sheet:
    """A sheet with one accepted report of 2019; all four pages are kept."""
    units = plant()
    made = sheet(units["LC"])
    report(units, made, 2, "1500")
    for page in PAGES:
        assert visitor.get(page).status == 200
    return made


def report(units: Any, made: Sheet, number: int, sessions: str) -> None:
    by, district = chair(units["LC-SP-001"]), acting(Role.MIDDLE, units["LC-SP"])
    counted(sent(units["LC-SP-001"], 2019, number, made, by, law__sessions=sessions), district)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_rendered_once_for_all_visitors(visitor: Visitor, form: Sheet, page: str) -> None:
    for _reader in range(3):
        assert b"1.500" in visitor.get(page).body or b"1,500" in visitor.get(page).body
    assert visitor.times_rendered(page) == 1
    assert TAG in visitor.cache.entries[page].tags


def test_a_search_and_a_page_that_is_not_there_are_not_kept(visitor: Visitor, form: Sheet) -> None:
    for _reader in range(2):
        visitor.get(LIST, query="q=buoi")
        assert visitor.get("/so-lieu/chi-tieu/no.such/").status == 404
    assert "/so-lieu/chi-tieu/no.such/" not in visitor.cache.entries
    assert visitor.times_rendered(LIST) == 3


def test_totals_that_move_on_are_on_every_page_once_they_are_announced(
    visitor: Visitor, form: Sheet, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        told = announce(None)
    units = {one.code: one for one in type(form.owner).objects.all()}
    report(units, form, 3, "1289")
    with django_capture_on_commit_callbacks(execute=True):
        assert announce(told) > told
    visitor.clock.now += 2
    for page in PAGES:
        body = visitor.get(page).body
        assert b"1.289" in body or b"1,289" in body
    before = Purge.objects.count()
    newest = announce(told)
    assert Purge.objects.count() == before + 1
    assert announce(newest) == newest
    assert Purge.objects.count() == before + 1


def test_what_becomes_sensitive_leaves_the_kept_pages(
    visitor: Visitor, form: Sheet, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        set_openness(
            Indicator.objects.get(code="law.sessions").pk,
            is_public=False,
            is_sensitive=True,
            topic="",
            by=acting(Role.STATISTICS, form.owner),
        )
    visitor.clock.now += 2
    assert b"1.500" not in visitor.get(LIST).body
    assert visitor.get(ONE).status == 404


def test_another_name_of_the_unit_is_on_the_kept_pages_and_that_of_others_disturbs_none(
    visitor: Visitor, form: Sheet, django_capture_on_commit_callbacks: Any
) -> None:
    other = UnitName.objects.exclude(unit=form.owner).first()
    before = Purge.objects.filter(tags=[TAG]).count()
    with django_capture_on_commit_callbacks(execute=True):
        other.save()
    assert Purge.objects.filter(tags=[TAG]).count() == before
    mine = UnitName.objects.get(unit=form.owner)
    mine.name = "Liên đoàn Lao động tỉnh Mới"
    with django_capture_on_commit_callbacks(execute=True):
        mine.save()
    visitor.clock.now += 2
    assert "Liên đoàn Lao động tỉnh Mới" in visitor.get(LIST).body.decode()


def test_batch_after_batch_has_pages_rendered_anew_only_every_few_seconds(
    form: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr("congdoan.ops.refresher.time.monotonic", lambda: now[0])
    epochs = iter(range(1, 100))
    asked: list[int | None] = []

    def moved(told: int | None) -> int:
        asked.append(told)
        return next(epochs)

    monkeypatch.setattr("congdoan.ops.refresher.announcing.announce", moved)
    thread = Refresher()
    for _batch in range(20):
        thread._tell_readers()  # the thread's own step, without its waiting
        now[0] += 0.5
    assert len(asked) == 1 + int(9.5 // TELL_PAUSE)
    assert asked[:2] == [None, 1]
