"""Scenes on roads and rivers: a bridge, a mountain pass."""

from __future__ import annotations

from congdoan.ops.demo.drawings import landscape as land
from congdoan.ops.demo.drawings import looks, people, places, trees
from congdoan.ops.demo.drawings.canvas import Canvas, grade
from congdoan.ops.demo.drawings.geometry import WIDTH, smooth
from congdoan.ops.demo.drawings.palettes import (
    BLUE,
    CORAL,
    GOLD,
    RED,
    SKY_BLUE,
    STEEL,
    WHITE,
    Colour,
    darker,
    lighter,
    mix,
)


def bridge(c: Canvas, variant: int) -> None:
    """A bridge over a broad river between mountains, a town on the far bank."""
    p = c.palette
    land.sky(c, sun=0.5 if variant % 2 else 0.28, clouds=4)
    land.mountains(c, top=320, layers=3, gap=68)
    land.ridge(c, 585, 26, 0.95, period=600, ridged=0.1, bottom=680)
    x = 30.0
    while x < WIDTH:
        w = c.rng.uniform(44, 92)
        if c.rng.random() < 0.72:
            places.tower(
                c,
                x,
                640,
                w,
                c.rng.uniform(40, 130),
                mix(mix(p.wall, (CORAL, SKY_BLUE, WHITE)[int(x) % 3], 0.2), p.haze, 0.4),
            )
        x += w + c.rng.uniform(6, 40)
    for index in range(26):
        trees.bush(c, index * 62, 648, c.rng.uniform(22, 42), colour=mix(p.leaf, p.haze, 0.24))
    river = mix(p.water, p.sky[0], 0.35)
    c.rect(-5, 644, WIDTH + 10, 370, grade(mix(river, p.haze, 0.45), river, darker(river, 0.16)))
    for _ in range(46):
        y = c.rng.uniform(668, 985)
        length = c.rng.uniform(20, 90) * (0.4 + (y - 640) / 300)
        px = c.rng.uniform(0, WIDTH)
        c.line([(px, y), (px + length, y)], 2 + (y - 640) / 90, lighter(river, 0.3), 0.5)
    (_cable_bridge if variant % 2 == 0 else _arch_bridge)(c)
    if variant % 3 != 2:
        _boat(c, 420, 880)
    bank = land.ground(c, 955, mix(p.field, p.leaf, 0.3), swell=16)
    for px in (40, 120, 1380, 1460):
        trees.bush(c, px, bank(px) + 14, 70)
    trees.bamboo(c, 1400, 985, 420)


def _cable_bridge(c: Canvas) -> None:
    deck = 690.0
    steel = mix(WHITE, c.palette.haze, 0.2)
    for x in (440, 1060):
        c.poly([(x - 26, 800), (x - 12, 330), (x + 12, 330), (x + 26, 800)], grade(steel, darker(steel, 0.2)))
        c.rect(x - 17, 430, 34, 16, darker(steel, 0.12))
        c.rect(x - 40, 780, 80, 46, darker(steel, 0.3), r=8)
        for index in range(1, 10):
            for side in (-1, 1):
                c.rod((x, 344 + index * 9), (x + side * index * 34, deck - 8), 3, darker(steel, 0.1))
    c.rect(-5, deck - 10, WIDTH + 10, 24, steel)
    c.rect(-5, deck + 10, WIDTH + 10, 14, darker(steel, 0.3))
    for x in range(0, 1500, 30):
        c.rect(x, deck - 26, 3, 18, darker(steel, 0.2))
    c.rect(-5, deck - 28, WIDTH + 10, 4, darker(steel, 0.12))
    for x, tint in ((240, RED), (720, BLUE), (905, GOLD), (1290, WHITE)):
        _car(c, x, deck - 10, 56, tint)
    c.rect(-5, 838, WIDTH + 10, 12, darker(c.palette.water, 0.3), alpha=0.14)


def _arch_bridge(c: Canvas) -> None:
    deck = 680.0
    steel = mix(CORAL, c.palette.near, 0.2)
    stone = mix(WHITE, c.palette.near, 0.25)
    for x in (150, 550, 950, 1350):
        c.poly(
            [(x - 22, deck), (x + 22, deck), (x + 32, 830), (x - 32, 830)], grade(stone, darker(stone, 0.2))
        )
        c.rect(x - 42, 816, 84, 26, darker(stone, 0.25), r=6)
    for left, right in ((150, 550), (550, 950), (950, 1350)):
        middle = (left + right) / 2
        bow = smooth(
            [
                (left, deck),
                (left + 90, deck - 128),
                (middle, deck - 176),
                (right - 90, deck - 128),
                (right, deck),
            ],
            steps=10,
        )
        for px, py in bow[4:-4:4]:
            c.rod((px, py), (px, deck), 4, lighter(steel, 0.15))
        c.tube(
            [*bow[::4], bow[-1]] if bow[::4][-1] != bow[-1] else bow[::4],
            [8.0] * (len(bow[::4]) + (bow[::4][-1] != bow[-1])),
            steel,
        )
    c.rect(-5, deck - 8, WIDTH + 10, 22, lighter(stone, 0.3))
    c.rect(-5, deck + 12, WIDTH + 10, 12, darker(stone, 0.25))
    for x, tint in ((320, BLUE), (690, WHITE), (1090, GOLD)):
        _car(c, x, deck - 8, 58, tint)


def _car(c: Canvas, x: float, y: float, w: float, tint: Colour) -> None:
    c.rect(x + w * 0.16, y - w * 0.46, w * 0.56, w * 0.3, darker(tint, 0.05), r=w * 0.12)
    c.rect(x + w * 0.24, y - w * 0.4, w * 0.4, w * 0.16, places.pane(c), r=4)
    c.rect(x, y - w * 0.28, w, w * 0.2, tint, r=w * 0.08)
    for share in (0.24, 0.76):
        c.ellipse(x + w * share, y - w * 0.07, w * 0.09, fill=(50, 48, 58))


def _boat(c: Canvas, x: float, y: float) -> None:
    wood = mix((120, 84, 64), c.palette.near, 0.15)
    body = people.person(c, x - 44, y - 8, 150, people.STAND, looks.farmer(c.rng), shadow=False)
    c.rod(
        (body.hands[1][0] - 6, body.hands[1][1] - 70), (body.hands[1][0] + 22, y + 40), 5, darker(wood, 0.2)
    )
    c.blob(
        [
            (x - 150, y - 34),
            (x - 80, y - 8),
            (x + 60, y - 8),
            (x + 150, y - 40),
            (x + 96, y + 20),
            (x - 96, y + 20),
        ],
        grade(wood, darker(wood, 0.3)),
        steps=6,
    )
    c.ellipse(x, y + 24, 120, 9, darker(c.palette.water, 0.4), alpha=0.3)


def mountain_road(c: Canvas, variant: int) -> None:
    """A road winding up a pass, with a coach or motorbikes."""
    p = c.palette
    land.sky(c, sun=0.3 if variant % 2 else 0.7, clouds=4)
    land.birds(c, 900, 230, 5)
    land.mountains(c, top=310, layers=3, gap=66, height=130)
    slope = mix(p.leaf, p.field, 0.4)
    hill = [(-60, 640), (120, 560), (380, 500), (640, 560), (900, 610), (1200, 540), (1560, 500)]
    c.poly(
        [*smooth(hill), (1560, 1040), (-60, 1040)], grade(mix(slope, p.haze, 0.35), slope, darker(slope, 0.1))
    )
    for _ in range(16):
        x = c.rng.uniform(0, WIDTH)
        if not 500 < x < 1000:
            trees.pine(c, x, c.rng.uniform(580, 660), c.rng.uniform(60, 110))
    road = mix((150, 148, 156), p.haze, 0.14)
    path = [
        (905, 560, 7),
        (985, 578, 10),
        (985, 606, 14),
        (800, 632, 19),
        (640, 666, 25),
        (640, 712, 32),
        (820, 752, 42),
        (1020, 800, 54),
        (1070, 870, 72),
        (930, 950, 98),
        (700, 1060, 130),
    ]
    spine = [(x, y) for x, y, _ in path]
    line = smooth(spine, steps=16)
    girth = [g for _, g in smooth([(0.0, float(w)) for _, _, w in path], steps=16)]
    for grow, drop, tint in (
        (1.06, 0.3, darker(slope, 0.3)),
        (1.05, 0.0, mix(WHITE, road, 0.4)),
        (0.95, 0.0, road),
    ):
        for (x, y), half in zip(line, girth, strict=True):
            c.ellipse(x, y + half * drop, half * grow, half * grow * 0.62, tint)
    for index in range(6, len(line) - 3, 3):
        a, b = line[index], line[index + 1]
        c.tube([a, b], [girth[index] * 0.035, girth[index + 1] * 0.035], WHITE)
    for index in range(8):
        t = index / 7
        x, y = 640 + 430 * t, 722 + 74 * t
        c.rect(x + 30, y - 26 - 12 * t, 6 + 4 * t, 26 + 12 * t, WHITE)
        c.rect(x + 30, y - 22 - 12 * t, 6 + 4 * t, 7, RED)
    if variant % 2 == 0:
        _coach(c, 890, 800, 230, (SKY_BLUE, CORAL, GOLD, WHITE)[variant // 2 % 4])
    else:
        _motorbike(c, 840, 800, 150)
        _motorbike(c, 1060, 880, 200)
    _motorbike(c, 610, 668, 70)
    trees.tree(c, 180, 930, 330)
    trees.tree(c, 1380, 880, 260)
    for x in (60, 330, 1300, 1450):
        trees.bush(c, x, 960, 90)
    trees.tufts(c, 26)


def _coach(c: Canvas, x: float, y: float, w: float, tint: Colour) -> None:
    h = w * 0.42
    c.ellipse(x, y + 4, w * 0.56, 12, (40, 40, 60), alpha=0.25)
    c.rect(x - w / 2, y - h, w, h * 0.88, grade(lighter(tint, 0.25), tint), r=w * 0.06)
    c.rect(x - w * 0.46, y - h * 0.88, w * 0.92, h * 0.34, places.pane(c), r=w * 0.03)
    for share in (-0.28, -0.1, 0.08, 0.26):
        c.rect(x + w * share, y - h * 0.88, w * 0.014, h * 0.34, tint)
    c.rect(x - w / 2, y - h * 0.38, w, h * 0.09, WHITE)
    for share in (-0.3, 0.3):
        c.ellipse(x + w * share, y - h * 0.1, w * 0.075, fill=(48, 46, 56))
        c.ellipse(x + w * share, y - h * 0.1, w * 0.034, fill=STEEL)
    c.ellipse(x + w * 0.48, y - h * 0.28, w * 0.02, fill=(255, 232, 170))


def _motorbike(c: Canvas, x: float, y: float, w: float) -> None:
    tint = c.rng.choice((RED, BLUE, (70, 70, 84)))
    c.ellipse(x, y + 2, w * 0.54, w * 0.05, (40, 40, 60), alpha=0.25)
    rider = people.Pose(
        hip=(-0.1, -0.34),
        neck=(0.0, -0.66),
        tilt=6,
        hands=((0.2, -0.46), (0.22, -0.46)),
        feet=((0.08, -0.1), (0.1, -0.1)),
        bends=(1.0, 1.0, -1.0, -1.0),
        turn=0.85,
        side=True,
    )
    for share in (-0.34, 0.36):
        c.ellipse(x + w * share, y - w * 0.15, w * 0.15, fill=(48, 46, 56))
        c.ellipse(x + w * share, y - w * 0.15, w * 0.08, fill=STEEL)
    c.rod((x + w * 0.36, y - w * 0.15), (x + w * 0.22, y - w * 0.58), w * 0.04, (70, 70, 80))
    c.blob(
        [
            (x - w * 0.44, y - w * 0.4),
            (x - w * 0.1, y - w * 0.38),
            (x + w * 0.06, y - w * 0.22),
            (x + w * 0.22, y - w * 0.42),
            (x + w * 0.26, y - w * 0.2),
            (x, y - w * 0.12),
            (x - w * 0.3, y - w * 0.2),
        ],
        tint,
        steps=5,
    )
    c.line([(x - w * 0.42, y - w * 0.42), (x + w * 0.02, y - w * 0.4)], w * 0.07, (48, 46, 56))
    look = looks.worker(c.rng)
    people.person(c, x - w * 0.06, y - w * 0.06, w * 1.12, rider, look, shadow=False)
    c.rod((x + w * 0.12, y - w * 0.58), (x + w * 0.24, y - w * 0.6), w * 0.035, (60, 60, 70))
