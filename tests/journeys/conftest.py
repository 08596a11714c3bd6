"""One running demonstration for all journeys, and pages of a real browser on it.

``JOURNEYS_DATA_DIR`` may name the data of a demonstration (SQLite) to copy, which saves most of a minute on each run.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from tests.browser import look_over
from tests.conftest import seed_dir
from tests.journeys.installation import Installation, running

TIMEOUT = 20_000
"""Milliseconds; a machine may be busy."""

Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The demonstration with the seed page in it, where there is one, served by processes of its own."""
    seed = seed_dir() / "page.txt"
    prepared = os.environ.get("JOURNEYS_DATA_DIR")
    folder = tmp_path_factory.mktemp("journeys")
    with running(
        folder, page=seed if seed.exists() else None, prepared=Path(prepared) if prepared else None
    ) as installation:
        yield installation


@pytest.fixture
def visit(site: Installation, chromium: Browser) -> Iterator[Visit]:
    """Opens windows on the site: ``visit("/", width=360, theme="dark", javascript=False)``.

    A script error, any error on the console and any request to another host fails the test at its end. What a test
    provokes itself it names in ``but``: words of the console's message.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []
    host = urlsplit(site.base).netloc

    def open_page(
        path: str | None = None,
        *,
        width: int = 1280,
        height: int | None = None,
        theme: str = "light",
        javascript: bool = True,
        but: str | None = None,
    ) -> Page:
        context = chromium.new_context(
            base_url=site.base,
            viewport={"width": width, "height": height or (740 if width < 640 else 900)},
            color_scheme="dark" if theme == "dark" else "light",
            java_script_enabled=javascript,
            has_touch=width < 640,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
        )
        contexts.append(context)

        def note(message: ConsoleMessage) -> None:
            if message.type == "error" and not (but and but in message.text):
                faults.append(f"console on {message.page.url if message.page else '?'}: {message.text}")

        def check_host(request: Request) -> None:
            parts = urlsplit(request.url)
            if parts.scheme not in ("data", "blob") and parts.netloc != host:
                faults.append(f"request to another host: {request.url}")

        context.on("console", note)
        context.on("request", check_host)
        context.on("weberror", lambda error: faults.append(f"script error: {error.error}"))
        page = context.new_page()
        page.set_default_timeout(TIMEOUT)
        page.set_default_navigation_timeout(TIMEOUT)
        if path is not None:
            page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


def settled(page: Page) -> Page:
    """Wait until nothing more arrives, then look the page over: accessible, and nobody scrolls sideways."""
    look_over(page)
    return page


def sign_in(page: Page, site: Installation, role: str, *, to: str = "/quan-tri/") -> Page:
    """Sign in through the form as the demo user with ``role`` and arrive at ``to``."""
    name, password = site.user(role)
    page.goto(to)
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()
    secret = site.totp_secret(role)
    if secret is not None:
        page.wait_for_url("**/xac-thuc/**")
        # A code is taken once; another journey may have just used this one.
        page.get_by_label("Mã xác thực").fill(site.totp_code(secret))
        page.get_by_role("button", name="Xác nhận").click()
    page.wait_for_url(f"**{to}")
    return page
