"""Scenes of learning: classroom, reading, training, computer."""

from __future__ import annotations

from congdoan.ops.demo.drawings import furniture, looks, people, places, rooms, things, trees
from congdoan.ops.demo.drawings import landscape as land
from congdoan.ops.demo.drawings.canvas import Canvas, grade
from congdoan.ops.demo.drawings.palettes import (
    BLUE,
    CORAL,
    CREAM,
    GOLD,
    INK,
    PLUM,
    ROSE,
    SAGE,
    SKY_BLUE,
    STEEL,
    TEAL,
    WHITE,
    WOOD,
    darker,
    lighter,
    mix,
)


def classroom(c: Canvas, variant: int) -> None:
    """A teacher in áo dài before a green board with a chalk landscape, pupils from behind."""
    rooms.room(c, [(1190, 170, 250, 300)], floor=660, wall=mix(c.palette.wall, GOLD, 0.1), panel=True)
    board = mix((52, 104, 88), c.palette.near, 0.2)
    c.rect(270, 130, 800, 360, WOOD, r=8)
    c.rect(286, 146, 768, 328, grade(lighter(board, 0.06), board))
    chalk = mix(WHITE, board, 0.2)
    c.line(
        [(560, 400), (640, 300), (690, 350), (770, 250), (860, 370), (900, 330), (960, 400)], 5, chalk, 0.8
    )
    c.ellipse(880, 240, 30, fill=mix(GOLD, board, 0.25))
    for row in range(3):
        c.line([(600 + row * 20, 420 + row * 14), (930 - row * 20, 420 + row * 14)], 4, chalk, 0.6)
    c.rect(280, 478, 780, 14, lighter(WOOD, 0.2))
    things.flag(c, 630, 92, 66)
    pose = people.POINT if variant % 2 == 0 else people.SPEAK
    people.person(c, 340, 800, 480, pose, looks.aodai(c.rng, (BLUE, ROSE, TEAL, PLUM)[variant % 4]))
    furniture.table(c, 1080, 610, 250, 150, colour=mix(WOOD, CREAM, 0.15), cloth=True)
    things.vase(c, 1140, 612, 80, CORAL)
    things.papers(c, 1030, 612, 90)
    hand = (variant * 3 + 1) % 4
    for y, tall, spots in ((770, 310, (620, 800, 980, 1160)), (920, 380, (420, 680, 940, 1200))):
        for index, x in enumerate(spots):
            furniture.desk_row(
                c,
                x,
                y - tall * 0.2,
                tall * (0.58 if tall > 330 else 0.52),
                tall * 0.3,
                mix(WOOD, c.palette.floor, 0.15),
            )
            pose = people.FROM_BEHIND
            if index == hand and tall > 330:
                pose = people.Pose(
                    hands=((-0.12, -0.5), (0.2, -1.06)),
                    feet=None,
                    bends=(1.0, 1.0, -1.0, -1.0),
                    turn=0.0,
                    back=True,
                )
            people.person(c, x, y + tall * 0.4, tall, pose, looks.pupil(c.rng), shadow=False)
            furniture.seat_back(
                c, x, y - tall * 0.1, tall * 0.34, tall * 0.22, mix(SKY_BLUE, c.palette.near, 0.3)
            )


def reading(c: Canvas, variant: int) -> None:
    """Readers among shelves, or under a tree."""
    if variant % 2:
        _reading_outdoors(c, variant)
        return
    rooms.room(c, [(600, 140, 300, 320)], floor=690, wall=mix(c.palette.wall, CREAM, 0.3))
    furniture.shelf(c, 60, 120, 470, 560, 4)
    furniture.shelf(c, 970, 120, 470, 560, 4)
    c.ellipse(750, 850, 560, 90, mix((BLUE, PLUM, TEAL, CORAL)[variant // 2 % 4], c.palette.floor, 0.4))
    c.ellipse(750, 848, 500, 76, mix((BLUE, PLUM, TEAL, CORAL)[variant // 2 % 4], c.palette.floor, 0.55))
    furniture.pendant(c, 750, 40, 120, CORAL)
    for x, faces, tint in ((500, 1, CORAL), (1000, -1, BLUE)):
        furniture.armchair(
            c,
            x,
            880,
            420,
            faces,
            mix((TEAL, SAGE, CORAL)[(variant // 2 + (faces > 0)) % 3], c.palette.wall, 0.15),
        )
        look = looks.aodai(c.rng) if variant % 4 == 0 and faces > 0 else looks.office(c.rng, old=faces < 0)
        body = people.person(c, x, 880, 500, people.SIT_READ, look, faces=faces, shadow=False)
        things.book(c, body.hands[1][0] + faces * 12, body.hands[1][1] + 10, 110, tint)
        c.ellipse(body.hands[1][0], body.hands[1][1] + 2, 11, fill=look.skin)
    furniture.table(c, 750, 752, 190, 120, colour=mix(WOOD, CREAM, 0.2))
    things.cup(c, 715, 753, 32, WHITE)
    things.vase(c, 775, 754, 84, GOLD)
    if variant % 4 == 2:
        kid = people.person(c, 750, 925, 270, people.HOLD_UP, looks.pupil(c.rng))
        things.book(c, kid.neck[0], kid.hands[0][1] + 20, 96, GOLD)


def _reading_outdoors(c: Canvas, variant: int) -> None:
    land.sky(c, sun=0.7, clouds=3)
    land.mountains(c, top=320, layers=3, gap=70)
    land.terraces(c, 560, 760, count=6, sway=0.5, depth=0.85)
    places.school(c, 1130, 690, 380)
    land.ground(c, 680, mix(c.palette.field, c.palette.leaf, 0.22))
    trees.grass(c, 36, 740, 980)
    trees.tree(c, 420, 860, 720)
    for x, faces, tint in ((560, 1, CORAL), (930, -1, BLUE)):
        furniture.bench(c, x, 885, 210)
        look = looks.pupil(c.rng) if faces > 0 and variant % 4 == 1 else looks.worker(c.rng, helmet=False)
        tall = 380 if look.child else 460
        body = people.person(c, x, 885, tall, people.SIT_READ, look, faces=faces)
        things.book(c, body.hands[1][0] + faces * 12, body.hands[1][1] + 8, 100, tint)
    kid = people.person(c, 1210, 900, 270, people.HOLD_UP, looks.pupil(c.rng), faces=-1)
    things.book(c, kid.neck[0], kid.hands[0][1] + 18, 92, GOLD)


def training(c: Canvas, variant: int) -> None:
    """A course: a trainer before a screen of figures, learners seen from behind."""
    windows = [(1190, 200, 230, 290)] if variant % 2 == 0 else [(70, 200, 230, 290)]
    rooms.room(c, windows, floor=680)
    x = 430 if variant % 2 == 0 else 480
    c.rect(x - 14, 116, 608, 366, darker(STEEL, 0.3), r=8)
    furniture.chart(c, x, 130, 580, 338)
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
    furniture.desk_row(c, x, top, tall * 0.62, tall * 0.36, mix(WOOD, c.palette.floor, 0.2))
    if laptop:
        furniture.laptop(c, x + tall * 0.17, top - 2, tall * 0.26, back=False)
    else:
        things.papers(c, x + tall * 0.17, top - 6, tall * 0.2)
    people.person(c, x, y + tall * 0.46, tall, people.FROM_BEHIND, looks.office(c.rng), shadow=False)
    seat = mix(TEAL, c.palette.near, 0.2)
    for side in (-0.1, 0.1):
        c.rod(
            (x + side * tall, y), (x + side * tall * 1.2, y + tall * 0.34), tall * 0.025, darker(seat, 0.35)
        )
    furniture.seat_back(c, x, y - tall * 0.14, tall * 0.28, tall * 0.22, seat)


def computer(c: Canvas, variant: int) -> None:
    """Somebody at a computer by a window, a colleague beside."""
    rooms.room(c, [(830, 150, 520, 330)], floor=720)
    furniture.shelf(c, 90, 150, 300, 300, 3)
    furniture.pendant(c, 590, 90, 130, (TEAL, CORAL, BLUE, SAGE)[variant % 4])
    look = (looks.office, looks.aodai, looks.worker)[variant % 3](c.rng)
    if variant % 3 == 2:
        look = looks.worker(c.rng, helmet=False)
    furniture.chair(c, 560, 930, 600, colour=mix(TEAL, INK, 0.3))
    sitting = people.Pose(
        hip=(-0.02, -0.27),
        neck=(0.0, -0.6),
        hands=((0.25, -0.42), (0.27, -0.42)),
        feet=((0.18, -0.01), (0.22, -0.01)),
        bends=(1.0, 1.0, -1.0, -1.0),
        turn=0.85,
        side=True,
    )
    people.person(c, 560, 930, 600, sitting, look)
    furniture.table(c, 900, 690, 540, 240, colour=mix(WOOD, CREAM, 0.2))
    if variant % 2:
        people.person(c, 1290, 912, 560, people.SPEAK, looks.office(c.rng), faces=-1)
    else:
        things.potted(c, 1330, 930, 330, pot=mix(CORAL, c.palette.wall, 0.2))
    furniture.table_front(c, 900, 690, 540)
    furniture.monitor(c, 960, 692, 250)
    c.rect(690, 682, 120, 10, darker(STEEL, 0.1), r=4)
    things.cup(c, 1120, 692, 34, CORAL)
    things.vase(c, 1170, 694, 70, GOLD)
