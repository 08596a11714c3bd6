"""Every address, asked by each role: what they get is what the table says, and no address is missing from it.

``tests/access_matrix.txt`` is the table. A line that is missing is printed by the failure as it was answered, to be
judged and put there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from tests.access_routes import ROLES, Route, Row, gone, line_of, routes, table, unlisted
from tests.access_scene import Scene

SIGN_IN = "in"
"""What the table writes for "sent to sign in"."""

OUTSIDERS = ("visitor", "leader", "chair", "member")
"""Roles that have nothing to do in the newsroom."""

_SAMPLES = {"IntConverter": "1", "UUIDConverter": "00000000-0000-4000-8000-000000000000"}
_UNQUOTED = str.maketrans("", "", "^$\\")
_PARAMETER = re.compile(r"\(\?P<(\w+)>[^)]*\)|<(?:[^:>]+:)?([^>]+)>")


class Asker:
    """Asks as each role, and leaves no trace: every request is rolled back."""

    def __init__(self) -> None:
        self.scene = Scene()
        self.cookies: dict[str, dict[str, str]] = {"visitor": {}}
        for role, capacity in self.scene.people.items():
            client = Client()
            client.force_login(capacity.user)
            self.cookies[role] = {name: morsel.value for name, morsel in client.cookies.items()}

    def ask(self, role: str, method: str, path: str) -> str:
        """Return what ``role`` gets: a status, or "in"."""
        cache.clear()
        client = Client(raise_request_exception=True)
        for name, value in self.cookies[role].items():
            client.cookies[name] = value
        with transaction.atomic():
            response = client.generic(method, path)
            transaction.set_rollback(True)
        if response.status_code == 302 and _is_sign_in(response.headers["Location"]):
            return SIGN_IN
        return str(response.status_code)

    def answers(self, route: Route, row: Row) -> dict[str, str]:
        """Return what each role gets."""
        return {role: self.ask(role, row.method, self._path(route, row, role)) for role in ROLES}

    def _path(self, route: Route, row: Row, role: str) -> str:
        values = {name: self.scene.value(value, role) for name, value in row.objects}
        if "url" in values:
            return "/" + values["url"].lstrip("/")
        return "/" + _filled(route.pattern, values)


def _filled(pattern: str, values: Mapping[str, str]) -> str:
    """Put values in the places of a pattern, written as a path or as a regular expression."""
    path = _PARAMETER.sub(lambda found: values[found.group(1) or found.group(2)], pattern)
    return path.translate(_UNQUOTED)


def _is_sign_in(location: str) -> bool:
    return location.startswith(("/dang-nhap/", "/quan-tri/login/"))


@pytest.fixture
def asker(db: Any) -> Asker:
    """Somebody of each role."""
    return Asker()


def test_every_address_gives_each_role_what_the_table_says(asker: Asker) -> None:
    known = {route.name: route for route in routes()}
    rows = table()
    wrong = []
    for row in rows:
        if row.route in known:
            found = asker.answers(known[row.route], row)
            if found != row.answers:
                was = {
                    role: (row.answers[role], found[role])
                    for role in ROLES
                    if row.answers[role] != found[role]
                }
                wrong.append(f"line {row.line}, {row.route}: (table, found) {was}")
                wrong.append(f"    {line_of(row.route, row.method, row.objects, found)}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_no_address_is_missing_from_the_table() -> None:
    missing, over = unlisted(routes(), table()), gone(routes(), table())

    assert not missing, f"put a line into tests/access_matrix.txt for: {missing}"
    assert not over, f"the table speaks of addresses that are gone: {over}"


def test_a_line_taken_away_is_missed() -> None:
    rows = table()
    assert unlisted(routes(), [row for row in rows if row.route != "organisation:officer"]) == [
        "organisation:officer"
    ]
    assert "no:such" in gone(routes(), [*rows, Row(0, "no:such", "GET", (), {})])


def test_a_wrong_answer_is_seen(asker: Asker) -> None:
    route = next(route for route in routes() if route.name == "organisation:officer")
    row = next(row for row in table() if row.route == route.name and row.is_own)

    assert asker.answers(route, row)["chair"] == "200"
    foreign = Row(0, route.name, "GET", (("pk", "foreign.officer"),), {})
    assert asker.answers(route, foreign)["chair"] == "404"


def test_an_object_of_ones_own_stands_in_the_table_beside_a_foreign_one() -> None:
    own = {(row.route, row.method) for row in table() if row.is_own}
    foreign = {(row.route, row.method) for row in table() if row.is_foreign}

    assert own
    assert own == foreign


@pytest.mark.parametrize("row", table(), ids=lambda row: f"{row.line}-{row.route}")
def test_the_table_keeps_the_laws_of_access(row: Row) -> None:
    """Foreign rows are not found, a visitor signs in (401 in the API), and what a visitor gets everybody gets."""
    if row.is_foreign and row.answers["visitor"] in (SIGN_IN, "401"):
        inside = set(row.answers) - {"visitor", "admin"}
        assert {row.answers[role] for role in inside} <= {"403", "404", "405"}
    if row.route.startswith(("desk:", "notices:", "members:")) and not row.route.startswith("members:card"):
        assert row.answers["visitor"] in (SIGN_IN, "405")
    if row.route.startswith("api:") and row.answers["visitor"] != row.answers["chair"]:
        assert row.answers["visitor"] == "401"
    if row.answers["visitor"] == "200":
        assert set(row.answers.values()) <= {"200", "302"}


@pytest.mark.parametrize("role", OUTSIDERS)
def test_the_newsroom_is_closed_to_whoever_is_no_editor(asker: Asker, role: str) -> None:
    listed = {row.route for row in table()}
    asked, wrong = 0, []
    for route in routes():
        if not route.is_newsroom or route.name in listed:
            continue
        answer = asker.ask(role, "GET", _sample(route))
        asked += 1
        if answer not in ((SIGN_IN,) if role == "visitor" else (SIGN_IN, "403", "302")):
            wrong.append(f"{route.name} {route.pattern}: {answer}")
    assert asked > 200
    assert not wrong, "\n".join(wrong)


def _sample(route: Route) -> str:
    kinds = dict(route.converters)
    path = _filled(
        route.pattern,
        defaultdict(lambda: "1", {name: _SAMPLES.get(kind, "x") for name, kind in kinds.items()}),
    )
    assert not set(path) & set("(<\\"), f"write a line with url= for {route.name} ({route.pattern})"
    return "/" + path
