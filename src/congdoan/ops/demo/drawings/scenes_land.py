"""Scenes out in the country: rice terraces, tea, planting."""

from __future__ import annotations

import math

from congdoan.ops.demo.drawings import landscape as land
from congdoan.ops.demo.drawings import looks, people, places, things, trees
from congdoan.ops.demo.drawings.canvas import Canvas, grade
from congdoan.ops.demo.drawings.geometry import WIDTH
from congdoan.ops.demo.drawings.palettes import (
    SKY_BLUE,
    STEEL,
    WHITE,
    darker,
    lighter,
    mix,
)


def terraces(c: Canvas, variant: int) -> None:
    """Rice terraces under mountains, with one or two people at work."""
    wet = (0.34, 0.0, 0.22, 0.0, 0.0, 0.5, 0.4)[variant % 7]
    land.sky(c, sun=(0.66, 0.3, 0.52, 0.72, 0.24, 0.6, 0.44)[variant % 7], clouds=3)
    land.birds(c, 380, 210, 4)
    land.mountains(c, top=330, layers=3)
    if variant % 3 == 1:
        land.terraces(c, 560, 760, count=7, flooded=wet, slope=50, depth=0.85)
        land.tiered_hill(c, 1080, 800, 400, 290, count=9, flooded=wet)
        land.terraces(c, 850, 1080, count=6, flooded=wet, sway=0.5)
    else:
        slope = 90 if variant % 2 else 50
        land.terraces(c, 575, 1060, count=12, flooded=wet, slope=slope)
    if variant % 3 == 0:
        places.stilt_house(c, 1130, 690, 210)
        trees.banana(c, 1290, 706, 130)
        trees.tree(c, 985, 676, 150)
    elif variant % 3 == 2:
        for x, s in ((1130, 190), (1200, 240), (1290, 200)):
            trees.pine(c, x, 660 + s * 0.12, s)
    else:
        trees.tree(c, 300, 760, 210)
        places.house(c, 440, 760, 130)
    people.person(c, 380, 900, 250, people.BEND, looks.farmer(c.rng), shadow=False)
    if variant % 2 == 0:
        people.person(
            c,
            640,
            930,
            280,
            people.WALK,
            looks.highland(c.rng),
            faces=-1,
            shadow=False,
            behind=lambda body: things.back_basket(c, body, c.palette.field),
        )
    trees.tufts(c, 60)


def tea(c: Canvas, variant: int) -> None:
    """Tea hills with pickers in leaf hats and baskets on their backs."""
    land.sky(c, sun=0.72 if variant % 2 else 0.3, clouds=3)
    land.mountains(c, top=320, layers=3, gap=70)
    for x in (180, 250, 1240, 1330):
        trees.pine(c, x, 560, c.rng.uniform(90, 140))
    if variant % 2 == 0:
        places.house(c, 1060, 560, 120)
    c.rect(-5, 540, WIDTH + 10, 470, mix(c.palette.leaf, c.palette.field, 0.4))
    spots = [(420, 862, 340, 1, 5), (980, 792, 270, -1, 4), (740, 965, 430, 1, 7), (1220, 915, 370, -1, 6)]
    shown = spots[: 2 + variant % 3] if variant % 3 else [spots[2], spots[1]]

    def pickers(row: int) -> None:
        for x, y, tall, faces, place in shown:
            if place == row:
                _picker(c, x, y, tall, faces)

    land.tea_rows(c, 556, tilt=60 if variant % 2 else -60, before=pickers)


def _picker(c: Canvas, x: float, y: float, tall: float, faces: int) -> None:
    look = looks.farmer(c.rng, woman=True) if c.rng.random() < 0.6 else looks.highland(c.rng)
    body = people.person(
        c,
        x,
        y,
        tall,
        people.STOOP,
        look,
        faces=faces,
        shadow=False,
        behind=lambda body: things.back_basket(c, body, c.palette.leaf),
    )
    leaf = lighter(mix(c.palette.leaf, c.palette.field, 0.6), 0.1)
    for hand in body.hands:
        c.ellipse(hand[0] + 4, hand[1] - 6, tall * 0.022, tall * 0.012, leaf, tilt=-35)


def tree_planting(c: Canvas, variant: int) -> None:
    """People planting young trees on a slope."""
    p = c.palette
    land.sky(c, sun=0.26 if variant % 2 else 0.74, clouds=3)
    land.mountains(c, top=320, layers=3, gap=70)
    land.terraces(c, 560, 720, count=6, sway=0.5, depth=0.8)
    for place in (90, 200, 1330, 1430):
        trees.tree(c, place, 690, c.rng.uniform(150, 210))
    hill = land.ground(c, 690, mix(p.field, p.leaf, 0.24), swell=22)
    for index in range(9):
        x = 160 + index * 150 + c.rng.uniform(-20, 20)
        y = 740 + (index % 3) * 22
        if abs(x - 520) > 120 and abs(x - 1000) > 120:
            sapling(c, x, max(y, hill(x) + 20), 74)
    trees.grass(c, 40, 740, 990)
    group = [
        (380, 880, 400, people.KNEEL, 1),
        (760, 845, 410, people.STOOP, 1),
        (1190, 880, 420, people.WALK, -1),
    ]
    for index, (x, y, tall, pose, faces) in enumerate(group[: 2 + (variant % 2)] if variant % 3 else group):
        look = looks.worker(c.rng, helmet=False) if index % 2 == variant % 2 else looks.highland(c.rng)
        if index == 1:
            c.ellipse(x + 120, y + 6, 64, 16, (120, 88, 66))
        body = people.person(c, x, y, tall, pose, look, faces=faces)
        if pose is people.KNEEL:
            _mound(c, x + 132, y + 2)
            sapling(c, x + 132, y - 6, 150)
        elif pose is people.STOOP:
            hand = body.hands[1]
            c.rod((hand[0] - 34, hand[1] - 70), (hand[0] + 30, y - 44), 9, (140, 98, 66))
            c.poly(
                [
                    (hand[0] + 12, y - 60),
                    (hand[0] + 50, y - 60),
                    (hand[0] + 46, y - 14),
                    (hand[0] + 30, y + 2),
                    (hand[0] + 16, y - 14),
                ],
                STEEL,
            )
        else:
            hand = body.hands[1]
            _can(c, hand[0], hand[1])
    if variant % 2:
        small = people.person(c, 610, 915, 270, people.FRONT_HANDS, looks.pupil(c.rng), faces=-1)
        sapling(c, small.hands[0][0] - 4, small.hands[0][1] + 20, 84)
    sapling(c, 990, 900, 120)
    _mound(c, 990, 906)


def sapling(c: Canvas, x: float, y: float, h: float) -> None:
    """A young tree with a few leaves."""
    leaf = mix(c.palette.leaf, c.palette.field, 0.42)
    c.tube([(x, y), (x + h * 0.02, y - h * 0.9)], [h * 0.022, h * 0.012], (122, 92, 66))
    for index, share in enumerate((0.4, 0.52, 0.64, 0.76, 0.88, 1.0)):
        side = -1 if index % 2 else 1
        a = math.radians(-35 if side > 0 else -145)
        foot = (x + h * 0.015, y - h * share * 0.9)
        tip = (foot[0] + math.cos(a) * h * 0.3, foot[1] + math.sin(a) * h * 0.26)
        c.tube(
            [foot, ((foot[0] + tip[0]) / 2, (foot[1] + tip[1]) / 2 - h * 0.03), tip],
            [h * 0.015, h * 0.07, h * 0.01],
            leaf if side > 0 else darker(leaf, 0.14),
        )


def _mound(c: Canvas, x: float, y: float) -> None:
    c.blob(
        [(x - 60, y + 10), (x - 34, y - 14), (x, y - 22), (x + 36, y - 14), (x + 62, y + 10), (x, y + 18)],
        (128, 94, 70),
        steps=5,
    )


def _can(c: Canvas, x: float, y: float) -> None:
    tint = mix(SKY_BLUE, STEEL, 0.3)
    c.line([(x - 26, y + 26), (x, y - 6), (x + 26, y + 26)], 6, darker(tint, 0.2))
    c.rect(x - 34, y + 20, 68, 62, grade(lighter(tint, 0.2), darker(tint, 0.1)), r=8)
    c.rod((x - 34, y + 64), (x - 78, y + 26), 9, tint)
    c.ellipse(x - 80, y + 24, 12, 8, darker(tint, 0.1), tilt=45)
    for index in range(4):
        c.ellipse(x - 92 - index * 9, y + 50 + index * 22, 3, 6, mix(SKY_BLUE, WHITE, 0.4))
