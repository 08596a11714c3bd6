"""A real Chromium for journeys: one process a run, a fresh context a page. Loaded as a plugin by ``tests/conftest.py``."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PATIENCE = 20_000
"""Milliseconds to wait for what will come: a busy machine is slow, and a test that passes waits no longer for it."""
expect.set_options(timeout=PATIENCE)

_BROWSER_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


class OpenPage(Protocol):
    """Opens a page of the live server: relative addresses lead to it."""

    def __call__(self, width: int = 1280, theme: str = "light", javascript: bool = True) -> Page: ...


@pytest.fixture(scope="session")
def chromium(django_db_setup: None) -> Iterator[Browser]:
    """Debian's Chromium, started once."""
    # Playwright keeps an event loop running in this thread, which Django takes for asynchronous code: from here on it
    # refuses the database unless told otherwise, and opens connections of their own, which must know the first state of
    # the database too and be closed before it is dropped.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    first_state = {
        alias: getattr(connections[alias], "_test_serialized_contents", None) for alias in connections
    }
    with sync_playwright() as playwright:
        for alias, contents in first_state.items():
            if contents is not None:
                connections[alias]._test_serialized_contents = contents  # type: ignore[attr-defined]  # Django's own test runner sets it
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_BROWSER_FLAGS)
        yield browser
        browser.close()
        connections.close_all()


@pytest.fixture
def browser_page(
    django_db_serialized_rollback: None, live_server: Any, chromium: Browser
) -> Iterator[OpenPage]:
    """Factory of pages by width, theme and with or without JavaScript.

    A script error or a breach of the page's policy fails the test at its end, wherever it happened.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            faults.append(message.text)

    def open_page(width: int = 1280, theme: str = "light", javascript: bool = True) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 740 if width < 640 else 900},
            color_scheme="dark" if theme == "dark" else "light",
            java_script_enabled=javascript,
            locale="vi-VN",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", note)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


def arrived(page: Page) -> Page:
    """Wait until all of a page is there. A click that leads elsewhere waits for the new page's first bytes only."""
    page.wait_for_load_state("load")
    if page.locator("[data-live-url]").count():  # its live parts are asked for once the page is there
        page.wait_for_load_state("networkidle")
    return page


def assert_accessible(page: Page) -> None:
    """Fail with the places and the reasons when axe-core finds something (WCAG 2.2 A and AA, good practice)."""
    arrived(page)
    # A colour half way through its transition is nobody's colour, and what lies under the mouse begins one when the window
    # changes its size.
    page.emulate_media(reduced_motion="reduce")
    page.evaluate(
        "Promise.all(document.getAnimations().filter(one => one.effect.getComputedTiming().endTime < 5000)"
        ".map(one => one.finished.catch(() => null)))"
    )
    found = Axe().run(
        page, options={"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
    )
    page.emulate_media(reduced_motion="null")
    reasons = [
        f"{violation['id']}: {violation['help']}\n    "
        + "\n    ".join(
            f"{node['html'][:200]}  ({node['failureSummary']})" for node in violation["nodes"][:4]
        )
        for violation in found.response["violations"]
    ]
    assert not reasons, "\n".join(reasons)


@contextmanager
def unrolled(page: Page) -> Iterator[None]:
    """Make the window as high as the page: a phone's bar, wherever it lies, covers half of some button."""
    size = page.viewport_size or {"width": 360, "height": 740}
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": max(height, size["height"]) + 100})
    yield
    page.set_viewport_size(size)


def assert_fits(page: Page) -> None:
    """Fail when the page is wider than its window: nobody should scroll sideways."""
    arrived(page)
    wide = page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
        [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
        .map(e => e.outerHTML.slice(0, 120)).slice(0, 5)"""
    )
    assert wide == []


def layout_shift(page: Page, path: str) -> float:
    """Open ``path`` and return the cumulative layout shift of its first view."""
    page.add_init_script(
        """window.shift = 0; new PerformanceObserver(list => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
        }).observe({type: 'layout-shift', buffered: true});"""
    )
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    return float(page.evaluate("window.shift"))


def look_over(page: Page, name: str = "", *, pictures: str = "") -> None:
    """Check that a page fits and, all of it at once, that it is accessible; keep a picture in the folder ``pictures``."""
    assert_fits(page)
    width = (page.viewport_size or {"width": 360})["width"]
    with unrolled(page):
        assert_accessible(page)
        if pictures:
            page.screenshot(path=Path(pictures) / f"{name}-{width}.png")
