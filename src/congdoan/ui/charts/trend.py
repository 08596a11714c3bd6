"""A small chart of a few series over some periods, as lines or as bars. A missing value leaves a gap: it is not zero.

All numbers are pixels of the picture. The table with the same values always stands beside it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from congdoan.ui.charts import lettering

SIZE = 14.0
LINE = 20
EDGE = 4
TICKS = 4
MARKS = ("circle", "square", "diamond", "triangle")
"""Series differ by mark and dash, not by colour alone."""


@dataclass(frozen=True, slots=True)
class Series:
    """One line or set of bars: a value for each label, ``None`` where there is none."""

    name: str
    values: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text by its baseline; ``anchor`` as in SVG."""

    text: str
    x: float
    y: float
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Point:
    """One value where it stands, with what a reader hears or sees when pointing at it."""

    x: float
    y: float
    words: str
    mark: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with its words."""

    x: float
    y: float
    width: float
    height: float
    words: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A series as drawn. ``number`` from 1 names its look."""

    name: str
    number: int
    paths: tuple[str, ...]
    points: tuple[Point, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole picture."""

    width: float
    height: float
    left: float
    right: float
    series: tuple[Drawn, ...]
    ticks: tuple[Text, ...]
    grid: tuple[float, ...]
    labels: tuple[Text, ...]
    base: float
    target: float | None = None
    is_small: bool = False

    @property
    def has_legend(self) -> bool:
        """Whether several series must be told apart."""
        return len(self.series) > 1


def steps(low: float, high: float, count: int = TICKS) -> list[float]:
    """Return round numbers that enclose [low, high]: 0, 200, 400 …"""
    if high <= low:
        high = low + (abs(low) or 1)
    rough = (high - low) / count
    power: float = 10 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough * 0.999)
    first = math.floor(low / step) * step
    found = [first]
    while found[-1] < high - step * 1e-9:
        found.append(found[-1] + step)
    return found


def layout(
    series: Sequence[Series],
    labels: Sequence[str],
    *,
    written: Callable[[float], str] = "{:g}".format,
    width: float = 720,
    height: float = 280,
    bars: bool = False,
    target: float | None = None,
) -> Chart:
    """Place some series over their labels. ``written`` writes a value as people read it."""
    known = [value for one in series for value in one.values if value is not None]
    if target is not None:
        known.append(target)
    low, high = min([0.0, *known]), max([0.0, *known])
    levels = steps(low, high)
    texts = [written(level) for level in levels]
    left = max(lettering.width(text, SIZE) for text in texts) + 12 + EDGE
    right, top, base = width - EDGE - 12, SIZE + EDGE, height - LINE - 12

    def across(value: float) -> float:
        return base - (value - levels[0]) / (levels[-1] - levels[0]) * (base - top)

    room = (right - left) / max(len(labels), 1)
    middle = [left + room * (index + 0.5) for index in range(len(labels))]
    drawn = tuple(
        _bars(one, number, len(series), middle, room, across, labels, written)
        if bars
        else _line(one, number, middle, across, labels, written)
        for number, one in enumerate(series, 1)
    )
    return Chart(
        width=width,
        height=height,
        left=left,
        right=right,
        series=drawn,
        ticks=tuple(
            Text(text, left - 8, round(across(level) + 5, 1), "end")
            for text, level in zip(texts, levels, strict=True)
        ),
        grid=tuple(round(across(level), 1) for level in levels),
        labels=_labels(labels, middle, room, base),
        base=round(across(0.0), 1),
        target=None if target is None else round(across(target), 1),
    )


def ranked(
    labels: Sequence[str], values: Sequence[float | None], *, written: Callable[[float], str] = "{:g}".format
) -> Chart:
    """Place one value for each of some names as bars that lie: names have room, values stand at the ends."""
    row, width, names = 32, 720.0, 300.0
    texts = [(lettering.wrap(label, names - 16, SIZE, most=1) or [""])[0] for label in labels]
    left = min(names, max((lettering.width(text, SIZE) for text in texts), default=0) + 16)
    said = ["" if value is None else written(value) for value in values]
    room = width - left - max((lettering.width(text, SIZE) for text in said), default=0) - 20
    most = max((abs(value) for value in values if value is not None), default=0) or 1
    ticks, ends, bars = [], [], []
    for index, (text, value, label) in enumerate(zip(texts, values, labels, strict=True)):
        y = EDGE + row * index
        ticks.append(Text(text, left - 8, y + 20, "end"))
        if value is not None:
            length = round(max(room * abs(value) / most, 1), 1)
            bars.append(Bar(left, y + 4, length, row - 10, _words("", label, said[index])))
            ends.append(Text(said[index], left + length + 8, y + 20, "start"))
    drawn = Drawn("", 1, (), (), tuple(bars))
    return Chart(width, 2 * EDGE + row * len(labels), left, width, (drawn,), tuple(ticks), (), tuple(ends), 0)


def spark(values: Sequence[float | None], *, width: float = 240, height: float = 56) -> Chart:
    """Return a small line without axes, for a card; the last value is marked."""
    known = [value for value in values if value is not None]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    if high == low:
        low, high = low - 1, high + 1
    room = (width - 16) / max(len(values) - 1, 1)

    def across(value: float) -> float:
        return height - 8 - (value - low) / (high - low) * (height - 16)

    middle = [8 + room * index for index in range(len(values))]
    line = _line(Series("", values), 1, middle, across, [""] * len(values), lambda _value: "")
    last = line.points[-1:]
    return Chart(
        width, height, 0, width, (Drawn("", 1, line.paths, last, ()),), (), (), (), height, is_small=True
    )


def _line(
    one: Series,
    number: int,
    middle: Sequence[float],
    across: Callable[[float], float],
    labels: Sequence[str],
    written: Callable[[float], str],
) -> Drawn:
    mark = MARKS[(number - 1) % len(MARKS)]
    paths: list[str] = []
    points: list[Point] = []
    run: list[str] = []
    for x, value, label in zip(middle, one.values, labels, strict=True):
        if value is None:
            paths, run = _ended(paths, run), []
            continue
        y = round(across(value), 1)
        run.append(f"{round(x, 1):g} {y:g}")
        points.append(Point(round(x, 1), y, _words(one.name, label, written(value)), mark))
    return Drawn(one.name, number, tuple(_ended(paths, run)), tuple(points), ())


def _ended(paths: list[str], run: list[str]) -> list[str]:
    return [*paths, f"M{'L'.join(run)}"] if len(run) > 1 else paths


def _bars(
    one: Series,
    number: int,
    count: int,
    middle: Sequence[float],
    room: float,
    across: Callable[[float], float],
    labels: Sequence[str],
    written: Callable[[float], str],
) -> Drawn:
    width = min(room * 0.7 / count, 64)
    found = []
    zero = across(0.0)
    for x, value, label in zip(middle, one.values, labels, strict=True):
        if value is None:
            continue
        y = across(value)
        found.append(
            Bar(
                round(x + (number - 1 - count / 2) * width, 1),
                round(min(y, zero), 1),
                round(width - 1, 1),
                round(max(abs(y - zero), 1), 1),
                _words(one.name, label, written(value)),
            )
        )
    return Drawn(one.name, number, (), (), tuple(found))


def _words(name: str, label: str, value: str) -> str:
    return ", ".join(part for part in (name, label) if part) + f": {value}"


def _labels(labels: Sequence[str], middle: Sequence[float], room: float, base: float) -> tuple[Text, ...]:
    """Write as many labels as have room, the last one always."""
    if not labels:
        return ()
    widest = max(lettering.width(text, SIZE) for text in labels) + 12
    every = max(1, math.ceil(widest / room))
    last = len(labels) - 1
    edge = middle[-1] + room / 2 + 12
    return tuple(
        Text(
            text, round(min(x, edge - lettering.width(text, SIZE) / 2), 1), base + LINE + 4
        )  # the last one keeps inside the picture
        for index, (text, x) in enumerate(zip(labels, middle, strict=True))
        if (last - index) % every == 0
    )
