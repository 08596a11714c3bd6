"""The rail of the desk: who sees what, where one is, and what a phone has room for."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory

from congdoan.ui import context_processors, rail
from congdoan.ui.rail import Entry


@pytest.fixture(autouse=True)
def _an_empty_rail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rail, "_entries", {})


def asked(path: str = "/lam-viec/") -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    return request


def add(key: str, order: int = 0, url: str = "", **more: Any) -> None:
    rail.register(
        Entry(
            key=key,
            order=order,
            icon="inbox",
            title=key,
            url=lambda _request: url or f"/lam-viec/{key}/",
            **more,
        )
    )


def current(path: str) -> list[str]:
    return [item.title for item in rail.menu_for(asked(path)) if item.is_current]


def test_entries_stand_in_their_order_whoever_registers_first():
    add("b", 20)
    add("a", 10)
    add("c", 20)

    assert [item.title for item in rail.menu_for(asked())] == ["a", "b", "c"]


def test_an_entry_that_a_reader_may_not_see_is_neither_shown_nor_counted():
    asked_for_count: list[str] = []

    def count(request: HttpRequest) -> int:
        asked_for_count.append("secret")
        return 7

    add("open")
    add("secret", visible=lambda request: False, count=count)

    assert [item.title for item in rail.menu_for(asked())] == ["open"]
    assert asked_for_count == []


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/lam-viec/", ["start"]),
        ("/lam-viec/don-vi/", ["don-vi"]),
        ("/lam-viec/don-vi/LC.03/sua/", ["don-vi"]),
        ("/lam-viec/ho-so/", ["start"]),
        ("/en/lam-viec/don-vi/", ["don-vi"]),
        ("/", ["public"]),
        ("/tin-tuc/", []),
    ],
)
def test_the_entry_with_the_longest_beginning_is_the_current_one(path, expected):
    add("start", url="/lam-viec/", match=("/lam-viec/",))
    add("don-vi", match=("/lam-viec/don-vi/",))
    add("public", url="/")

    assert current(path) == expected


def test_a_phone_shows_four_and_keeps_the_rest_with_what_waits_there():
    for number in range(7):
        add(f"e{number}", number, count=lambda request: 3)

    menu = rail.menu_for(asked("/lam-viec/e5/"))

    assert [item.title for item in menu.first] == ["e0", "e1", "e2", "e3"]
    assert [item.title for item in menu.rest] == ["e4", "e5", "e6"]
    assert menu.count_in_rest == 9
    assert menu.is_current_in_rest


def test_two_entries_cannot_share_a_key():
    add("members")

    with pytest.raises(ValueError, match="members"):
        rail.register(Entry(key="members", order=1, icon="users", title="x", url="desk:start"))


def test_nobody_is_asked_until_a_page_of_the_desk_is_drawn():
    calls: list[str] = []

    def count(request: HttpRequest) -> int:
        calls.append(request.path)
        return 2

    add("start", count=count)
    request = asked()

    context = context_processors.desk(request)
    assert calls == []

    text = engines["django"].get_template("ui/desk.html").render({**context, "request": request})
    assert calls == ["/lam-viec/"]
    assert "rail__count" in text


def test_an_entry_may_name_its_address():
    rail.register(Entry(key="start", order=0, icon="inbox", title="Việc", url="desk:start"))

    assert [item.url for item in rail.menu_for(asked())] == ["/lam-viec/"]
