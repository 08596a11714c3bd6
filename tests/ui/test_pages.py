"""The gallery and the pages that tell of an error."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import engines
from django.test import RequestFactory
from django.urls import reverse

import congdoan.ui
from congdoan.config import views
from tests.factories import PictureFactory, UserFactory, make_site

TEMPLATES = Path(congdoan.ui.__file__).parent / "templates" / "ui"
DEMO_STRIP = "Trang trình diễn"


@pytest.mark.django_db
def test_strangers_find_no_gallery(client):
    make_site()
    client.force_login(UserFactory())

    assert client.get(reverse("ui:gallery")).status_code == 404


@pytest.mark.django_db
def test_staff_see_the_gallery(client):
    make_site()
    PictureFactory()
    client.force_login(UserFactory(is_staff=True))

    page = client.get(reverse("ui:gallery"))

    assert page.status_code == 200
    assert DEMO_STRIP not in page.content.decode()


@pytest.mark.django_db
def test_everyone_sees_the_gallery_of_the_demonstration(client, settings):
    settings.IS_DEMO = True
    make_site()

    page = client.get(reverse("ui:gallery"))

    assert page.status_code == 200
    assert DEMO_STRIP in page.content.decode()


def test_the_gallery_shows_every_component():
    shown, queue = set(), ["ui/gallery.html", "ui/desk_gallery.html"]
    while queue:
        text = (TEMPLATES.parent / queue.pop()).read_text(encoding="utf-8")
        for name in re.findall(r"\"(ui/[a-z_/]+\.html)\"", text):
            if name not in shown:
                shown.add(name)
                queue.append(name)

    live_or_of_the_desk = {"poll_slot.html", "weather_slot.html", "messages.html", "htmx.html"}
    missing = {path.name for path in (TEMPLATES / "components").iterdir()} - {
        Path(name).name for name in shown
    }
    assert missing <= live_or_of_the_desk


def test_the_mark_in_the_page_is_the_mark_in_the_file():
    in_page = (TEMPLATES / "shell" / "mark.html").read_text(encoding="utf-8")
    in_file = (TEMPLATES.parents[1] / "static" / "ui" / "mark.svg").read_text(encoding="utf-8")

    drawing = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
    assert drawing.search(in_page)[1] == drawing.search(in_file)[1]


def test_every_template_compiles():
    for path in TEMPLATES.rglob("*.html"):
        engines["django"].get_template(str(path.relative_to(TEMPLATES.parent)))


@pytest.mark.django_db
def test_a_page_that_is_not_there_offers_a_search(client):
    make_site()

    page = client.get("/khong-co-trang-nay/")

    text = page.content.decode()
    assert page.status_code == 404
    assert text.count('role="search"') == 2
    assert "<h1>Không tìm thấy trang</h1>" in text


@pytest.mark.parametrize("status", [400, 403, 500])
def test_an_error_page_needs_no_database(status, settings):
    settings.IS_DEMO = True  # this test has no access to a database: touching it would fail
    view = {400: views.bad_request, 403: views.permission_denied, 500: views.server_error}[status]
    request = RequestFactory().get("/")

    page = view(request) if status == 500 else view(request, Exception())

    assert page.status_code == status
    text = page.content.decode()
    assert "<h1>" in text
    assert DEMO_STRIP in text
    assert 'class="skip"' in text


def test_the_page_of_a_server_error_says_its_id():
    text = engines["django"].get_template("ui/errors/500.html").render({"request_id": "7f3a-01"})

    assert "<code>7f3a-01</code>" in text
