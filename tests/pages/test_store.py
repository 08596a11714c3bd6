"""The kept pages of one process, without Django behind them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

import pytest

from congdoan.pages.cache.dependencies import Recording
from congdoan.pages.cache.entries import GRACE, GRACE_FIRST, Entry
from congdoan.pages.cache.rendering import Rendered
from congdoan.pages.cache.store import RENEWED_WITHIN, PageCache


def page(text: str = "trang", *, tags: Iterable[str] = (), pk: int | None = None, **headers: str) -> Rendered:
    """Return what Django would answer."""
    own = {f"page:{pk}"} if pk else set()
    return Rendered(
        "200 OK",
        [
            ("Content-Type", "text/html; charset=utf-8"),
            *((k.replace("_", "-"), v) for k, v in headers.items()),
        ],
        text.encode(),
        Recording({*tags, *own}, pk),
    )


def plain(entry: object) -> str:
    """Return the text of a kept page."""
    assert isinstance(entry, Entry)
    return entry.variants.all[2].body[0].decode()


@pytest.fixture
def cache(clock):
    return PageCache(clock=clock)


def is_served(cache: PageCache, path: str, clock: Callable[[], float]) -> bool:
    """Say what the front application asks: is it there, and may it still be served."""
    entry = cache.entries.get(path)
    return entry is not None and clock() < entry.deadline


def test_a_rendered_page_is_kept(cache, clock):
    cache.fetch("/", lambda path: page("một"))
    assert plain(cache.entries["/"]) == "một"
    assert is_served(cache, "/", clock)


@pytest.mark.parametrize(
    "answer",
    [
        page(Set_Cookie="congdoan_csrf=x"),
        page(Cache_Control="private"),
        page(Cache_Control="no-store"),
        Rendered("404 Not Found", [], b"", Recording()),
        Rendered("302 Found", [("Location", "/x/")], b"", Recording()),
        Rendered("500 Internal Server Error", [], b"", Recording()),
    ],
    ids=["cookie", "private", "no-store", "404", "302", "500"],
)
def test_what_is_not_for_everybody_is_not_kept(cache, answer):
    assert cache.fetch("/x/", lambda path: answer) is answer
    assert cache.entries == {}


def test_a_page_that_disappears_is_not_served_any_longer(cache):
    cache.fetch("/x/", lambda path: page())
    cache.fetch("/x/", lambda path: Rendered("404 Not Found", [], b"", Recording()))
    assert "/x/" not in cache.entries


def test_of_fifty_who_ask_at_once_one_renders(cache):
    started, rendered = threading.Barrier(50), []

    def slowly(path: str) -> Rendered:
        rendered.append(path)
        time.sleep(0.05)
        return page("một")

    def ask(_: int) -> str:
        started.wait(10)
        return plain(cache.fetch("/", slowly))

    with ThreadPoolExecutor(50) as pool:
        assert list(pool.map(ask, range(50))) == ["một"] * 50
    assert rendered == ["/"]


def test_a_failed_rendering_is_raised_where_it_happened_and_tried_again_by_the_next(cache):
    def fail(path: str) -> Rendered:
        raise ValueError(path)

    with pytest.raises(ValueError, match="/"):
        cache.fetch("/", fail)
    assert plain(cache.fetch("/", lambda path: page("một"))) == "một"


def test_a_change_puts_out_of_date_what_shows_it_and_nothing_else(cache, clock):
    cache.fetch("/a/", lambda path: page(tags=["page:7"]))
    cache.fetch("/b/", lambda path: page(tags=["page:8"]))
    cache.purge(frozenset(["page:7"]))
    clock.now += GRACE
    assert not is_served(cache, "/a/", clock)
    assert is_served(cache, "/b/", clock)


def test_a_change_of_the_site_puts_everything_out_of_date(cache, clock):
    cache.fetch("/a/", lambda path: page())
    cache.purge(frozenset(["site"]))
    clock.now += GRACE
    assert not is_served(cache, "/a/", clock)


def test_old_bytes_are_served_for_the_grace_and_not_longer(cache, clock):
    cache.fetch("/a/", lambda path: page(tags=["articles"]))
    cache.purge(frozenset(["articles"]))
    clock.now += GRACE - 0.01
    assert is_served(cache, "/a/", clock)
    clock.now += 0.02
    assert not is_served(cache, "/a/", clock)


def test_the_changed_page_its_list_and_the_front_page_have_the_shorter_grace(cache, clock):
    cache.fetch("/tin/", lambda path: page(pk=7))
    cache.fetch("/loai/", lambda path: page(pk=5, tags=["list:5"]))
    cache.fetch("/", lambda path: page(pk=1, tags=["articles"]))
    cache.fetch("/khac/", lambda path: page(pk=8, tags=["list:5"]))
    cache.purge(frozenset(["page:7", "list:5", "articles"]))
    clock.now += GRACE_FIRST + 0.01
    assert [is_served(cache, path, clock) for path in ("/tin/", "/loai/", "/", "/khac/")] == [
        False,
        False,
        False,
        True,
    ]


def test_a_second_change_does_not_lengthen_the_grace_of_the_first(cache, clock):
    cache.fetch("/a/", lambda path: page(tags=["x", "y"]))
    cache.purge(frozenset(["x"]))
    clock.now += GRACE - 0.1
    cache.purge(frozenset(["y"]))
    clock.now += 0.2
    assert not is_served(cache, "/a/", clock)


def test_the_most_urgent_page_is_renewed_first(cache):
    for path, pk, tags, hits in [
        ("/it-doc/", 10, ["list:5"], 1),
        ("/hay-doc/", 11, ["list:5"], 90),
        ("/", 1, ["articles"], 0),
        ("/tin/", 7, [], 0),
        ("/yen/", 12, ["list:6"], 500),
    ]:
        cache.fetch(path, lambda path, pk=pk, tags=tags: page(pk=pk, tags=tags))
        cache.entries[path].hits = hits
    cache.purge(frozenset(["page:7", "list:5", "articles"]))
    renewed: list[str] = []

    def render(path: str) -> Rendered:
        renewed.append(path)
        return page("mới", pk={"/": 1, "/tin/": 7}.get(path))

    while cache.renew_next(render):
        pass
    assert renewed == ["/tin/", "/", "/hay-doc/", "/it-doc/"]
    assert plain(cache.entries["/hay-doc/"]) == "mới"


def test_a_page_changed_while_it_is_rendered_is_rendered_again(cache, clock):
    def render_old(path: str) -> Rendered:
        old = page("cũ", tags=["page:7"])
        cache.purge(frozenset(["page:7"]))  # committed after our database read
        return old

    cache.fetch("/a/", render_old)
    assert cache.entries["/a/"].is_stale
    assert cache.renew_next(lambda path: page("mới", tags=["page:7"]))
    assert plain(cache.entries["/a/"]) == "mới"
    assert not cache.entries["/a/"].is_stale


def test_a_first_rendering_that_more_changes_overtook_than_are_remembered_counts_as_old(cache):
    def render_slowly(path: str) -> Rendered:
        for number in range(1000):
            cache.purge(frozenset([f"page:{number}"]))
        return page("cũ", tags=["page:1"])

    cache.fetch("/a/", render_slowly)
    assert cache.entries["/a/"].is_stale


def test_midnight_ends_every_page_at_once(cache, clock):
    clock.set(2019, 10, 17, 23, 59, 59)
    cache.fetch("/", lambda path: page("Thứ Năm"))
    assert is_served(cache, "/", clock)
    clock.set(2019, 10, 18, 0, 0, 0)
    assert not is_served(cache, "/", clock)
    assert cache.renew_next(lambda path: page("Thứ Sáu"))
    assert is_served(cache, "/", clock)


def test_a_page_begun_before_midnight_ends_at_midnight(cache, clock):
    clock.set(2019, 10, 17, 23, 59, 59)

    def over_midnight(path: str) -> Rendered:
        clock.set(2019, 10, 18, 0, 0, 1)
        return page("Thứ Năm")

    cache.fetch("/", over_midnight)
    assert not is_served(cache, "/", clock)


def test_a_page_that_nobody_reads_is_dropped_instead_of_renewed(cache, clock):
    cache.fetch("/cu/", lambda path: page(tags=["articles"]))
    clock.now += RENEWED_WITHIN + 1
    cache.purge(frozenset(["articles"]))
    assert not cache.renew_next(lambda path: pytest.fail("rendered for nobody"))
    assert cache.entries == {}


def test_a_page_whose_renewal_fails_is_left_to_the_next_reader(cache, clock):
    cache.fetch("/a/", lambda path: page(tags=["x"]))
    cache.purge(frozenset(["x"]))

    def fail(path: str) -> Rendered:
        raise ValueError(path)

    assert cache.renew_next(fail)
    assert not is_served(cache, "/a/", clock)
    assert not cache.renew_next(fail)


def test_the_memory_stays_within_its_limit_and_what_is_read_stays(clock):
    cache = PageCache(limit=100_000, clock=clock)
    for number in range(100):
        clock.now += 1
        cache.fetch(f"/{number}/", lambda path: page("x" * 4000))
        cache.entries["/0/"].used = clock.now
    kept = sum(entry.variants.size for entry in cache.entries.values())
    assert kept <= 100_000
    assert "/0/" in cache.entries
    assert "/99/" in cache.entries
    assert "/1/" not in cache.entries
