"""Rooms and stages, seen straight on."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from congdoan.ops.demo.drawings import landscape as land
from congdoan.ops.demo.drawings import trees
from congdoan.ops.demo.drawings.canvas import Canvas, grade
from congdoan.ops.demo.drawings.geometry import HEIGHT, WIDTH, Box
from congdoan.ops.demo.drawings.palettes import (
    GOLD,
    RED,
    WOOD,
    Colour,
    darker,
    lighter,
    mix,
)


def room(
    c: Canvas,
    windows: Sequence[Box] = (),
    *,
    floor: float = 690,
    wall: Colour | None = None,
    panel: bool = False,
) -> None:
    """A room seen straight on, with mountains behind its ``windows`` (left, top, width, height)."""
    p = c.palette
    tint = wall or p.wall
    if windows:
        land.sky(c, sun=None, clouds=4, horizon=620)
        land.mountains(c, top=300, layers=3, gap=64, height=70)
        land.ground(c, 560, p.field, bottom=floor)
        for index in range(5):
            trees.tree(c, c.rng.uniform(0, WIDTH), 585, 80 + 22 * (index % 3))
    columns = sorted({-5.0, WIDTH + 5, *(w[0] for w in windows), *(w[0] + w[2] for w in windows)})
    for left, right in itertools.pairwise(columns):
        hole = next((w for w in windows if w[0] <= left and right <= w[0] + w[2]), None)
        if hole is None:
            c.rect(
                left, -5, right - left + 0.5, floor + 5, grade(lighter(tint, 0.2), tint, darker(tint, 0.05))
            )
        else:
            c.rect(left, -5, right - left + 0.5, hole[1] + 5, lighter(tint, 0.16))
            c.rect(
                left,
                hole[1] + hole[3],
                right - left + 0.5,
                floor - hole[1] - hole[3],
                mix(tint, darker(tint, 0.05), 0.6),
            )
    for x, y, w, h in windows:
        frame = lighter(tint, 0.6)
        c.rect(x - 12, y - 12, w + 24, 14, frame)
        c.rect(x - 12, y - 12, 14, h + 24, frame)
        c.rect(x + w - 2, y - 12, 14, h + 24, frame)
        for share in (1 / 3, 2 / 3):
            c.rect(x + w * share - 4, y, 8, h, frame)
        c.rect(x, y + h * 0.3, w, 7, frame)
        c.rect(x - 24, y + h - 2, w + 48, 20, frame)
        c.rect(x - 24, y + h + 18, w + 48, 7, darker(tint, 0.18), alpha=0.6)
    if panel:
        c.rect(-5, floor - 120, WIDTH + 10, 120, mix(tint, p.leaf, 0.2))
        c.rect(-5, floor - 124, WIDTH + 10, 7, mix(tint, p.leaf, 0.34))
    c.rect(
        -5,
        floor,
        WIDTH + 10,
        HEIGHT - floor + 10,
        grade(darker(p.floor, 0.12), p.floor, lighter(p.floor, 0.1)),
    )
    c.rect(-5, floor - 14, WIDTH + 10, 16, darker(tint, 0.16))
    for index in range(-9, 10):
        c.poly(
            [
                (750 + index * 130, floor + 2),
                (752 + index * 130, floor + 2),
                (756 + index * 230, 1010),
                (750 + index * 230, 1010),
            ],
            darker(p.floor, 0.22),
            0.5,
        )
    for x, _, w, _ in windows:
        c.poly(
            [
                (x + 60, floor + 40),
                (x + w + 40, floor + 40),
                (x + w + 150, floor + 190),
                (x + 130, floor + 190),
            ],
            lighter(p.sun, 0.2),
            0.16,
        )


def stage(c: Canvas, *, curtain: Colour, top: float = 640, star: bool = True) -> None:
    """A stage: a curtain in soft folds, a flag-red cloth with a gold star, boards and footlights."""
    c.rect(-5, -5, WIDTH + 10, top + 10, grade(darker(curtain, 0.3), curtain, darker(curtain, 0.12)))
    for fold in range(26):
        x = fold * 60 + c.rng.uniform(-6, 6)
        c.tube([(x, -20), (x + 4, top * 0.5), (x - 3, top + 10)], [9, 13, 16], darker(curtain, 0.22), 0.38)
        c.tube(
            [(x + 26, -20), (x + 28, top * 0.5), (x + 24, top + 10)], [4, 6, 8], lighter(curtain, 0.16), 0.3
        )
    for index in range(9):
        x = 1500 / 8 * index
        c.blob(
            [(x - 112, -60), (x - 100, 30), (x, 92), (x + 100, 30), (x + 112, -60)],
            darker(mix(curtain, GOLD, 0.16), 0.2),
        )
        c.line([(x - 94, 40), (x, 90), (x + 94, 40)], 6, GOLD)
    if star:
        c.rect(640, 150, 220, 150, RED)
        c.star(750, 228, 52, GOLD)
    board = mix(c.palette.floor, WOOD, 0.35)
    c.rect(-5, top, WIDTH + 10, HEIGHT, grade(darker(board, 0.1), lighter(board, 0.1)))
    for row in range(1, 6):
        y = top + 8 * row * row
        c.rect(-5, y, WIDTH + 10, 2 + row * 0.5, darker(board, 0.2), alpha=0.6)


def beam(c: Canvas, x: float, top: float, bottom: float, spread: float, lean: float = 0.0) -> None:
    """A beam of stage light falling from (x, top)."""
    for share, alpha in ((1.0, 0.07), (0.72, 0.08), (0.44, 0.07)):
        c.poly(
            [
                (x - 14 * share, top),
                (x + 14 * share, top),
                (x + lean + spread * share, bottom),
                (x + lean - spread * share, bottom),
            ],
            (255, 240, 200),
            alpha,
        )
    c.ellipse(x + lean, bottom, spread, spread * 0.16, (255, 240, 200), alpha=0.2)
