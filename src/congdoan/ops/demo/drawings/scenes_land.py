"""Scenes out in the country: fields, roads, bridges, planting."""

from __future__ import annotations

import math

from congdoan.ops.demo.drawings import landscape as land
from congdoan.ops.demo.drawings import looks, people, places, things
from congdoan.ops.demo.drawings.canvas import Canvas, grade
from congdoan.ops.demo.drawings.geometry import WIDTH, smooth
from congdoan.ops.demo.drawings.palettes import (
    BLUE, CORAL, GOLD, RED, SKY_BLUE, STEEL, WHITE, Colour, darker, lighter, mix,
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
        land.banana(c, 1290, 706, 130)
        land.tree(c, 985, 676, 150)
    elif variant % 3 == 2:
        for x, s in ((1130, 190), (1200, 240), (1290, 200)):
            land.pine(c, x, 660 + s * 0.12, s)
    else:
        land.tree(c, 300, 760, 210)
        places.house(c, 440, 760, 130)
    people.person(c, 380, 900, 250, people.BEND, looks.farmer(c.rng), shadow=False)
    if variant % 2 == 0:
        people.person(
            c, 640, 930, 280, people.WALK, looks.highland(c.rng), faces=-1, shadow=False,
            behind=lambda body: things.back_basket(c, body, c.palette.field),
        )
    tufts(c, 60)


def tufts(c: Canvas, count: int) -> None:
    """Leaves of rice along the lower edge, near the eye."""
    tint = mix(c.palette.field_edge, c.palette.leaf, 0.5)
    for index in range(count):
        x = WIDTH * index / count + c.rng.uniform(-14, 14)
        lean = c.rng.uniform(-26, 26)
        tall = c.rng.uniform(36, 78)
        c.tube([(x, 1010), (x + lean * 0.3, 1006 - tall * 0.6), (x + lean, 1006 - tall)], [4, 3.4, 0.8],
               mix(tint, c.palette.field, c.rng.uniform(0, 0.55)))


def tea(c: Canvas, variant: int) -> None:
    """Tea hills with pickers in leaf hats and baskets on their backs."""
    land.sky(c, sun=0.72 if variant % 2 else 0.3, clouds=3)
    land.mountains(c, top=320, layers=3, gap=70)
    for x in (180, 250, 1240, 1330):
        land.pine(c, x, 560, c.rng.uniform(90, 140))
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
        c, x, y, tall, people.STOOP, look, faces=faces, shadow=False,
        behind=lambda body: things.back_basket(c, body, c.palette.leaf),
    )
    leaf = lighter(mix(c.palette.leaf, c.palette.field, 0.6), 0.1)
    for hand in body.hands:
        c.ellipse(hand[0] + 4, hand[1] - 6, tall * 0.022, tall * 0.012, leaf, tilt=-35)


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
            places.tower(c, x, 640, w, c.rng.uniform(40, 130), mix(mix(p.wall, (CORAL, SKY_BLUE, WHITE)[int(x) % 3], 0.2), p.haze, 0.4))
        x += w + c.rng.uniform(6, 40)
    for index in range(26):
        land.bush(c, index * 62, 648, c.rng.uniform(22, 42), colour=mix(p.leaf, p.haze, 0.24))
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
        land.bush(c, px, bank(px) + 14, 70)
    land.bamboo(c, 1400, 985, 420)


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
        c.poly([(x - 22, deck), (x + 22, deck), (x + 32, 830), (x - 32, 830)], grade(stone, darker(stone, 0.2)))
        c.rect(x - 42, 816, 84, 26, darker(stone, 0.25), r=6)
    for left, right in ((150, 550), (550, 950), (950, 1350)):
        middle = (left + right) / 2
        bow = smooth([(left, deck), (left + 90, deck - 128), (middle, deck - 176), (right - 90, deck - 128), (right, deck)], steps=10)
        for px, py in bow[4:-4:4]:
            c.rod((px, py), (px, deck), 4, lighter(steel, 0.15))
        c.tube(bow[::4] + [bow[-1]] if bow[::4][-1] != bow[-1] else bow[::4], [8.0] * (len(bow[::4]) + (bow[::4][-1] != bow[-1])), steel)
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
    c.rod((body.hands[1][0] - 6, body.hands[1][1] - 70), (body.hands[1][0] + 22, y + 40), 5, darker(wood, 0.2))
    c.blob([(x - 150, y - 34), (x - 80, y - 8), (x + 60, y - 8), (x + 150, y - 40), (x + 96, y + 20), (x - 96, y + 20)], grade(wood, darker(wood, 0.3)), steps=6)
    c.ellipse(x, y + 24, 120, 9, darker(c.palette.water, 0.4), alpha=0.3)


def mountain_road(c: Canvas, variant: int) -> None:
    """A road winding up a pass, with a coach or motorbikes."""
    p = c.palette
    land.sky(c, sun=0.3 if variant % 2 else 0.7, clouds=4)
    land.birds(c, 900, 230, 5)
    land.mountains(c, top=310, layers=3, gap=66, height=130)
    slope = mix(p.leaf, p.field, 0.4)
    hill = [(-60, 640), (120, 560), (380, 500), (640, 560), (900, 610), (1200, 540), (1560, 500)]
    c.poly([*smooth(hill), (1560, 1040), (-60, 1040)], grade(mix(slope, p.haze, 0.35), slope, darker(slope, 0.1)))
    for _ in range(16):
        x = c.rng.uniform(0, WIDTH)
        if not 500 < x < 1000:
            land.pine(c, x, c.rng.uniform(580, 660), c.rng.uniform(60, 110))
    road = mix((150, 148, 156), p.haze, 0.14)
    path = [(905, 560, 7), (985, 578, 10), (985, 606, 14), (800, 632, 19), (640, 666, 25), (640, 712, 32),
            (820, 752, 42), (1020, 800, 54), (1070, 870, 72), (930, 950, 98), (700, 1060, 130)]
    spine = [(x, y) for x, y, _ in path]
    line = smooth(spine, steps=16)
    girth = [g for _, g in smooth([(0.0, float(w)) for _, _, w in path], steps=16)]
    for grow, drop, tint in ((1.06, 0.3, darker(slope, 0.3)), (1.05, 0.0, mix(WHITE, road, 0.4)), (0.95, 0.0, road)):
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
    land.tree(c, 180, 930, 330)
    land.tree(c, 1380, 880, 260)
    for x in (60, 330, 1300, 1450):
        land.bush(c, x, 960, 90)
    tufts(c, 26)


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
        hip=(-0.1, -0.34), neck=(0.0, -0.66), tilt=6, hands=((0.2, -0.46), (0.22, -0.46)),
        feet=((0.08, -0.1), (0.1, -0.1)), bends=(1.0, 1.0, -1.0, -1.0), turn=0.85, side=True,
    )
    for share in (-0.34, 0.36):
        c.ellipse(x + w * share, y - w * 0.15, w * 0.15, fill=(48, 46, 56))
        c.ellipse(x + w * share, y - w * 0.15, w * 0.08, fill=STEEL)
    c.rod((x + w * 0.36, y - w * 0.15), (x + w * 0.22, y - w * 0.58), w * 0.04, (70, 70, 80))
    c.blob([(x - w * 0.44, y - w * 0.4), (x - w * 0.1, y - w * 0.38), (x + w * 0.06, y - w * 0.22), (x + w * 0.22, y - w * 0.42),
            (x + w * 0.26, y - w * 0.2), (x, y - w * 0.12), (x - w * 0.3, y - w * 0.2)], tint, steps=5)
    c.line([(x - w * 0.42, y - w * 0.42), (x + w * 0.02, y - w * 0.4)], w * 0.07, (48, 46, 56))
    look = looks.worker(c.rng)
    people.person(c, x - w * 0.06, y - w * 0.06, w * 1.12, rider, look, shadow=False)
    c.rod((x + w * 0.12, y - w * 0.58), (x + w * 0.24, y - w * 0.6), w * 0.035, (60, 60, 70))


def tree_planting(c: Canvas, variant: int) -> None:
    """People planting young trees on a slope."""
    p = c.palette
    land.sky(c, sun=0.26 if variant % 2 else 0.74, clouds=3)
    land.mountains(c, top=320, layers=3, gap=70)
    land.terraces(c, 560, 720, count=6, sway=0.5, depth=0.8)
    for x in (90, 200, 1330, 1430):
        land.tree(c, x, 690, c.rng.uniform(150, 210))
    hill = land.ground(c, 690, mix(p.field, p.leaf, 0.24), swell=22)
    for index in range(9):
        x = 160 + index * 150 + c.rng.uniform(-20, 20)
        y = 740 + (index % 3) * 22
        if abs(x - 520) > 120 and abs(x - 1000) > 120:
            sapling(c, x, max(y, hill(x) + 20), 74)
    land.grass(c, 40, 740, 990)
    group = [(380, 880, 400, people.KNEEL, 1), (760, 845, 410, people.STOOP, 1), (1190, 880, 420, people.WALK, -1)]
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
            c.poly([(hand[0] + 12, y - 60), (hand[0] + 50, y - 60), (hand[0] + 46, y - 14), (hand[0] + 30, y + 2), (hand[0] + 16, y - 14)], STEEL)
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
        c.tube([foot, ((foot[0] + tip[0]) / 2, (foot[1] + tip[1]) / 2 - h * 0.03), tip], [h * 0.015, h * 0.07, h * 0.01],
               leaf if side > 0 else darker(leaf, 0.14))


def _mound(c: Canvas, x: float, y: float) -> None:
    c.blob([(x - 60, y + 10), (x - 34, y - 14), (x, y - 22), (x + 36, y - 14), (x + 62, y + 10), (x, y + 18)], (128, 94, 70), steps=5)


def _can(c: Canvas, x: float, y: float) -> None:
    tint = mix(SKY_BLUE, STEEL, 0.3)
    c.line([(x - 26, y + 26), (x, y - 6), (x + 26, y + 26)], 6, darker(tint, 0.2))
    c.rect(x - 34, y + 20, 68, 62, grade(lighter(tint, 0.2), darker(tint, 0.1)), r=8)
    c.rod((x - 34, y + 64), (x - 78, y + 26), 9, tint)
    c.ellipse(x - 80, y + 24, 12, 8, darker(tint, 0.1), tilt=45)
    for index in range(4):
        c.ellipse(x - 92 - index * 9, y + 50 + index * 22, 3, 6, mix(SKY_BLUE, WHITE, 0.4))


