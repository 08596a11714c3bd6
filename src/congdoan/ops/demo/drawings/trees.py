"""Trees, flowers and grass."""

from __future__ import annotations

import math

from congdoan.ops.demo.drawings.canvas import Canvas
from congdoan.ops.demo.drawings.geometry import WIDTH, Point
from congdoan.ops.demo.drawings.palettes import (
    Colour,
    darker,
    lighter,
    mix,
)


def tree(c: Canvas, x: float, y: float, size: float, *, colour: Colour | None = None) -> None:
    """A broad-leaved tree standing on (x, y)."""
    leaf = colour or mix(c.palette.leaf, c.palette.field, c.rng.uniform(0.0, 0.3))
    trunk = mix((112, 82, 66), c.palette.near, 0.25)
    c.tube(
        [(x, y), (x - size * 0.02, y - size * 0.35), (x + size * 0.03, y - size * 0.62)],
        [size * 0.05, size * 0.035, size * 0.02],
        trunk,
    )
    c.tube([(x, y - size * 0.36), (x + size * 0.16, y - size * 0.56)], [size * 0.022, size * 0.012], trunk)
    crown = [
        (-0.3, -0.52),
        (-0.2, -0.78),
        (0.02, -0.96),
        (0.24, -0.8),
        (0.32, -0.54),
        (0.14, -0.42),
        (-0.12, -0.42),
    ]
    jitter = [
        (x + (px + c.rng.uniform(-0.03, 0.03)) * size, y + (py + c.rng.uniform(-0.03, 0.03)) * size)
        for px, py in crown
    ]
    c.blob(jitter, darker(leaf, 0.18))
    for px, py, r, lift in (
        (0.12, -0.58, 0.17, -0.08),
        (-0.14, -0.58, 0.16, -0.04),
        (0.1, -0.76, 0.15, 0.02),
        (-0.06, -0.72, 0.19, 0.0),
        (-0.1, -0.78, 0.12, 0.06),
    ):
        tint = lighter(leaf, lift) if lift > 0 else darker(leaf, -lift)
        c.ellipse(x + px * size, y + py * size, r * size, r * size * 0.86, tint, tilt=-20)


def pine(c: Canvas, x: float, y: float, size: float, *, colour: Colour | None = None) -> None:
    """A mountain fir of three tiers standing on (x, y)."""
    leaf = colour or mix(c.palette.leaf, c.palette.near, 0.4)
    c.rect(x - size * 0.025, y - size * 0.2, size * 0.05, size * 0.2, mix((104, 78, 66), c.palette.near, 0.3))
    for tier in range(3):
        low = y - size * (0.12 + 0.25 * tier)
        half = size * (0.24 - 0.055 * tier)
        tint = mix(leaf, lighter(leaf, 0.3), tier * 0.16)
        c.poly(
            [
                (x, low - size * 0.42),
                (x + half * 0.55, low - size * 0.12),
                (x + half, low),
                (x, low + size * 0.035),
                (x - half, low),
                (x - half * 0.55, low - size * 0.12),
            ],
            darker(tint, 0.1),
        )
        c.poly(
            [
                (x, low - size * 0.42),
                (x - half * 0.55, low - size * 0.12),
                (x - half, low),
                (x, low + size * 0.035),
            ],
            tint,
        )


def banana(c: Canvas, x: float, y: float, size: float) -> None:
    """A banana plant: a few long arching leaves."""
    leaf = mix(c.palette.leaf, c.palette.field, 0.35)
    c.tube(
        [(x, y), (x + size * 0.02, y - size * 0.45)],
        [size * 0.045, size * 0.03],
        mix(leaf, c.palette.ground, 0.4),
    )
    for index, angle in enumerate((-158, -22, -132, -48, -90)):
        a = math.radians(angle)
        start = (x + size * 0.02, y - size * 0.42)
        tip = (start[0] + math.cos(a) * size * 0.5, start[1] + math.sin(a) * size * 0.42 + size * 0.06)
        middle = ((start[0] + tip[0]) / 2, (start[1] + tip[1]) / 2 - size * 0.13)
        tint = leaf if index % 2 else darker(leaf, 0.14)
        c.tube([start, middle, tip], [size * 0.018, size * 0.075, size * 0.012], tint)


def bamboo(c: Canvas, x: float, y: float, size: float) -> None:
    """A clump of bamboo leaning gently."""
    stem = mix(c.palette.field, c.palette.leaf, 0.45)
    for index in range(5):
        lean = (index - 2) * 0.09 + c.rng.uniform(-0.02, 0.02)
        foot = (x + (index - 2) * size * 0.04, y)
        top = (foot[0] + lean * size, y - size * c.rng.uniform(0.8, 1.0))
        bend = (foot[0] + lean * size * 0.25, y - size * 0.5)
        c.tube([foot, bend, top], [size * 0.012, size * 0.011, size * 0.005], darker(stem, 0.1 * (index % 2)))
        for leaf in range(6):
            t = 0.5 + leaf * 0.1
            px = foot[0] + (top[0] - foot[0]) * t
            py = foot[1] + (top[1] - foot[1]) * t
            side = -1 if leaf % 2 else 1
            c.tube(
                [
                    (px, py),
                    (px + side * size * 0.08, py - size * 0.01),
                    (px + side * size * 0.15, py + size * 0.045),
                ],
                [size * 0.004, size * 0.017, size * 0.003],
                mix(c.palette.leaf, c.palette.field, 0.12 * leaf / 2),
            )


def blossom(c: Canvas, x: float, y: float, size: float, *, petals: int = 46, standing: bool = True) -> None:
    """A peach tree in flower standing on (x, y), its branches reaching up and out."""
    bark = mix((96, 66, 62), c.palette.near, 0.2)
    trunk = [(x, y), (x - size * 0.05, y - size * 0.25), (x + size * 0.03, y - size * 0.48)]
    c.tube(trunk, [size * 0.04, size * 0.03, size * 0.02], bark)
    spots: list[Point] = []
    for angle, length, start in (
        (-150, 0.46, 0.45),
        (-120, 0.5, 0.9),
        (-88, 0.55, 1.0),
        (-58, 0.52, 0.95),
        (-28, 0.48, 0.6),
        (-170, 0.3, 0.8),
    ):
        a = math.radians(angle + c.rng.uniform(-8, 8))
        foot = (x + size * 0.02 * start, y - size * (0.2 + 0.27 * start))
        tip = (foot[0] + math.cos(a) * size * length, foot[1] + math.sin(a) * size * length)
        middle = ((foot[0] + tip[0]) / 2 + size * 0.03, (foot[1] + tip[1]) / 2 - size * 0.05)
        c.tube([foot, middle, tip], [size * 0.016, size * 0.011, size * 0.004], bark)
        spots += [
            (
                foot[0] + (tip[0] - foot[0]) * t,
                foot[1] + (tip[1] - foot[1]) * t - size * 0.05 * math.sin(t * 3.1),
            )
            for t in (0.35, 0.5, 0.65, 0.8, 0.92, 1.0)
        ]
    for index in range(petals):
        px, py = spots[index % len(spots)]
        spread = size * 0.075
        flower(
            c,
            px + c.rng.uniform(-spread, spread),
            py + c.rng.uniform(-spread, spread),
            size * (0.008 + 4 / size) * c.rng.uniform(0.8, 1.5),
            (238, 142, 156) if index % 3 else (250, 190, 192),
        )
    if standing:
        c.ellipse(x, y, size * 0.09, size * 0.015, darker(c.palette.ground, 0.3), alpha=0.4)


def flower(c: Canvas, x: float, y: float, r: float, colour: Colour) -> None:
    """A small five-petalled flower."""
    turn = c.rng.uniform(0, 72)
    for petal in range(5):
        a = math.radians(turn + petal * 72)
        c.ellipse(x + math.cos(a) * r * 0.62, y + math.sin(a) * r * 0.62, r * 0.56, fill=colour)
    c.ellipse(x, y, r * 0.3, fill=(250, 214, 120))


def bush(c: Canvas, x: float, y: float, size: float, *, colour: Colour | None = None) -> None:
    """A low round shrub."""
    leaf = colour or mix(c.palette.leaf, c.palette.field, 0.3)
    c.blob(
        [
            (x - size, y),
            (x - size * 0.8, y - size * 0.5),
            (x - size * 0.2, y - size * 0.75),
            (x + size * 0.5, y - size * 0.6),
            (x + size, y),
            (x, y + size * 0.06),
        ],
        leaf,
    )
    c.blob(
        [
            (x - size * 0.5, y - size * 0.2),
            (x - size * 0.4, y - size * 0.48),
            (x, y - size * 0.58),
            (x + size * 0.2, y - size * 0.36),
            (x - size * 0.1, y - size * 0.16),
        ],
        lighter(leaf, 0.16),
        0.7,
    )


def grass(c: Canvas, count: int, top: float, bottom: float) -> None:
    """Tufts of grass strewn over the ground between two heights."""
    for _ in range(count):
        x, y = c.rng.uniform(0, WIDTH), c.rng.uniform(top, bottom)
        s = 8 + 18 * (y - top) / max(bottom - top, 1)
        tint = mix(c.palette.leaf, c.palette.field, c.rng.uniform(0.2, 0.7))
        for lean in (-0.5, 0.0, 0.55):
            c.tube([(x + lean * s * 0.3, y), (x + lean * s, y - s)], [s * 0.09, s * 0.02], tint)


def tufts(c: Canvas, count: int) -> None:
    """Leaves of rice along the lower edge, near the eye."""
    tint = mix(c.palette.field_edge, c.palette.leaf, 0.5)
    for index in range(count):
        x = WIDTH * index / count + c.rng.uniform(-14, 14)
        lean = c.rng.uniform(-26, 26)
        tall = c.rng.uniform(36, 78)
        c.tube(
            [(x, 1010), (x + lean * 0.3, 1006 - tall * 0.6), (x + lean, 1006 - tall)],
            [4, 3.4, 0.8],
            mix(tint, c.palette.field, c.rng.uniform(0, 0.55)),
        )
