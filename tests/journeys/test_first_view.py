"""What a first view of an article costs. The limits are those of ``bench/first_view.py``."""

from __future__ import annotations

import pytest
from bench.first_view import MOST_BYTES, MOST_REQUESTS, MOST_SHIFT, WIDTHS, lines, view
from playwright.sync_api import Browser

from tests.journeys.installation import Installation

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LONG = "/tin-tuc/chinh-sach-phap-luat/doc-phieu-luong/"


def longest(site: Installation) -> str:
    """The article of the seed where there is one; else a long one of the demonstration."""
    return site.base + (site.imported["url"] if site.imported else LONG)


@pytest.mark.parametrize("name", WIDTHS)
def test_the_first_view_of_an_article_is_light_and_still(
    site: Installation, chromium: Browser, name: str
) -> None:
    width, height = WIDTHS[name]
    seen = view(chromium, longest(site), width=width, height=height)
    assert seen.size <= MOST_BYTES, seen.transferred
    assert len(seen.transferred) <= MOST_REQUESTS, seen.transferred
    assert seen.shift < MOST_SHIFT
    assert any("/tien-ich/" in address for address in seen.transferred), "the live parts came too"


def test_the_front_page_does_not_move_while_it_loads(site: Installation, chromium: Browser) -> None:
    for width, height in WIDTHS.values():
        assert view(chromium, site.base + "/", width=width, height=height).shift < MOST_SHIFT


def test_an_article_reads_the_same_without_javascript(site: Installation, chromium: Browser) -> None:
    with_scripts = lines(chromium, longest(site), javascript=True)
    assert len(with_scripts) > 5
    assert lines(chromium, longest(site), javascript=False) == with_scripts
