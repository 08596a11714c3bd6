"""Asking Django for a page as nobody in particular."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.utils import translation

from congdoan.pages.cache.dependencies import Recording, recording
from congdoan.pages.cache.encoding import Headers

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]

_logger = structlog.get_logger(__name__)
_DROPPED = {
    "content-length",
    "vary",
    "etag",
    "last-modified",
    "cache-control",
    "expires",
    "x-request-id",
    "date",
}


@dataclass(frozen=True, slots=True)
class Rendered:
    """What Django answered."""

    status: str
    headers: Headers
    body: bytes
    shown: Recording

    def header(self, name: str) -> str:
        """Return the header ``name`` (lower case), or an empty string."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def is_for_everybody(self) -> bool:
        """Say whether any other visitor without a session would have got the same."""
        return not self.header("set-cookie")

    @property
    def may_be_kept(self) -> bool:
        """Say whether it may be kept: a whole page, for everybody, that forbids nothing."""
        control = self.header("cache-control")
        return (
            self.status.startswith("200")
            and self.is_for_everybody
            and not self.header("content-encoding")
            and "no-store" not in control
            and "private" not in control
        )

    def kept_headers(self) -> Headers:
        """Return the headers to keep. Browsers ask again each time (``no-cache``) and mostly get a 304."""
        kept = [(name, value) for name, value in self.headers if name.lower() not in _DROPPED]
        return [*kept, ("Cache-Control", "no-cache")]


@dataclass(frozen=True, slots=True)
class Base:
    """Host and scheme under which kept pages are rendered."""

    scheme: str
    host: str


def base() -> Base | None:
    """Return where kept pages are rendered: at BASE_URL, else at the first host of ALLOWED_HOSTS; else nowhere."""
    url = urlsplit(settings.BASE_URL)
    domain, _ = split_domain_port(url.netloc)
    if domain and validate_host(domain, settings.ALLOWED_HOSTS):
        return Base(url.scheme, url.netloc)
    plain = [host for host in settings.ALLOWED_HOSTS if not host.startswith((".", "*"))]
    return Base(url.scheme, plain[0]) if plain else None


def render(application: Application, path: str, base: Base) -> Rendered:
    """Let ``application`` render ``path`` (as in PATH_INFO) for a visitor of whom nothing is known.

    Host and scheme are those of ``base`` and no header of the asker gets in: what one visitor sends must not
    show up in the page that all others read.
    """
    answer: dict[str, Any] = {}

    def start_response(status: str, headers: Headers, exc_info: Any = None) -> None:
        answer["status"], answer["headers"] = status, headers

    # The language of the page is Django's to choose and must not stay with this thread.
    with recording() as shown, translation.override(settings.LANGUAGE_CODE):
        result = application(_nobodys_environ(path, base), start_response)
        try:
            body = b"".join(result)
        finally:
            close = getattr(result, "close", None)
            if close is not None:
                close()
    rendered = Rendered(answer["status"], answer["headers"], body, shown)
    if not rendered.is_for_everybody:
        _logger.warning("page sets a cookie and so cannot be kept", path=path)
    return rendered


def _nobodys_environ(path: str, base: Base) -> dict[str, Any]:
    domain, port = split_domain_port(base.host)
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": domain,
        "SERVER_PORT": port or ("443" if base.scheme == "https" else "80"),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": base.host,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": base.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
