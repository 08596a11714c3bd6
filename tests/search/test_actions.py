"""The index follows the data: nothing is lost, nothing stays, whatever dies in between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pytest
from django.db import transaction

from congdoan.search import actions, queries, sources
from congdoan.search.engine import Document, Query
from congdoan.search.models import Pending

STATE: dict[str, str] = {}
BROKEN: set[str] = set()


def _documents(keys: Sequence[str]) -> Iterator[Document]:
    for key in keys:
        if key in BROKEN:
            raise ZeroDivisionError
        if key in STATE:
            yield Document(kind="thing", key=key, title=STATE[key], url=f"/{key}/")


@pytest.fixture(autouse=True)
def things(monkeypatch: pytest.MonkeyPatch) -> Iterable[dict[str, str]]:
    """A kind of thing that lives in a dict."""
    monkeypatch.setattr(sources, "_sources", {})
    sources.register(sources.Source("thing", "Thứ", _documents, lambda: list(STATE)))
    STATE.clear()
    BROKEN.clear()
    return STATE


def found(text: str = "") -> list[str]:
    results = queries.search(Query(text))
    assert results is not None
    return sorted(hit.key for hit in results.hits)


@pytest.mark.django_db(transaction=True)
def test_a_change_is_found_as_soon_as_it_is_committed(things):
    actions.rebuild()
    things["1"] = "Đình công"
    with transaction.atomic():
        actions.note_changed("thing", 1)
        assert found() == []

    assert found("dinh cong") == ["1"]
    assert not Pending.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_never_happened(things):
    actions.rebuild()
    things["1"] = "Đình công"

    def change_and_fail() -> None:
        with transaction.atomic():
            actions.note_changed("thing", 1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_and_fail()

    assert not Pending.objects.exists()
    assert found() == []


@pytest.mark.django_db(transaction=True)
def test_many_changes_at_once_are_left_to_the_worker(things):
    actions.rebuild()
    with transaction.atomic():
        for number in range(150):
            things[str(number)] = f"Tin {number}"
            actions.note_changed("thing", number)
    assert found() == []

    assert actions.drain() == 150
    assert queries.search(Query("tin")).total == 150


@pytest.mark.django_db
def test_a_crash_between_the_index_and_the_outbox_does_the_work_twice_and_loses_nothing(things, monkeypatch):
    actions.rebuild()
    things["1"] = "Tên mới"
    actions.note_changed("thing", 1)

    def dies(*_args: object, **_kwargs: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr("django.db.models.query.QuerySet.delete", dies)
        with pytest.raises(SystemExit):
            actions.drain()
    assert found("tên mới") == ["1"]
    assert Pending.objects.count() == 1

    del things["1"]  # and meanwhile it was deleted
    assert actions.drain() == 1
    assert found() == []
    assert not Pending.objects.exists()


@pytest.mark.django_db
def test_a_crash_before_the_index_has_it_leaves_it_in_the_outbox(things, monkeypatch):
    actions.rebuild()
    things["1"] = "Tên mới"
    actions.note_changed("thing", 1)

    def dies(*_args: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr("congdoan.search.engine.storing.add", dies)
        with pytest.raises(SystemExit):
            actions.drain()

    assert found() == []
    assert actions.drain() == 1
    assert found() == ["1"]


@pytest.mark.django_db
def test_a_missing_index_is_built_by_the_worker_and_until_then_search_says_so(things):
    things["1"] = "Có trước khi có chỉ mục"
    assert queries.search(Query("chi muc")) is None

    actions.drain()

    assert found("chi muc") == ["1"]


@pytest.mark.django_db
def test_one_thing_that_cannot_be_read_does_not_stop_the_others(things):
    actions.rebuild()
    for key in ("1", "2", "3"):
        things[key] = "Tin"
        actions.note_changed("thing", key)
    BROKEN.add("2")

    assert actions.drain() == 2
    assert found() == ["1", "3"]
    assert Pending.objects.get().tries == 1

    BROKEN.clear()
    assert actions.drain() == 1
    assert found() == ["1", "2", "3"]


@pytest.mark.django_db
def test_a_kind_that_nobody_knows_any_more_is_dropped(things):
    actions.rebuild()
    actions.note_changed("gone", 1)
    assert actions.drain() == 1
    assert not Pending.objects.exists()


def test_an_engine_that_does_not_exist_is_refused_before_anything_runs(settings):
    from congdoan.search.apps import _check_engine

    assert _check_engine() == []
    settings.SEARCH_URL = "http://opensearch:9200"
    (error,) = _check_engine()
    assert "SEARCH_URL" in error.msg
