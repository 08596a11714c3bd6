"""On a phone a member puts their number right by keyboard and sees who read the record; every page is looked at."""

from __future__ import annotations

import os

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from congdoan.members import crypto
from congdoan.members.actions import cards, corrections, reading, requests
from congdoan.members.actions.catalogue import load_consent_texts
from congdoan.organisation.queries.capacities import capacity_for
from congdoan.organisation.rights import Role
from tests.browser import look_over
from tests.factories import UserFactory, make_site
from tests.factories_members import member
from tests.factories_organisation import acting, plant

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("OWN_PICTURES", "")
"""A folder for pictures of every page, to look at."""


@pytest.fixture
def scene(db):
    with transaction.atomic():
        make_site()
    tree = plant()
    load_consent_texts()
    chair, records = acting(Role.CHAIR, tree["LC-SP-001"]), acting(Role.RECORDS, tree["LC"])
    me = member(
        tree["LC-SP-001"],
        user=UserFactory(),
        first_name="Dín",
        phone="0911000222",
        identity_number="010190001234",
    )
    reading.open_person(chair, me.pk, reason="hỏi thăm khi ốm")
    return {"chair": chair, "records": records, "me": me}


@pytest.fixture
def opened(browser_page, live_server):
    def open_as(user, width=360, theme="light"):
        page = browser_page(width=width, theme=theme)
        client = Client()
        client.force_login(user)
        page.context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                    "url": live_server.url,
                }
            ]
        )
        return page

    return open_as


def look(page, name):
    look_over(page, name, pictures=PICTURES)


def test_a_member_corrects_their_phone_by_keyboard_and_sees_who_read_the_record(opened, scene):
    page = opened(scene["me"].user)
    page.goto("/ca-nhan/")
    look(page, "own")
    page.get_by_role("link", name="Sửa thông tin liên hệ").focus()
    page.keyboard.press("Enter")
    field = page.get_by_label("Điện thoại")
    expect(field).to_have_value("0911000222")
    look(page, "contacts")
    field.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("0988 777 666")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã lưu.")).to_be_visible()
    expect(page.get_by_text("0988777666")).to_be_visible()
    page.get_by_role("link", name="Ai đã đọc hồ sơ của tôi").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("hỏi thăm khi ốm")).to_be_visible()
    expect(page.get_by_text("0911000222")).to_have_count(0)
    look(page, "readers")


@pytest.mark.parametrize(("width", "theme"), [(360, "dark"), (1280, "light")])
def test_every_page_fits_and_is_accessible(opened, scene, width, theme):
    me = capacity_for(scene["me"].user)
    asked = corrections.ask(me, "first_name", "Dính", note="theo căn cước")
    deletion = requests.ask(me, "deletion", "Tôi đã nghỉ việc")
    card = cards.issue(scene["chair"], scene["me"].pk)
    places = {
        scene["me"].user: ["/ca-nhan/", "/ca-nhan/dong-y/", "/ca-nhan/dinh-chinh/", "/ca-nhan/yeu-cau/"],
        scene["chair"].user: [
            reverse("members:requests"),
            reverse("members:correction", args=[asked.pk]),
            reverse("members:card", args=[scene["me"].pk]),
        ],
        scene["records"].user: [
            reverse("members:data_request", args=[deletion.pk]),
            reverse("members:erase", args=[deletion.pk]),
            reverse("members:reading_log"),
        ],
        UserFactory(): ["/ca-nhan/", reverse("members:card_check", args=[crypto.decrypt(card.token_cipher)])],
    }
    for who, (user, addresses) in enumerate(places.items()):
        page = opened(user, width, theme)
        for number, address in enumerate(addresses):
            page.goto(address)
            look(page, f"{who}-{number}-{theme}")
