"""One answer in the three shapes that browsers ask for."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass

import brotli  # type: ignore[import-untyped]  # ships no types

Headers = list[tuple[str, str]]

BROTLI, GZIP, IDENTITY = 0, 1, 2
"""Indexes of ``Variants.all``."""

WORTH_COMPRESSING = 256
"""Bytes. Below it the header of the compression costs more than it saves."""
BROTLI_QUALITY = 7
GZIP_LEVEL = 6

_REMEMBERED = 256
_choices: dict[str | None, int] = {None: IDENTITY}


@dataclass(frozen=True, slots=True)
class Variant:
    """Headers and body of an answer, ready for ``start_response`` and as the WSGI result. Never changed."""

    headers: Headers
    body: list[bytes]


@dataclass(frozen=True, slots=True)
class Variants:
    """An answer in Brotli, gzip and as it is, with the entity tag that all three share."""

    all: tuple[Variant, Variant, Variant]
    etag: str
    size: int


def variants(headers: Headers, body: bytes) -> Variants:
    """Compress ``body`` once and finish the headers for each variant.

    The entity tag is weak (RFC 9110, 8.8.1): the three variants have equal content, not equal bytes.
    """
    etag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    common = [*headers, ("ETag", etag), ("Vary", "Accept-Encoding, Cookie")]
    plain = Variant([*common, ("Content-Length", str(len(body)))], [body])
    if len(body) < WORTH_COMPRESSING:
        return Variants((plain, plain, plain), etag, len(body))

    by_brotli = brotli.compress(body, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY)
    # mtime=0: the same page gives the same bytes in every process.
    by_gzip = gzip.compress(body, GZIP_LEVEL, mtime=0)
    return Variants(
        (_compressed(common, "br", by_brotli), _compressed(common, "gzip", by_gzip), plain),
        etag,
        len(body) + len(by_brotli) + len(by_gzip),
    )


def _compressed(headers: Headers, coding: str, body: bytes) -> Variant:
    return Variant([*headers, ("Content-Encoding", coding), ("Content-Length", str(len(body)))], [body])


def choose(accepted: str | None) -> int:
    """Return the index of the variant to send for an ``Accept-Encoding`` header (RFC 9110, 12.5.3).

    Browsers send a handful of different headers, so the answer is remembered.
    """
    try:
        return _choices[accepted]
    except KeyError:
        choice = _read(accepted or "")
        if len(_choices) < _REMEMBERED:
            _choices[accepted] = choice
        return choice


def _read(accepted: str) -> int:
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        coding, _, parameters = part.partition(";")
        name, _, value = parameters.strip().partition("=")
        try:
            weights[coding.strip()] = float(value) if name.strip() == "q" else 1.0
        except ValueError:
            weights[coding.strip()] = 0.0
    anything = weights.get("*", 0.0)
    brotli_weight, gzip_weight = weights.get("br", anything), weights.get("gzip", anything)
    if max(brotli_weight, gzip_weight) <= 0:
        return IDENTITY
    return BROTLI if brotli_weight >= gzip_weight else GZIP


def matches(if_none_match: str, etag: str) -> bool:
    """Say whether a browser already has the answer with ``etag`` (RFC 9110, 13.1.2; weak comparison)."""
    opaque = etag.removeprefix("W/")
    return any(
        candidate == "*" or candidate.removeprefix("W/") == opaque
        for candidate in (part.strip() for part in if_none_match.split(","))
    )
