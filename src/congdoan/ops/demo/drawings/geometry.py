"""Curves for the drawings: everything is turned into lists of points in the unit of the paper.

The paper is 1500 wide and 1000 high; y grows downward. Nothing here knows about pixels.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
Box: TypeAlias = tuple[float, float, float, float]

WIDTH = 1500.0
HEIGHT = 1000.0


def smooth(points: Sequence[Point], *, closed: bool = False, steps: int = 8) -> list[Point]:
    """A Catmull-Rom curve through ``points``; ``steps`` samples for every span."""
    count = len(points)
    if count < 3:
        return list(points)
    curve: list[Point] = []
    spans = count if closed else count - 1
    for index in range(spans):
        if closed:
            before, start, end, after = (points[(index + shift) % count] for shift in (-1, 0, 1, 2))
        else:
            before = points[max(index - 1, 0)]
            start, end = points[index], points[index + 1]
            after = points[min(index + 2, count - 1)]
        for step in range(steps):
            t = step / steps
            curve.append(
                (
                    _catmull(before[0], start[0], end[0], after[0], t),
                    _catmull(before[1], start[1], end[1], after[1], t),
                )
            )
    if not closed:
        curve.append(points[-1])
    return curve


def _catmull(before: float, start: float, end: float, after: float, t: float) -> float:
    return 0.5 * (
        2 * start
        + (end - before) * t
        + (2 * before - 5 * start + 4 * end - after) * t * t
        + (3 * start - before - 3 * end + after) * t * t * t
    )


def arc(
    centre: Point, rx: float, ry: float, start: float, end: float, *, tilt: float = 0.0, steps: int = 24
) -> list[Point]:
    """Part of an ellipse, from angle ``start`` to ``end`` in degrees (0 right, 90 down)."""
    turn = math.radians(tilt)
    cos_t, sin_t = math.cos(turn), math.sin(turn)
    points = []
    for step in range(steps + 1):
        angle = math.radians(start + (end - start) * step / steps)
        x, y = rx * math.cos(angle), ry * math.sin(angle)
        points.append((centre[0] + x * cos_t - y * sin_t, centre[1] + x * sin_t + y * cos_t))
    return points


def star(centre: Point, radius: float, *, inner: float = 0.39) -> list[Point]:
    """A five-pointed star standing on two points."""
    points = []
    for index in range(10):
        reach = radius if index % 2 == 0 else radius * inner
        angle = math.radians(-90 + 36 * index)
        points.append((centre[0] + reach * math.cos(angle), centre[1] + reach * math.sin(angle)))
    return points


def tube(points: Sequence[Point], widths: Sequence[float], *, steps: int = 6) -> list[Point]:
    """The outline of a soft limb: a curve through ``points`` with a half-width at each, round at both ends."""
    if len(points) == 2:
        middle = ((points[0][0] + points[1][0]) / 2, (points[0][1] + points[1][1]) / 2)
        points = [points[0], middle, points[1]]
        widths = [widths[0], (widths[0] + widths[1]) / 2, widths[1]]
    triples = list(zip(points, widths, strict=True))
    line = smooth(points, steps=steps)
    girth = [y for _, y in smooth([(0.0, w) for _, w in triples], steps=steps)]
    left: list[Point] = []
    right: list[Point] = []
    last = len(line) - 1
    angle = 0.0
    first_angle = 0.0
    for index, (x, y) in enumerate(line):
        ahead, behind = line[min(index + 1, last)], line[max(index - 1, 0)]
        if ahead != behind:
            angle = math.atan2(ahead[1] - behind[1], ahead[0] - behind[0])
        if index == 0:
            first_angle = angle
        nx, ny = -math.sin(angle) * girth[index], math.cos(angle) * girth[index]
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    head, tail = math.degrees(angle), math.degrees(first_angle)
    nose = arc(line[-1], girth[-1], girth[-1], head + 90, head - 90, steps=8)
    heel = arc(line[0], girth[0], girth[0], tail + 270, tail + 90, steps=8)
    return left + nose + right[::-1] + heel


def joint(start: Point, end: Point, upper: float, lower: float, *, bend: float) -> Point:
    """Where the elbow or knee is, for a limb from ``start`` to ``end``.

    ``bend`` is +1 or -1 and says to which side. A target out of reach gives a straight limb.
    """
    dx, dy = end[0] - start[0], end[1] - start[1]
    reach = math.hypot(dx, dy) or 1e-6
    span = min(reach, (upper + lower) * 0.9999)
    along = (upper * upper - lower * lower + span * span) / (2 * span)
    height = math.sqrt(max(upper * upper - along * along, 0.0))
    ux, uy = dx / reach, dy / reach
    return (start[0] + ux * along - uy * height * bend, start[1] + uy * along + ux * height * bend)


def wave(
    rng: random.Random, *, period: float, octaves: int = 3, ridged: float = 0.0
) -> Callable[[float], float]:
    """A gentle random function of x with values about -1..1; ``ridged`` 0..1 sharpens its peaks."""
    layers = []
    for octave in range(octaves):
        step = period / 2**octave
        knots = [rng.uniform(-1, 1) for _ in range(int(WIDTH * 1.6 / step) + 6)]
        layers.append((step, 0.5**octave, knots))
    total = sum(weight for _, weight, _ in layers)

    def height(x: float) -> float:
        value = 0.0
        for step, weight, knots in layers:
            place = (x + WIDTH * 0.3) / step
            cell = int(place)
            t = place - cell
            t = t * t * (3 - 2 * t)
            cell %= len(knots) - 1
            value += weight * (knots[cell] + (knots[cell + 1] - knots[cell]) * t)
        value /= total
        return value * (1 - ridged) + (1 - 2.2 * abs(value)) * ridged

    return height
