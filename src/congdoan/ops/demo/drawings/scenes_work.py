"""Scenes of work: factory, safety, training, computer, canteen, market."""

from __future__ import annotations

from congdoan.ops.demo.drawings import landscape as land
from congdoan.ops.demo.drawings import looks, people, places, things
from congdoan.ops.demo.drawings.canvas import Canvas, grade
from congdoan.ops.demo.drawings.geometry import HEIGHT, WIDTH
from congdoan.ops.demo.drawings.palettes import (
    BLUE, CORAL, CREAM, DARK_WOOD, GOLD, INK, PLUM, RED, SAGE, SKY_BLUE, STEEL, TEAL, WHITE, WOOD, Colour, darker,
    lighter, mix,
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
        land.bush(c, index * 54, 700, c.rng.uniform(24, 44), colour=mix(p.leaf, p.haze, 0.2))
    places.plant(c, 330, 716, 960, sheds=4)
    for x in (60, 150, 250):
        land.tree(c, x, 726, c.rng.uniform(140, 190))
    for index in range(7):
        x = 40 + index * 230
        c.poly([(x, 790), (x + 110, 790), (x + 90, 800), (x - 24, 800)], lighter(yard, 0.4), 0.8)
    things.flagpole(c, 120, 760, 380)
    poses = [people.STAND, people.POINT, people.HIPS, people.WALK]
    spots = [(430, 905, 470), (690, 915, 480), (930, 905, 470), (1170, 900, 465)]
    count = 3 + variant % 2
    for index, (x, y, tall) in enumerate(spots[:count]):
        pose = poses[(index + variant) % 4]
        body = people.person(c, x, y, tall, pose, looks.worker(c.rng, woman=index == 1), faces=1 if index < count / 2 else -1)
        if pose is people.STAND:
            things.clipboard(c, body.hands[1][0], body.hands[1][1] + 16, 60)
    things.cone(c, 1380, 900, 110)


def _workshop(c: Canvas, variant: int) -> None:
    places.room(c, [(120, 170, 360, 250), (570, 170, 360, 250), (1020, 170, 360, 250)], floor=660)
    steel = mix(STEEL, c.palette.wall, 0.3)
    for x in (300, 750, 1200):
        things.pendant(c, x, 60, 110)
    c.rect(-5, 130, WIDTH + 10, 14, darker(steel, 0.1))
    for index, x in enumerate((250, 750, 1250)):
        body = people.person(c, x - 10, 905, 440, people.AT_TABLE, looks.worker(c.rng, helmet=False), faces=-1 if index == 2 else 1)
        things.table(c, x, 688, 380, 220, colour=mix(WOOD, CREAM, 0.3), cloth=True)
        things.sewing_machine(c, x + 70, 688, 160)
        tint = (CORAL, SKY_BLUE, SAGE)[(index + variant) % 3]
        c.blob([(x - 180, 700), (x - 150, 676), (x - 40, 684), (x + 40, 680), (x + 60, 700), (x - 30, 780), (x - 120, 760)], grade(lighter(tint, 0.2), tint), steps=6)
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
        land.bush(c, index * 90, 742, c.rng.uniform(26, 46))
    leader = people.person(c, 380, 905, 500, people.POINT if variant % 2 else people.SPEAK, looks.worker(c.rng, woman=variant % 2 == 1))
    things.clipboard(c, leader.hands[0][0] + 4, leader.hands[0][1] + 4, 74)
    for index, x in enumerate((720, 900, 1080, 1250)[: 2 + variant % 3]):
        people.person(c, x, 885 + (index % 2) * 22, 470, (people.FRONT_HANDS, people.STAND, people.HIPS)[(index + variant) % 3],
                      looks.worker(c.rng), faces=-1)
    for x in (110, 220):
        things.cone(c, x, 905 + (x - 110) * 0.12, 120)
    things.barrier(c, 1330, 850, 200)


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
    c.poly([(x - 30, y - 268), (x + 186, y - 268), (x + 186, y - 60), (x - 30, y - 60)], mix(TEAL, c.palette.haze, 0.3), 0.6)


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


def training(c: Canvas, variant: int) -> None:
    """A course: a trainer before a screen of figures, learners seen from behind."""
    windows = [(1190, 200, 230, 290)] if variant % 2 == 0 else [(70, 200, 230, 290)]
    places.room(c, windows, floor=680)
    x = 430 if variant % 2 == 0 else 480
    c.rect(x - 14, 116, 608, 366, darker(STEEL, 0.3), r=8)
    things.chart(c, x, 130, 580, 338)
    trainer = looks.aodai(c.rng) if variant % 3 == 0 else looks.office(c.rng)
    if variant % 2 == 0:
        people.person(c, 260, 800, 500, people.POINT, trainer)
    else:
        people.person(c, 1240, 800, 500, people.POINT, trainer, faces=-1)
    things.potted(c, 90 if variant % 2 == 0 else 1420, 760, 190, pot=mix(CORAL, c.palette.wall, 0.2))
    for y, tall, spots in ((735, 400, (560, 800, 1040)), (900, 480, (330, 640, 950, 1260))):
        for px in spots:
            _learner(c, px, y, tall, laptop=tall == 400 and (px // 10 + variant) % 2 == 0)


def _learner(c: Canvas, x: float, y: float, tall: float, *, laptop: bool) -> None:
    """Somebody at a desk, seen from behind; (x, y) is the middle of the seat."""
    top = y - tall * 0.13
    things.desk_row(c, x, top, tall * 0.62, tall * 0.36, mix(WOOD, c.palette.floor, 0.2))
    if laptop:
        things.laptop(c, x + tall * 0.17, top - 2, tall * 0.26, back=False)
    else:
        things.papers(c, x + tall * 0.17, top - 6, tall * 0.2)
    people.person(c, x, y + tall * 0.46, tall, people.FROM_BEHIND, looks.office(c.rng), shadow=False)
    seat = mix(TEAL, c.palette.near, 0.2)
    for side in (-0.1, 0.1):
        c.rod((x + side * tall, y), (x + side * tall * 1.2, y + tall * 0.34), tall * 0.025, darker(seat, 0.35))
    things.seat_back(c, x, y - tall * 0.14, tall * 0.28, tall * 0.22, seat)


def computer(c: Canvas, variant: int) -> None:
    """Somebody at a computer by a window, a colleague beside."""
    places.room(c, [(830, 150, 520, 330)], floor=720)
    things.shelf(c, 90, 150, 300, 300, 3)
    things.pendant(c, 590, 90, 130, (TEAL, CORAL, BLUE, SAGE)[variant % 4])
    look = (looks.office, looks.aodai, looks.worker)[variant % 3](c.rng)
    if variant % 3 == 2:
        look = looks.worker(c.rng, helmet=False)
    things.chair(c, 560, 930, 600, colour=mix(TEAL, INK, 0.3))
    sitting = people.Pose(
        hip=(-0.02, -0.27), neck=(0.0, -0.6), hands=((0.25, -0.42), (0.27, -0.42)), feet=((0.18, -0.01), (0.22, -0.01)),
        bends=(1.0, 1.0, -1.0, -1.0), turn=0.85, side=True,
    )
    people.person(c, 560, 930, 600, sitting, look)
    things.table(c, 900, 690, 540, 240, colour=mix(WOOD, CREAM, 0.2))
    if variant % 2:
        people.person(c, 1290, 912, 560, people.SPEAK, looks.office(c.rng), faces=-1)
    else:
        things.potted(c, 1330, 930, 330, pot=mix(CORAL, c.palette.wall, 0.2))
    things.table_front(c, 900, 690, 540)
    things.monitor(c, 960, 692, 250)
    c.rect(690, 682, 120, 10, darker(STEEL, 0.1), r=4)
    things.cup(c, 1120, 692, 34, CORAL)
    things.vase(c, 1170, 694, 70, GOLD)


def canteen(c: Canvas, variant: int) -> None:
    """A shift meal: people at long tables, a cook behind the counter."""
    places.room(c, [(90, 170, 280, 240)], floor=640, wall=mix(c.palette.wall, SAGE, 0.12), panel=True)
    for x in (560, 860, 1160):
        things.pendant(c, x, 56, 110, CORAL)
    c.rect(500, 190, 880, 250, darker(c.palette.wall, 0.1), r=10)
    c.rect(510, 200, 860, 240, mix(c.palette.wall, STEEL, 0.4))
    for x in (640, 960, 1240)[: 2 + variant % 2]:
        body = people.person(c, x, 760, 470, people.GIVE if x == 640 else people.FRONT_HANDS, looks.cook(c.rng),
                             faces=-1, shadow=False)
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
        x = 240 + index * (1060 / (count - 1))
        maker = looks.worker(c.rng, helmet=False) if index % 3 else looks.office(c.rng)
        people.person(c, x, 1010, 460, people.AT_TABLE, maker, faces=1 if index < count / 2 else -1, shadow=False)
    things.table(c, 770, 792, 1380, 240, colour=mix(TEAL, c.palette.wall, 0.45), cloth=True)
    for index in range(count):
        x = 240 + index * (1060 / (count - 1))
        c.poly([(x - 70, 800), (x - 56, 786), (x + 56, 786), (x + 70, 800)], lighter(STEEL, 0.3))
        things.bowl(c, x - 26, 792, 44)
        things.bowl(c, x + 30, 792, 40, filling=SAGE)
    for index in range(count - 1):
        things.bowl(c, 240 + (index + 0.5) * (1060 / (count - 1)), 792, 66, filling=(SAGE, CORAL, GOLD)[index % 3])


def market(c: Canvas, variant: int) -> None:
    """A highland market: awnings, baskets, bright clothes."""
    p = c.palette
    land.sky(c, sun=0.72, clouds=3)
    land.mountains(c, top=320, layers=3, gap=68)
    for x, w in ((90, 190), (330, 170), (1360, 200)):
        places.house(c, x, 668, w)
    for x in (220, 460, 1220):
        land.tree(c, x, 676, c.rng.uniform(130, 190))
    land.ground(c, 660, mix(p.ground, CREAM, 0.15), swell=8)
    tints = (RED, TEAL, BLUE, PLUM, CORAL)
    for index, x in enumerate((330, 750, 1170)):
        seller = looks.highland(c.rng) if index != variant % 3 else looks.farmer(c.rng)
        places.market_stall(c, x, 790, 340, tints[(index + variant) % 5])
        people.person(c, x + 10, 800, 330, people.AT_TABLE, seller, faces=-1 if index == 2 else 1, shadow=False)
        things.counter(c, x, 790, 340)
        for place in range(5):
            heap = (SAGE, CORAL, GOLD, PLUM, (226, 96, 60))[(place + index + variant) % 5]
            c.ellipse(x - 120 + place * 60, 664, 27, 16, darker((190, 142, 88), 0.1))
            c.ellipse(x - 120 + place * 60, 656, 22, 14, heap)
            c.ellipse(x - 128 + place * 60, 650, 10, 7, lighter(heap, 0.25))
    shoppers = [(190, 915, 430, people.WALK, 1), (560, 925, 440, people.SPEAK, 1), (950, 920, 440, people.WALK, -1),
                (1310, 915, 430, people.STAND, -1)]
    for index, (x, y, tall, pose, faces) in enumerate(shoppers):
        if index == (variant + 1) % 4 and variant % 2:
            continue
        look = looks.highland(c.rng, woman=index % 4 != 3)
        walking = pose is people.WALK
        people.person(
            c, x, y, tall, pose, look, faces=faces,
            behind=(lambda body: things.back_basket(c, body, SAGE)) if walking else None,
        )
    if variant % 2 == 0:
        people.person(c, 1050, 925, 260, people.WALK, looks.child(c.rng), faces=-1)
    for x, fill in ((720, CORAL), (800, SAGE)):
        things.basket(c, x, 935, 90, fill)
