"""Headers, proxies, files: what keeps readers and officers safe."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from django.http import HttpRequest, HttpResponse

from congdoan.config.middleware import TrustedProxyMiddleware
from tests.factories import FileFactory, UserFactory, make_article, make_site

pytestmark = pytest.mark.django_db


def test_a_page_allows_scripts_of_our_own_and_the_one_inside_it_only(client):
    response = client.get(make_article().url)
    policy = response["Content-Security-Policy"]
    scripts = re.findall(r"<script>(.*?)</script>", response.text, re.DOTALL)
    hashes = {
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in scripts
    }

    sources = set(re.search(r"script-src ([^;]+)", policy).group(1).split())

    assert len(scripts) == 1
    assert sources == {"'self'", *hashes}
    assert "unsafe" not in policy
    assert "object-src 'none'" in policy


def test_only_the_admin_has_a_looser_policy(client):
    make_site()
    client.force_login(UserFactory(is_superuser=True))
    assert "'unsafe-inline'" in client.get("/quan-tri/")["Content-Security-Policy"]
    assert "'unsafe-inline'" not in client.get("/lam-viec/")["Content-Security-Policy"]
    assert "http" not in client.get("/quan-tri/")["Content-Security-Policy"]


def test_pages_carry_the_usual_safe_headers(client):
    response = client.get(make_article().url)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert not response.cookies, "a reader gets no cookie"


def test_what_an_officer_sees_is_not_kept_by_anybody(client):
    make_site()
    client.force_login(UserFactory())
    assert "no-store" in client.get("/lam-viec/")["Cache-Control"]


def address_seen(settings, *, peer, forwarded, trusted=("127.0.0.1", "10.0.0.0/8")):
    settings.TRUSTED_PROXIES = list(trusted)
    request = HttpRequest()
    request.environ = {}
    request.META = {"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": forwarded, "HTTP_X_FORWARDED_PROTO": "https"}
    TrustedProxyMiddleware(lambda _: HttpResponse())(request)
    return request.META["REMOTE_ADDR"], request.META.get("wsgi.url_scheme")


def test_a_trusted_proxy_is_believed(settings):
    assert address_seen(settings, peer="127.0.0.1", forwarded="203.0.113.5") == ("203.0.113.5", "https")
    assert (
        address_seen(settings, peer="127.0.0.1", forwarded="6.6.6.6, 203.0.113.5, 10.1.1.1")[0]
        == "203.0.113.5"
    )


def test_nobody_else_is(settings):
    assert address_seen(settings, peer="198.51.100.7", forwarded="203.0.113.5") == ("198.51.100.7", None)
    assert address_seen(settings, peer="", forwarded="203.0.113.5") == ("", None)


def test_a_pdf_opens_in_the_browser_and_a_page_in_disguise_does_not(client):
    pdf = FileFactory()
    response = client.get(pdf.url)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert "sandbox" in response["Content-Security-Policy"] or response["X-Content-Type-Options"] == "nosniff"


def test_health_is_told_to_machines(client):
    assert client.get("/healthz").content == b"ok\n"
    response = client.get("/readyz")
    assert (response.status_code, response.json()["ready"]) == (200, True)
