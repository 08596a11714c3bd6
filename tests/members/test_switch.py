"""With the register off it does not exist: no address, no entry, no row."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from congdoan.members import switch, urls
from congdoan.members.models import Person
from congdoan.members.queries import duplicates, movement, scope
from congdoan.organisation.rights import Right
from tests.factories_members import member

pytestmark = pytest.mark.django_db


def _example(group: str) -> str:
    """Return something that fits a group of an expression: a number, or its first alternative."""
    return "1" if group.startswith(("[0-9]", "\\d")) else group.split("|")[0]


def addresses() -> list[str]:
    """Return every address of the register, with something in place of each number."""
    found = []

    def walk(patterns, prefix):
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, route)
            elif isinstance(pattern, URLPattern):
                found.append(re.sub(r"\(\?P<\w+>([^)]+)\)", lambda group: _example(group[1]), route))

    walk(urls.urlpatterns, "/")
    return [
        "/".join(
            "1" if part.startswith("<int") else "x" if part.startswith("<") else part
            for part in route.split("/")
        )
        for route in (one.replace("^", "").replace("$", "") for one in found)
    ]


def test_there_are_addresses_to_be_hidden():
    assert len(addresses()) >= 15
    assert all(isinstance(pattern.pattern, switch.SwitchedRoute) for pattern in urls.urlpatterns)


def test_every_address_answers_as_if_it_did_not_exist(settings, chair, here):
    person = member(here)
    client, trusting = Client(enforce_csrf_checks=True), Client()
    client.force_login(chair.user)
    trusting.force_login(chair.user)
    assert client.get(reverse("members:person", args=[person.pk])).status_code == 200
    settings.MEMBERS = "off"
    for address in [*addresses(), reverse("members:person", args=[person.pk]), "/en/lam-viec/doan-vien/"]:
        assert client.get(address).status_code == 404, address
        # Nor is it told from an address where nothing ever was: by a slash at its end, by a form without its token.
        nowhere = "/lam-viec/khong-co-gi/" if address.endswith("/") else "/lam-viec/khong-co-gi.xlsx"
        for ask, ending in ((client.get, "/"), (client.post, "")):
            there, here_not = ask(nowhere.removesuffix(ending)), ask(address.removesuffix(ending))
            assert here_not.status_code == there.status_code, address
        assert trusting.post(address).status_code == 404, address
    assert Client().get("/lam-viec/doan-vien/").status_code == 404


def test_the_rail_the_start_page_and_the_rows_know_nothing_of_it(settings, client, chair, here):
    person = member(here, identity_number="010190001234")
    client.force_login(chair.user)
    assert "/lam-viec/doan-vien/" in client.get("/lam-viec/").text
    assert scope.people(chair, Right.SEE_MEMBERS).count() == 1
    settings.MEMBERS = "off"
    assert "doan-vien" not in client.get("/lam-viec/").text
    assert not scope.people(chair, Right.SEE_MEMBERS).exists()
    assert not scope.memberships(chair, Right.SEE_MEMBERS).exists()
    assert duplicates.similar(Person(identity_hash=person.identity_hash)) == []
    period = movement.Period(person.created_at.date(), person.created_at.date())
    assert movement.movement(here, period).all.closing == 0


def test_the_editors_admin_and_the_api_have_nothing_of_the_register():
    routes = []

    def walk(patterns, prefix):
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, route)
            else:
                routes.append((route, getattr(pattern.callback, "__module__", "")))

    walk(get_resolver().url_patterns, "")
    elsewhere = [
        (route, module)
        for route, module in routes
        if module.startswith("congdoan.members") and route.startswith(("quan-tri", "api"))
    ]
    assert elsewhere == []
