"""Units of measure: Vietnamese words of counting, and the English names that figures carry.

The words stand in ``content/measures.toml``. A rate names its second half: "đồng/người/tháng" is "VND per person per
month", "2 năm một lần" is "years per edition", "1 tuần/1 số" is "issues per week".
"""

import functools
import tomllib
from dataclasses import dataclass
from importlib.resources import files

from congdoan.vntext.folding import match_key
from congdoan.vntext.reading.patterns import key_of, spelt
from congdoan.vntext.reading.source import _TOKEN, Source

PERIODS = frozenset({"days", "weeks", "months", "quarters", "years"})
DURATIONS = PERIODS | {"hours", "minutes"}
PEOPLE = frozenset({"persons", "attendances"})
MONEY = frozenset({"VND", "USD"})
PHYSICAL = frozenset(
    [
        "ha",
        "km2",
        "m2",
        "m3",
        "km",
        "m",
        "cm",
        "tonnes",
        "quintals",
        "kg",
        "litres",
        "kWh",
        "kW",
        "MW",
        "points",
        "°C",
        "dB",
        "inches",
    ]
) | {"%", "percentage points"}
"""Measured, not counted: fractions are common."""

_EACH = spelt("mỗi hàng hằng một 1 01")
_ONCE = spelt("một 1 01")
_CAPITALS = {"m": ("m", "M"), "đ": ("đ", "Đ")}


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit of measure found after a number. ``end`` is where its words end, ``count_end`` where the noun ends."""

    unit: str
    end: int
    base: str
    words: str


@functools.cache
def _vocabulary() -> tuple[dict[tuple[str, ...], str], dict[str, int], dict[str, str]]:
    """Phrases (as tokens) to units; first word to the longest phrase; unit to its singular."""
    content = tomllib.loads(
        files("congdoan.vntext.reading").joinpath("content/measures.toml").read_text("utf-8")
    )
    phrases: dict[tuple[str, ...], str] = {}
    longest: dict[str, int] = {}
    for unit, words in content["measures"].items():
        for phrase in words:
            tokens = tuple(_TOKEN.findall(match_key(phrase)))
            phrases.setdefault(tokens, unit)
            longest[tokens[0]] = max(longest.get(tokens[0], 0), len(tokens))
    return phrases, longest, content["one"]


def noun_at(source: Source, index: int) -> tuple[str, int] | None:
    """The longest phrase of counting that starts at token ``index``: its unit, and the index after it."""
    phrases, longest, _one = _vocabulary()
    tokens = source.tokens
    if index >= len(tokens) or tokens[index].key not in longest:
        return None
    for size in range(min(longest[tokens[index].key], len(tokens) - index), 0, -1):
        unit = phrases.get(tuple(token.key for token in tokens[index : index + size]))
        if unit is not None and "\n" not in source.key[tokens[index].start : tokens[index + size - 1].end]:
            return unit, index + size
    return None


def singular(unit: str) -> str:
    """ "months" → "month"; what has no other singular stays."""
    return _vocabulary()[2].get(unit, unit)


def measure_at(source: Source, index: int) -> Measure | None:
    """The unit of measure that starts at token ``index``, with its "per …"."""
    found = noun_at(source, index)
    if found is None:
        return None
    unit, after = found
    base = unit
    tokens = source.tokens
    words = source.key[tokens[index].start : tokens[after - 1].end]
    if unit == "times" and _follows(source, after, "tổ chức"):
        unit = base = "editions"
    if unit in PERIODS:
        if (issues := _issues(source, after)) is not None:
            return Measure(f"{issues[0]} per {singular(unit)}", tokens[issues[1] - 1].end, base, words)
        if (end := _once(source, after)) is not None:
            return Measure(f"{unit} per edition", tokens[end - 1].end, base, words)
    for _round in range(3):
        step = _per(source, after, unit)
        if step is None:
            break
        unit, after = step
    return Measure(unit, tokens[after - 1].end, base, words)


def per_at(source: Source, index: int, unit: str) -> tuple[str, int]:
    """Add the "per …" that stands at token ``index`` to ``unit``."""
    step = _per(source, index, unit)
    return step if step is not None else (unit, index)


def _key(source: Source, index: int) -> str:
    return source.tokens[index].key if index < len(source.tokens) else ""


def _follows(source: Source, index: int, words: str) -> bool:
    return all(_key(source, index + at) == match_key(word) for at, word in enumerate(words.split()))


def _issues(source: Source, index: int) -> tuple[str, int] | None:
    """ "/1 số" after a time: how often something comes out."""
    if _key(source, index) != "/" or _key(source, index + 1) not in _ONCE:
        return None
    if _key(source, index + 2) == key_of("số"):
        return "issues", index + 3
    found = noun_at(source, index + 2)
    if found is None or found[0] in PERIODS or found[0] == "times":
        return None
    return found


def _once(source: Source, index: int) -> int | None:
    """ "một lần", "/lần", "/1 lần" after a time."""
    at = index
    if has_slash := _key(source, at) == "/":
        at += 1
    if _key(source, at) in _ONCE:
        at += 1
    elif not has_slash:
        return None
    return at + 1 if _key(source, at) == key_of("lần") else None


def _per(source: Source, index: int, unit: str) -> tuple[str, int] | None:
    """One "/tháng", "/1 người", "mỗi năm", "hàng tháng" after ``unit``."""
    key = _key(source, index)
    if key == "/":
        at = index + 1
        if _key(source, at) in _ONCE:
            at += 1
        if _key(source, at) == "ca" and unit not in PEOPLE:
            return f"{unit} per shift", at + 1
        found = noun_at(source, at)
        if found is None:
            return None
        if found[0] == "times" and unit in PERIODS:
            return None
        return f"{unit} per {singular(found[0])}", found[1]
    if key in _EACH and not unit.startswith(tuple(PERIODS)):
        found = noun_at(source, index + 1)
        is_running = key in spelt("hàng hằng mỗi") or unit == "times"
        if found is not None and found[0] in PERIODS and is_running:
            return f"{unit} per {singular(found[0])}", found[1]
    return None
