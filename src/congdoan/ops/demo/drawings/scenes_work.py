"""Scenes of work: factory, safety, canteen, market."""

from __future__ import annotations

from congdoan.ops.demo.drawings import furniture, looks, people, places, rooms, things, trees
from congdoan.ops.demo.drawings import landscape as land
from congdoan.ops.demo.drawings.canvas import Canvas, grade
from congdoan.ops.demo.drawings.geometry import HEIGHT, WIDTH
from congdoan.ops.demo.drawings.palettes import (
    BLUE,
    CORAL,
    CREAM,
    GOLD,
    INK,
    PLUM,
    RED,
    SAGE,
    SKY_BLUE,
    STEEL,
    TEAL,
    WOOD,
    Colour,
    darker,
    lighter,
    mix,
)


def factory(c: Canvas, variant: int) -> None:
    """Workers: outside before their works, or inside at the machines."""
    if variant % 3 == 1:
        _workshop(c, variant)
        return
    p = c.palette
    land.sky(c, sun=0.24, clouds=4)
    land.mountains(c, top=330, layers=3, gap=72)
    yard = mix(p.ground, STEEL, 0.4)
    c.rect(-5, 690, WIDTH + 10, HEIGHT, grade(lighter(yard, 0.18), yard, darker(yard, 0.08)))
    for index in range(30):
        trees.bush(c, index * 54, 700, c.rng.uniform(24, 44), colour=mix(p.leaf, p.haze, 0.2))
    places.plant(c, 330, 716, 960, sheds=4)
    for x in (60, 150, 250):
        trees.tree(c, x, 726, c.rng.uniform(140, 190))
    for index in range(7):
        x = 40 + index * 230
        c.poly([(x, 790), (x + 110, 790), (x + 90, 800), (x - 24, 800)], lighter(yard, 0.4), 0.8)
    things.flagpole(c, 120, 760, 380)
    poses = [people.STAND, people.POINT, people.HIPS, people.WALK]
    spots = [(430, 905, 470), (690, 915, 480), (930, 905, 470), (1170, 900, 465)]
    count = 3 + variant % 2
    for index, (x, y, tall) in enumerate(spots[:count]):
        pose = poses[(index + variant) % 4]
        body = people.person(
            c, x, y, tall, pose, looks.worker(c.rng, woman=index == 1), faces=1 if index < count / 2 else -1
        )
        if pose is people.STAND:
            things.clipboard(c, body.hands[1][0], body.hands[1][1] + 16, 60)
    things.cone(c, 1380, 900, 110)


def _workshop(c: Canvas, variant: int) -> None:
    rooms.room(c, [(120, 170, 360, 250), (570, 170, 360, 250), (1020, 170, 360, 250)], floor=660)
    steel = mix(STEEL, c.palette.wall, 0.3)
    for x in (300, 750, 1200):
        furniture.pendant(c, x, 60, 110)
    c.rect(-5, 130, WIDTH + 10, 14, darker(steel, 0.1))
    for index, x in enumerate((250, 750, 1250)):
        body = people.person(
            c,
            x - 10,
            905,
            440,
            people.AT_TABLE,
            looks.worker(c.rng, helmet=False),
            faces=-1 if index == 2 else 1,
        )
        furniture.table(c, x, 688, 380, 220, colour=mix(WOOD, CREAM, 0.3), cloth=True)
        furniture.sewing_machine(c, x + 70, 688, 160)
        tint = (CORAL, SKY_BLUE, SAGE)[(index + variant) % 3]
        c.blob(
            [
                (x - 180, 700),
                (x - 150, 676),
                (x - 40, 684),
                (x + 40, 680),
                (x + 60, 700),
                (x - 30, 780),
                (x - 120, 760),
            ],
            grade(lighter(tint, 0.2), tint),
            steps=6,
        )
        for hand in body.hands:
            c.ellipse(hand[0], hand[1], 11, fill=body.look.skin)


def safety(c: Canvas, variant: int) -> None:
    """A safety briefing or inspection on a building site."""
    p = c.palette
    land.sky(c, sun=0.76, clouds=3)
    land.mountains(c, top=340, layers=3, gap=70)
    yard = mix(p.ground, (190, 160, 130), 0.4)
    c.rect(-5, 730, WIDTH + 10, HEIGHT, grade(lighter(yard, 0.16), yard))
    _frame_building(c, 760, 740, mix(STEEL, p.wall, 0.4))
    _crane(c, 640, 740, 560)
    for index in range(8):
        trees.bush(c, index * 90, 742, c.rng.uniform(26, 46))
    leader = people.person(
        c,
        380,
        905,
        500,
        people.POINT if variant % 2 else people.SPEAK,
        looks.worker(c.rng, woman=variant % 2 == 1),
    )
    things.clipboard(c, leader.hands[0][0] + 4, leader.hands[0][1] + 4, 74)
    for index, x in enumerate((700, 860, 1020, 1170)[: 2 + variant % 3]):
        people.person(
            c,
            x,
            885 + (index % 2) * 22,
            470,
            (people.FRONT_HANDS, people.STAND, people.HIPS)[(index + variant) % 3],
            looks.worker(c.rng),
            faces=-1,
        )
    for x in (110, 220):
        things.cone(c, x, 905 + (x - 110) * 0.12, 120)
    things.barrier(c, 1382, 850, 190)


def _frame_building(c: Canvas, x: float, y: float, tint: Colour) -> None:
    for floor in range(3):
        top = y - 130 * (floor + 1)
        c.rect(x, top + 14, 620, 118, darker(tint, 0.36 - 0.06 * floor))
        for column in range(5):
            c.rect(x + column * 149, top, 24, 132, grade(tint, darker(tint, 0.12)))
        c.rect(x - 16, top, 652, 20, lighter(tint, 0.16))
    for column in range(5):
        for bar in (4, 12, 20):
            c.rect(x + column * 149 + bar, y - 428, 3, 40, darker(TEAL, 0.2))
    pole = mix(GOLD, WOOD, 0.4)
    for column in range(7):
        c.rect(x - 30 + column * 108, y - 410, 7, 410, pole)
    for row in range(4):
        c.rect(x - 34, y - 60 - row * 104, 668, 7, pole)
    c.poly(
        [(x - 30, y - 268), (x + 186, y - 268), (x + 186, y - 60), (x - 30, y - 60)],
        mix(TEAL, c.palette.haze, 0.3),
        0.6,
    )


def _crane(c: Canvas, x: float, y: float, h: float) -> None:
    tint = mix(GOLD, (232, 140, 50), 0.3)
    for side in (-12, 12):
        c.rod((x + side, y), (x + side, y - h), 6, tint)
    for step in range(int(h / 26)):
        c.rod((x - 12, y - step * 26), (x + 12, y - step * 26 - 26), 3, tint)
    c.rod((x - 150, y - h + 20), (x + 560, y - h + 20), 7, tint)
    c.rod((x, y - h - 56), (x + 480, y - h + 20), 3, tint)
    c.rod((x, y - h - 56), (x - 140, y - h + 20), 3, tint)
    c.rod((x, y - h + 20), (x, y - h - 56), 8, tint)
    c.rect(x - 150, y - h + 24, 60, 40, darker(STEEL, 0.2))
    c.rect(x + 8, y - h + 24, 40, 44, places.pane(c), r=4)
    c.rod((x + 400, y - h + 20), (x + 400, y - h + 130), 3, INK)
    c.rect(x + 366, y - h + 130, 68, 14, darker(TILE_RED, 0.1))


TILE_RED: Colour = (186, 90, 68)


def canteen(c: Canvas, variant: int) -> None:
    """A shift meal: people at long tables, a cook behind the counter."""
    rooms.room(c, [(90, 170, 280, 240)], floor=640, wall=mix(c.palette.wall, SAGE, 0.12), panel=True)
    for x in (560, 860, 1160):
        furniture.pendant(c, x, 56, 110, CORAL)
    c.rect(500, 190, 880, 250, darker(c.palette.wall, 0.1), r=10)
    c.rect(510, 200, 860, 240, mix(c.palette.wall, STEEL, 0.4))
    for x in (640, 960, 1240)[: 2 + variant % 2]:
        body = people.person(
            c,
            x,
            760,
            470,
            people.GIVE if x == 640 else people.FRONT_HANDS,
            looks.cook(c.rng),
            faces=-1,
            shadow=False,
        )
        things.bowl(c, body.hands[1][0], body.hands[1][1] + 4, 54)
    c.rect(480, 500, 920, 150, grade(lighter(STEEL, 0.35), STEEL))
    c.rect(470, 486, 940, 22, lighter(STEEL, 0.5), r=6)
    for index, x in enumerate(range(720, 1360, 110)):
        c.rect(x, 464, 84, 24, darker(STEEL, 0.1), r=5)
        c.ellipse(x + 42, 464, 38, 12, (SAGE, CORAL, GOLD, CREAM)[index % 4])
    if variant % 3 != 1:
        people.person(c, 440, 790, 470, people.GIVE, looks.worker(c.rng, helmet=False))
    count = 4 + variant % 2
    for index in range(count):
        seat = 240 + index * (1060 / (count - 1))
        maker = looks.worker(c.rng, helmet=False) if index % 3 else looks.office(c.rng)
        people.person(
            c, seat, 1010, 460, people.AT_TABLE, maker, faces=1 if index < count / 2 else -1, shadow=False
        )
    furniture.table(c, 770, 792, 1380, 240, colour=mix(TEAL, c.palette.wall, 0.45), cloth=True)
    for index in range(count):
        seat = 240 + index * (1060 / (count - 1))
        c.poly([(seat - 70, 800), (seat - 56, 786), (seat + 56, 786), (seat + 70, 800)], lighter(STEEL, 0.3))
        things.bowl(c, seat - 26, 792, 44)
        things.bowl(c, seat + 30, 792, 40, filling=SAGE)
    for index in range(count - 1):
        things.bowl(
            c, 240 + (index + 0.5) * (1060 / (count - 1)), 792, 66, filling=(SAGE, CORAL, GOLD)[index % 3]
        )


def market(c: Canvas, variant: int) -> None:
    """A highland market: awnings, baskets, bright clothes."""
    p = c.palette
    land.sky(c, sun=0.72, clouds=3)
    land.mountains(c, top=320, layers=3, gap=68)
    for x, w in ((90, 190), (330, 170), (1360, 200)):
        places.house(c, x, 668, w)
    for x in (220, 460, 1220):
        trees.tree(c, x, 676, c.rng.uniform(130, 190))
    land.ground(c, 660, mix(p.ground, CREAM, 0.15), swell=8)
    tints = (RED, TEAL, BLUE, PLUM, CORAL)
    for index, x in enumerate((330, 750, 1170)):
        seller = looks.highland(c.rng) if index != variant % 3 else looks.farmer(c.rng)
        places.market_stall(c, x, 790, 340, tints[(index + variant) % 5])
        people.person(
            c, x + 10, 800, 330, people.AT_TABLE, seller, faces=-1 if index == 2 else 1, shadow=False
        )
        furniture.counter(c, x, 790, 340)
        for place in range(5):
            heap = (SAGE, CORAL, GOLD, PLUM, (226, 96, 60))[(place + index + variant) % 5]
            c.ellipse(x - 120 + place * 60, 664, 27, 16, darker((190, 142, 88), 0.1))
            c.ellipse(x - 120 + place * 60, 656, 22, 14, heap)
            c.ellipse(x - 128 + place * 60, 650, 10, 7, lighter(heap, 0.25))
    shoppers = [
        (190, 915, 430, people.WALK, 1),
        (560, 925, 440, people.SPEAK, 1),
        (950, 920, 440, people.WALK, -1),
        (1310, 915, 430, people.STAND, -1),
    ]
    for index, (x, y, tall, pose, faces) in enumerate(shoppers):
        if index == (variant + 1) % 4 and variant % 2:
            continue
        look = looks.highland(c.rng, woman=index % 4 != 3)
        walking = pose is people.WALK
        people.person(
            c,
            x,
            y,
            tall,
            pose,
            look,
            faces=faces,
            behind=(lambda body: things.back_basket(c, body, SAGE)) if walking else None,
        )
    if variant % 2 == 0:
        people.person(c, 1050, 925, 260, people.WALK, looks.child(c.rng), faces=-1)
    for x, fill in ((720, CORAL), (800, SAGE)):
        things.basket(c, x, 935, 90, fill)
