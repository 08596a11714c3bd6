"""Which shape of a page a browser gets."""

from __future__ import annotations

import gzip

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from congdoan.pages.cache.encoding import BROTLI, GZIP, IDENTITY, choose, matches, variants


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        (None, IDENTITY),
        ("", IDENTITY),
        ("gzip, deflate, br, zstd", BROTLI),
        ("gzip, deflate", GZIP),
        ("br;q=0.5, gzip;q=0.9", GZIP),
        ("br;q=0, gzip", GZIP),
        ("br ; q=0 , gzip; q=0", IDENTITY),
        ("*", BROTLI),
        ("*;q=0", IDENTITY),
        ("identity", IDENTITY),
        ("BR", BROTLI),
        ("br;q=broken, gzip", GZIP),
    ],
)
def test_the_shape_follows_what_the_browser_accepts(accepted, expected):
    assert choose(accepted) == expected


@given(st.text(max_size=80))
def test_no_header_breaks_the_choice(accepted):
    assert choose(accepted) in (BROTLI, GZIP, IDENTITY)


@given(st.binary(max_size=5000))
def test_every_shape_unpacks_to_the_same_page(body):
    made = variants([("Content-Type", "text/html")], body)
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
    for variant in made.all:
        headers = dict(variant.headers)
        assert unpack[headers.get("Content-Encoding")](b"".join(variant.body)) == body
        assert headers["Content-Length"] == str(len(b"".join(variant.body)))
        assert headers["ETag"] == made.etag


def test_a_small_answer_is_not_compressed():
    made = variants([], b"User-agent: *\n")
    assert all("Content-Encoding" not in dict(variant.headers) for variant in made.all)


def test_equal_pages_have_equal_bytes_in_every_process():
    body = "Công đoàn ".encode() * 200
    assert variants([], body) == variants([], body)


@pytest.mark.parametrize(
    ("sent", "is_known"),
    [('W/"abc"', True), ('"abc"', True), ('"x", W/"abc"', True), ("*", True), ('"abcd"', False), ("", False)],
)
def test_a_browser_that_has_the_page_is_recognised(sent, is_known):
    assert matches(sent, 'W/"abc"') is is_known
