"""Lines that are a date: the clock of a page, the day of an article."""

from __future__ import annotations

import datetime as dt
import re

from congdoan.vntext import VntextError, fold, parse_date

_DAY = re.compile(
    r"(?<!\d)(?:\d{1,2} ?(?P<sep>[/.\-]) ?\d{1,2} ?(?P=sep) ?\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2} thang \d{1,2},? nam \d{4})(?!\d)"
)
_TIME = re.compile(
    r"(?<!\d)(?P<hour>[01]?\d|2[0-3]) ?[:hg] ?(?P<minute>[0-5]\d)(?:[:'’ ]?[0-5]\d)?(?![\d/])(?: ?(?P<half>am|pm|sa|ch)\b)?"
)
_WEEKDAY = re.compile(r"\b(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|cn)\b")
_PUBLISHED = re.compile(
    r"\b(?:ngay dang( tin)?|dang (?:ngay|luc)|dang boi|cap nhat(?: luc| ngay| lan cuoi)?|ngay cap nhat|ngay viet|xuat ban|ngay gui|posted on|published)\b"
)
_BARS = re.compile(r"\s*[|•·]\s*")
_FILLER = re.compile(
    r"\b(?:(?:luot|da|so lan) (?:xem|doc) ?:? ?\d*|hom nay|hom nay la|ngay|luc|vao|gmt|utc|gio|bay gio la)\b|\+ ?0?7(?::?00)?|[\W_]+"
)


def date_in(text: str) -> tuple[dt.datetime, bool, bool] | None:
    """The moment that a line prints if it holds a date and nothing else of weight ("17/10/2019 | Lượt xem: 233").

    Returns the moment, whether it has a time, and whether the line says that it is the day of publication.
    """
    if len(text) > 160:
        return None
    pieces = [piece for piece in _BARS.split(text) if piece.strip()]
    if 1 < len(pieces) <= 5 and all(len(piece) <= 45 for piece in pieces):
        return next((found for piece in pieces if (found := _date_alone(piece))), None)
    return _date_alone(text)


def _date_alone(text: str) -> tuple[dt.datetime, bool, bool] | None:
    folded = " ".join(fold(text).split())
    found = _DAY.search(folded)
    if found is None:
        return None
    rest = folded[: found.start()] + " " + folded[found.end() :]
    time = _TIME.search(rest)
    if time is not None:
        rest = rest[: time.start()] + " " + rest[time.end() :]
    says_published = _PUBLISHED.search(rest) is not None
    rest = _FILLER.sub("", _WEEKDAY.sub(" ", _PUBLISHED.sub(" ", rest)))
    if rest:
        return None
    try:
        day = parse_date(found[0])
    except VntextError:
        return None
    if time is None:
        return dt.datetime.combine(day, dt.time()), False, says_published
    hour = int(time["hour"])
    if time["half"] in ("pm", "ch") and hour < 12:
        hour += 12
    return dt.datetime.combine(day, dt.time(hour, int(time["minute"]))), True, says_published
