"""Furniture and small objects."""

from __future__ import annotations

import itertools
import math

from congdoan.ops.demo.drawings.canvas import Canvas, grade
from congdoan.ops.demo.drawings.clothes import Body
from congdoan.ops.demo.drawings.geometry import Point
from congdoan.ops.demo.drawings.palettes import (
    BLUE,
    CORAL,
    CREAM,
    DARK_WOOD,
    GOLD,
    INK,
    RED,
    ROSE,
    SAGE,
    SKY_BLUE,
    STEEL,
    TEAL,
    WHITE,
    WOOD,
    Colour,
    darker,
    lighter,
    mix,
)


def potted(c: Canvas, x: float, y: float, h: float, *, pot: Colour = CORAL) -> None:
    """A leafy plant in a pot."""
    leaf = mix(c.palette.leaf, SAGE, 0.2)
    for index, angle in enumerate((-150, -30, -125, -55, -105, -78)):
        a = math.radians(angle)
        tip = (x + math.cos(a) * h * 0.42, y - h * 0.34 + math.sin(a) * h * 0.6)
        middle = (x + math.cos(a) * h * 0.24, y - h * 0.42 + math.sin(a) * h * 0.32)
        c.tube(
            [(x, y - h * 0.28), middle, tip],
            [h * 0.014, h * 0.062, h * 0.008],
            leaf if index % 2 else darker(leaf, 0.16),
        )
    c.poly(
        [(x - h * 0.15, y - h * 0.3), (x + h * 0.15, y - h * 0.3), (x + h * 0.11, y), (x - h * 0.11, y)],
        grade(pot, darker(pot, 0.16)),
    )
    c.rect(x - h * 0.165, y - h * 0.33, h * 0.33, h * 0.06, lighter(pot, 0.14), r=4)


def vase(c: Canvas, x: float, y: float, h: float, colour: Colour = ROSE) -> None:
    """A low arrangement of flowers, as stands on meeting tables."""
    leaf = mix(c.palette.leaf, SAGE, 0.3)
    for index in range(7):
        a = math.radians(-165 + index * 25)
        c.tube(
            [(x, y - h * 0.3), (x + math.cos(a) * h * 0.75, y - h * 0.36 + math.sin(a) * h * 0.5)],
            [h * 0.04, h * 0.02],
            leaf,
        )
    for index, (dx, dy) in enumerate(
        ((-0.42, -0.5), (0.0, -0.84), (0.42, -0.52), (-0.2, -0.68), (0.22, -0.7), (0.0, -0.5))
    ):
        c.ellipse(x + dx * h, y + dy * h, h * 0.14, fill=colour if index % 2 else lighter(colour, 0.4))
        c.ellipse(x + dx * h, y + dy * h, h * 0.06, fill=darker(colour, 0.12))
    c.blob(
        [(x - h * 0.2, y - h * 0.32), (x + h * 0.2, y - h * 0.32), (x + h * 0.14, y), (x - h * 0.14, y)],
        WHITE,
        steps=4,
    )


def bouquet(c: Canvas, x: float, y: float, s: float, colour: Colour = CORAL) -> None:
    """A bunch of flowers held at (x, y)."""
    c.poly([(x, y + s * 0.5), (x - s * 0.42, y - s * 0.3), (x + s * 0.42, y - s * 0.3)], CREAM)
    leaf = mix(c.palette.leaf, SAGE, 0.3)
    for dx, dy in ((-0.44, -0.36), (0.44, -0.36), (0, -0.7)):
        c.ellipse(x + dx * s, y + dy * s, s * 0.2, s * 0.12, leaf, tilt=dx * 90)
    for index, (dx, dy) in enumerate(
        ((-0.26, -0.38), (0.26, -0.38), (0.0, -0.32), (-0.14, -0.6), (0.16, -0.58))
    ):
        c.ellipse(x + dx * s, y + dy * s, s * 0.18, fill=colour if index % 2 else lighter(colour, 0.34))
        c.ellipse(x + dx * s, y + dy * s, s * 0.07, fill=GOLD)


def flag(c: Canvas, x: float, y: float, w: float) -> None:
    """A hanging or flying red flag with a gold star; (x, y) is its upper left corner."""
    h = w * 2 / 3
    c.poly(
        [
            (x, y),
            (x + w * 0.3, y + h * 0.05),
            (x + w * 0.65, y - h * 0.04),
            (x + w, y + h * 0.02),
            (x + w, y + h * 1.02),
            (x + w * 0.65, y + h * 0.96),
            (x + w * 0.3, y + h * 1.05),
            (x, y + h),
        ],
        RED,
    )
    c.poly(
        [
            (x + w * 0.3, y + h * 0.05),
            (x + w * 0.65, y - h * 0.04),
            (x + w * 0.65, y + h * 0.96),
            (x + w * 0.3, y + h * 1.05),
        ],
        darker(RED, 0.16),
        0.3,
    )
    c.star(x + w * 0.5, y + h * 0.52, h * 0.3, GOLD)


def flagpole(c: Canvas, x: float, y: float, h: float) -> None:
    """A flag on a pole standing on (x, y)."""
    c.rect(x - 4, y - h, 8, h, lighter(STEEL, 0.3))
    c.ellipse(x, y - h, 8, fill=GOLD)
    flag(c, x + 4, y - h + 14, h * 0.32)


def bunting(c: Canvas, start: Point, end: Point, sag: float, count: int = 14) -> None:
    """A string of small paper flags."""
    tints = (CORAL, GOLD, TEAL, CREAM, SKY_BLUE)
    spots = []
    for index in range(count + 1):
        t = index / count
        spots.append(
            (start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t + sag * 4 * t * (1 - t))
        )
    c.line(spots, 2.5, darker(CREAM, 0.3))
    for index, ((x0, y0), (x1, y1)) in enumerate(itertools.pairwise(spots)):
        c.poly([(x0 + 4, y0), (x1 - 4, y1), ((x0 + x1) / 2, (y0 + y1) / 2 + 34)], tints[index % len(tints)])


def microphone(c: Canvas, hand: Point, s: float, *, lean: float = 0.25) -> None:
    """A microphone held in ``hand``."""
    c.tube(
        [(hand[0], hand[1] + s * 0.4), (hand[0] + lean * s * 0.4, hand[1] - s * 0.4)],
        [s * 0.09, s * 0.12],
        INK,
    )
    c.ellipse(hand[0] + lean * s * 0.5, hand[1] - s * 0.55, s * 0.22, fill=STEEL)


def stand_microphone(c: Canvas, x: float, y: float, h: float) -> None:
    """A microphone on a stand, its foot at (x, y)."""
    c.line([(x - h * 0.12, y), (x + h * 0.12, y)], h * 0.024, INK)
    c.rod((x, y), (x, y - h), h * 0.018, INK)
    c.ellipse(x, y - h, h * 0.034, h * 0.046, STEEL)


def certificate(c: Canvas, x: float, y: float, w: float) -> None:
    """A framed certificate with a seal and no words, its middle at (x, y)."""
    h = w * 0.7
    c.rect(x - w / 2, y - h / 2, w, h, darker(GOLD, 0.08), r=4)
    c.rect(x - w * 0.44, y - h * 0.42, w * 0.88, h * 0.84, CREAM)
    c.star(x, y - h * 0.18, h * 0.13, RED)
    for row, half in ((0.06, 0.28), (0.18, 0.22)):
        c.line([(x - w * half, y + h * row), (x + w * half, y + h * row)], w * 0.022, darker(CREAM, 0.2))
    c.ellipse(x + w * 0.28, y + h * 0.28, h * 0.08, fill=RED)


def gift(c: Canvas, x: float, y: float, w: float, colour: Colour = RED) -> None:
    """A wrapped box standing on (x, y)."""
    h = w * 0.74
    c.rect(x - w / 2, y - h, w, h, grade(lighter(colour, 0.1), darker(colour, 0.1)), r=4)
    c.rect(x - w * 0.54, y - h * 1.06, w * 1.08, h * 0.26, lighter(colour, 0.12), r=4)
    c.rect(x - w * 0.08, y - h * 1.06, w * 0.16, h * 1.06, GOLD)
    for side in (-1, 1):
        c.ellipse(x + side * w * 0.15, y - h * 1.2, w * 0.15, w * 0.08, GOLD, tilt=side * -24)
    c.ellipse(x, y - h * 1.12, w * 0.06, fill=darker(GOLD, 0.12))


def basket(c: Canvas, x: float, y: float, w: float, filling: Colour) -> None:
    """A woven basket standing on (x, y), heaped with something."""
    weave = (190, 142, 88)
    c.blob(
        [
            (x - w * 0.44, y - w * 0.44),
            (x - w * 0.2, y - w * 0.7),
            (x + w * 0.2, y - w * 0.7),
            (x + w * 0.44, y - w * 0.44),
            (x, y - w * 0.36),
        ],
        filling,
        steps=5,
    )
    for dx, dy in ((-0.2, -0.56), (0.06, -0.62), (0.26, -0.52)):
        c.ellipse(x + dx * w, y + dy * w, w * 0.1, fill=lighter(filling, 0.22))
    c.poly(
        [(x - w * 0.5, y - w * 0.44), (x + w * 0.5, y - w * 0.44), (x + w * 0.36, y), (x - w * 0.36, y)],
        grade(weave, darker(weave, 0.2)),
    )
    for row in (0.14, 0.28):
        c.line(
            [(x - w * 0.44 + w * row * 0.2, y - w * row), (x + w * 0.44 - w * row * 0.2, y - w * row)],
            w * 0.03,
            darker(weave, 0.26),
            0.7,
        )
    c.line([(x - w * 0.5, y - w * 0.44), (x + w * 0.5, y - w * 0.44)], w * 0.08, lighter(weave, 0.2))


def back_basket(c: Canvas, body: Body, filling: Colour | None = None) -> None:
    """A carrying basket on somebody's back."""
    h = body.h
    x, y = body.along(0.82, -0.15 * body.faces)
    weave = (184, 138, 88)
    if filling is not None:
        c.ellipse(x, y - h * 0.02, h * 0.09, h * 0.05, filling)
    c.poly(
        [(x - h * 0.1, y), (x + h * 0.1, y), (x + h * 0.075, y + h * 0.24), (x - h * 0.075, y + h * 0.24)],
        grade(weave, darker(weave, 0.2)),
    )
    for row in (0.07, 0.15):
        c.line([(x - h * 0.088, y + h * row), (x + h * 0.088, y + h * row)], h * 0.008, darker(weave, 0.26))
    c.line([(x - h * 0.1, y), (x + h * 0.1, y)], h * 0.02, lighter(weave, 0.2))


def book(c: Canvas, x: float, y: float, w: float, colour: Colour) -> None:
    """An open book held up, its spine at (x, y)."""
    for side in (-1, 1):
        c.poly(
            [
                (x, y + w * 0.06),
                (x + side * w * 0.5, y - w * 0.06),
                (x + side * w * 0.5, y - w * 0.62),
                (x, y - w * 0.5),
            ],
            colour if side > 0 else darker(colour, 0.14),
        )
        c.poly(
            [
                (x, y),
                (x + side * w * 0.45, y - w * 0.1),
                (x + side * w * 0.45, y - w * 0.66),
                (x, y - w * 0.54),
            ],
            WHITE if side > 0 else darker(WHITE, 0.06),
        )


def cup(c: Canvas, x: float, y: float, s: float, colour: Colour = WHITE) -> None:
    """A small tea cup standing on (x, y)."""
    c.poly(
        [(x - s * 0.5, y - s * 0.8), (x + s * 0.5, y - s * 0.8), (x + s * 0.34, y), (x - s * 0.34, y)],
        grade(colour, darker(colour, 0.12)),
    )
    c.ellipse(x, y - s * 0.8, s * 0.5, s * 0.12, darker(colour, 0.14))


def papers(c: Canvas, x: float, y: float, w: float) -> None:
    """A few sheets lying on a table."""
    c.poly(
        [(x - w * 0.5, y), (x - w * 0.36, y - w * 0.2), (x + w * 0.4, y - w * 0.2), (x + w * 0.46, y)], WHITE
    )
    c.poly(
        [
            (x - w * 0.3, y - w * 0.06),
            (x - w * 0.24, y - w * 0.11),
            (x + w * 0.3, y - w * 0.11),
            (x + w * 0.32, y - w * 0.06),
        ],
        darker(WHITE, 0.1),
    )


def lantern(c: Canvas, x: float, y: float, s: float, colour: Colour = RED) -> None:
    """A round paper lantern hanging from (x, y)."""
    c.rod((x, y), (x, y + s * 0.5), 2.5, DARK_WOOD)
    c.glow(x, y + s * 1.1, s * 1.6, (255, 210, 130), 0.3)
    c.ellipse(x, y + s * 1.1, s * 0.62, s * 0.54, colour)
    c.ellipse(x, y + s * 1.1, s * 0.34, s * 0.54, lighter(colour, 0.16))
    for level in (0.56, 1.58):
        c.rect(x - s * 0.22, y + s * level, s * 0.44, s * 0.11, GOLD, r=3)
    for dx in (-0.1, 0.0, 0.1):
        c.line([(x + dx * s, y + s * 1.68), (x + dx * s * 1.3, y + s * 2.1)], 3, GOLD)


def cone(c: Canvas, x: float, y: float, h: float) -> None:
    """A traffic cone."""
    orange = (238, 126, 58)
    c.rect(x - h * 0.4, y - h * 0.1, h * 0.8, h * 0.1, darker(orange, 0.2), r=4)
    c.poly(
        [
            (x - h * 0.27, y - h * 0.1),
            (x + h * 0.27, y - h * 0.1),
            (x + h * 0.05, y - h),
            (x - h * 0.05, y - h),
        ],
        orange,
    )
    for low, high in ((0.3, 0.46), (0.62, 0.74)):
        c.poly(
            [
                (x - h * (0.3 - low * 0.245), y - h * low),
                (x + h * (0.3 - low * 0.245), y - h * low),
                (x + h * (0.3 - high * 0.245), y - h * high),
                (x - h * (0.3 - high * 0.245), y - h * high),
            ],
            WHITE,
        )


def heart(c: Canvas, x: float, y: float, s: float, colour: Colour = RED, alpha: float = 1.0) -> None:
    """A heart about (x, y)."""
    half = [(0.0, -0.3), (0.2, -0.58), (0.5, -0.62), (0.74, -0.36), (0.66, 0.02), (0.36, 0.4), (0.0, 0.72)]
    outline = [(x + px * s, y + py * s) for px, py in half] + [
        (x - px * s, y + py * s) for px, py in reversed(half[1:-1])
    ]
    c.poly(outline, colour, alpha) if s < 8 else c.blob(outline, colour, alpha, steps=5)


def ball(c: Canvas, x: float, y: float, r: float) -> None:
    """A volleyball."""
    c.ellipse(x, y, r, fill=WHITE)
    c.poly(
        [(x + r * math.cos(math.radians(a)), y + r * math.sin(math.radians(a))) for a in range(-60, 61, 8)]
        + [
            (x + r * 0.34 * math.cos(math.radians(a)) + r * 0.1, y + r * math.sin(math.radians(a)))
            for a in range(60, -61, -8)
        ],
        GOLD,
    )
    c.tube(
        [(x - r * 0.2, y - r * 0.96), (x + r * 0.06, y), (x - r * 0.2, y + r * 0.96)],
        [r * 0.04] * 3,
        darker(BLUE, 0.1),
    )
    c.tube(
        [(x - r * 0.98, y - r * 0.1), (x - r * 0.4, y + r * 0.06), (x + r * 0.04, y)],
        [r * 0.04] * 3,
        darker(BLUE, 0.1),
    )


def clipboard(c: Canvas, x: float, y: float, w: float) -> None:
    """A board with sheets, held at (x, y)."""
    c.rect(x - w / 2, y - w * 0.66, w, w * 1.3, darker(WOOD, 0.1), r=5)
    c.rect(x - w * 0.42, y - w * 0.54, w * 0.84, w * 1.1, WHITE)
    c.rect(x - w * 0.16, y - w * 0.72, w * 0.32, w * 0.16, STEEL, r=4)
    for row in range(4):
        c.line(
            [
                (x - w * 0.3, y - w * 0.26 + row * w * 0.2),
                (x + w * (0.3 - 0.08 * (row % 2)), y - w * 0.26 + row * w * 0.2),
            ],
            w * 0.05,
            mix(STEEL, WHITE, 0.4),
        )


def barrier(c: Canvas, x: float, y: float, w: float) -> None:
    """A striped barrier."""
    for side in (-0.4, 0.4):
        c.rod((x + w * side, y - w * 0.5), (x + w * side, y + w * 0.1), 10, STEEL)
    for row in (-0.48, -0.2):
        c.rect(x - w / 2, y + w * row, w, w * 0.17, WHITE, r=4)
        for index in range(4):
            left = x - w / 2 + w * (0.04 + index * 0.25)
            c.poly(
                [
                    (left + w * 0.07, y + w * row),
                    (left + w * 0.17, y + w * row),
                    (left + w * 0.1, y + w * (row + 0.17)),
                    (left, y + w * (row + 0.17)),
                ],
                RED,
            )


def bowl(c: Canvas, x: float, y: float, w: float, filling: Colour = CREAM) -> None:
    """A bowl standing on (x, y), heaped."""
    c.ellipse(x, y - w * 0.4, w * 0.42, w * 0.22, filling)
    c.poly(
        [
            (x + w * 0.5 * math.cos(math.radians(a)), y - w * 0.4 + w * 0.4 * math.sin(math.radians(a)))
            for a in range(0, 181, 12)
        ],
        WHITE,
    )
    c.rect(x - w * 0.2, y - w * 0.06, w * 0.4, w * 0.06, darker(WHITE, 0.1))
    c.line([(x - w * 0.42, y - w * 0.3), (x + w * 0.42, y - w * 0.3)], w * 0.04, SKY_BLUE)
