"""The first view of an article without its photos: what it transfers, how it moves, and that it needs no script."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bench.results import CannotRunError, Result, at_most
from bench.site import DemoSite

MOST_BYTES = 100_000
MOST_REQUESTS = 10
MOST_SHIFT = 0.02
WIDTHS = {"phone": (360, 740), "desktop": (1280, 900)}

_WATCH_SHIFT = """
window.shift = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""


@dataclass(frozen=True, slots=True)
class FirstView:
    """One view by a browser that has seen nothing of the site before. ``transferred`` maps addresses to bytes."""

    transferred: dict[str, int]
    shift: float

    @property
    def size(self) -> int:
        """Bytes over the network, headers included, compressed as they were sent."""
        return sum(self.transferred.values())


def view(browser: Any, url: str, *, width: int, height: int) -> FirstView:
    """Open ``url`` in a new window without a cache and without the photos, until the live parts have arrived."""
    context = browser.new_context(viewport={"width": width, "height": height})
    try:
        page = context.new_page()
        protocol = context.new_cdp_session(page)
        protocol.send("Network.enable")
        protocol.send("Network.setCacheDisabled", {"cacheDisabled": True})
        protocol.send("Network.setBlockedURLs", {"urls": ["*/media/*"]})
        addresses: dict[str, str] = {}
        transferred: dict[str, int] = {}

        def asked(event: dict[str, Any]) -> None:
            address = event["request"]["url"]
            if address.startswith("http") and "/media/" not in address:
                addresses[event["requestId"]] = address
                transferred.setdefault(address, 0)

        def finished(event: dict[str, Any]) -> None:
            if address := addresses.get(event["requestId"]):
                transferred[address] += int(event["encodedDataLength"])

        protocol.on("Network.requestWillBeSent", asked)
        protocol.on("Network.loadingFinished", finished)
        page.add_init_script(_WATCH_SHIFT)
        with page.expect_response("**/tien-ich/"):
            page.goto(url)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(500)
        return FirstView(transferred, float(page.evaluate("window.shift")))
    finally:
        context.close()


def lines(browser: Any, url: str, *, javascript: bool) -> list[str]:
    """Return the lines of the article at ``url`` as a reader sees them."""
    context = browser.new_context(java_script_enabled=javascript)
    try:
        page = context.new_page()
        page.goto(url)
        text = "\n".join(page.locator("main h1, main .lead, main .prose").all_inner_texts())
        return [line.strip() for line in text.splitlines() if line.strip()]
    finally:
        context.close()


def run(site: DemoSite) -> list[Result]:
    """Measure on a phone and on a desktop."""
    article = site.article()
    server = site.server(core=None)
    results = []
    with server.process, _chromium() as browser:
        url = server.base + article["path"]
        view(browser, url, width=360, height=740)  # the server's own first rendering is not what is measured
        for name, (width, height) in WIDTHS.items():
            seen = view(browser, url, width=width, height=height)
            results += [
                at_most(
                    f"first view, {name}: transferred",
                    seen.size / 1000,
                    "kB",
                    MOST_BYTES / 1000,
                    by=seen.transferred,
                ),
                at_most(f"first view, {name}: requests", len(seen.transferred), "requests", MOST_REQUESTS),
                at_most(f"first view, {name}: layout shift", seen.shift, "CLS", MOST_SHIFT),
            ]
        plain = lines(browser, url, javascript=False)
        missing = [line for line in lines(browser, url, javascript=True) if line not in plain]
    results.append(
        at_most(
            "first view: lines of text missing without JavaScript", len(missing), "lines", 0, of=len(plain)
        )
    )
    return results


@contextmanager
def _chromium() -> Iterator[Any]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise CannotRunError("playwright is not installed (make test installs it)") from error
    executable = shutil.which("chromium")
    if executable is None:
        raise CannotRunError("Debian's chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()
