"""Scenes of care: hospital, blood donation, mother and child, Tết, housing."""

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
    RED,
    ROSE,
    SAGE,
    SKY_BLUE,
    STEEL,
    TEAL,
    TILE,
    WHITE,
    darker,
    lighter,
    mix,
)


def hospital(c: Canvas, variant: int) -> None:
    """A ward: a patient in bed, a nurse and a doctor beside, a window on the mountains."""
    wall = mix(c.palette.wall, TEAL, 0.16)
    rooms.room(c, [(860, 150, 460, 300)], floor=680, wall=wall, panel=True)
    c.rect(90, 210, 250, 180, mix(wall, WHITE, 0.4), r=10)
    things.heart(c, 215, 292, 62, mix(CORAL, wall, 0.1))
    x, y, w = 440, 890, 690
    furniture.bed(c, x, y, w, (SKY_BLUE, SAGE, ROSE)[variant % 3])
    patient = looks.somebody(
        c.rng, looks.Look(top=mix(SKY_BLUE, WHITE, 0.5), bottom=SKY_BLUE), old=variant % 2 == 1
    )
    c.poly([(x + 20, y - 165), (x + 60, y - 320), (x + 140, y - 310), (x + 165, y - 165)], WHITE)
    lying = people.Pose(
        hip=(0.12, -0.14),
        neck=(-0.06, -0.36),
        tilt=-30,
        hands=((0.22, -0.22), (0.24, -0.2)),
        feet=None,
        bends=(1.0, 1.0, -1.0, -1.0),
        turn=0.7,
        side=True,
    )
    people.person(c, x + 170, y - 72, 540, lying, patient, shadow=False)
    c.rect(
        x + w * 0.26,
        y - w * 0.282,
        w * 0.72,
        w * 0.14,
        grade(lighter((SKY_BLUE, SAGE, ROSE)[variant % 3], 0.15), (SKY_BLUE, SAGE, ROSE)[variant % 3]),
        r=26,
    )
    c.rect(x + w * 0.26, y - w * 0.282, 60, w * 0.14, WHITE, r=20)
    c.rod((396, 880), (396, 370), 8, STEEL)
    c.line([(356, 374), (436, 374)], 7, STEEL)
    c.rect(342, 386, 44, 76, mix(SKY_BLUE, WHITE, 0.6), r=10)
    c.tube([(364, 462), (390, 610), (520, 700)], [1.6, 1.6, 1.6], mix(STEEL, WHITE, 0.3))
    c.line([(360, 884), (432, 884)], 8, darker(STEEL, 0.2))
    nurse = people.person(c, 1215, 905, 510, people.SPEAK, looks.medic(c.rng, woman=True), faces=-1)
    things.clipboard(c, nurse.hands[0][0], nurse.hands[0][1] + 6, 66)
    if variant % 2 == 0:
        people.person(c, 215, 905, 530, people.FRONT_HANDS, looks.medic(c.rng, woman=False))
    else:
        visitor = people.person(c, 205, 905, 510, people.GIVE, looks.worker(c.rng, helmet=False))
        things.bouquet(c, visitor.hands[1][0] + 8, visitor.hands[1][1] - 10, 96, CORAL)
    c.rect(1352, 690, 120, 190, mix(WHITE, STEEL, 0.2), r=8)
    c.rect(1364, 740, 96, 6, STEEL)
    things.vase(c, 1412, 692, 100, GOLD)


def blood(c: Canvas, variant: int) -> None:
    """Blood donation: donors on couches, nurses beside them."""
    wall = mix(c.palette.wall, ROSE, 0.12)
    rooms.room(c, [(120, 150, 330, 270), (1060, 150, 330, 270)], floor=670, wall=wall)
    things.heart(c, 750, 280, 120, mix(RED, wall, 0.06))
    c.tube([(690, 290), (722, 290), (738, 246), (760, 330), (776, 284), (812, 284)], [4.5] * 6, WHITE)
    spots = ((250, 860), (860, 885)) if variant % 3 else ((520, 880),)
    for index, (x, y) in enumerate(spots):
        tint = (RED, TEAL, BLUE)[(variant + index) % 3]
        _couch(c, x, y, mix(tint, WHITE, 0.12))
        donor = looks.worker(c.rng, helmet=False) if (index + variant) % 2 else looks.office(c.rng)
        lying = people.Pose(
            hip=(0.06, -0.2),
            neck=(-0.13, -0.44),
            tilt=-24,
            hands=((0.18, -0.27), (0.2, -0.25)),
            feet=((0.46, -0.12), (0.49, -0.12)),
            bends=(1.0, 1.0, -1.0, -1.0),
            turn=0.7,
            side=True,
        )
        body = people.person(c, x + 130, y - 60, 500, lying, donor, shadow=False)
        c.tube(
            [(body.hands[1][0] - 30, body.hands[1][1] - 10), (x + 250, y - 60), (x + 330, y - 20)],
            [2.4, 2.4, 2.4],
            RED,
        )
        c.rect(x + 312, y - 30, 42, 60, RED, r=10)
        c.ellipse(body.hands[1][0] + 4, body.hands[1][1] - 8, 15, fill=CORAL)
        nurse = people.person(
            c, x + 470, y + 24, 480, people.GIVE, looks.medic(c.rng, woman=index == 0), faces=-1
        )
        things.clipboard(c, nurse.hands[1][0] + 6, nurse.hands[1][1] - 4, 58)
    if len(spots) == 1:
        people.person(c, 260, 905, 490, people.FRONT_HANDS, looks.worker(c.rng, helmet=False))
        giver = people.person(c, 1300, 905, 480, people.GIVE, looks.office(c.rng, woman=True), faces=-1)
        things.bouquet(c, giver.hands[1][0] - 6, giver.hands[1][1] - 8, 90, ROSE)


def _couch(c: Canvas, x: float, y: float, tint: tuple[int, int, int]) -> None:
    c.ellipse(x + 190, y + 6, 230, 16, INK, alpha=0.16)
    for px in (x + 70, x + 310):
        c.rod((px, y - 60), (px - 16, y), 12, STEEL)
        c.rod((px, y - 60), (px + 16, y), 12, STEEL)
    c.tube(
        [(x - 20, y - 290), (x + 60, y - 150), (x + 150, y - 110), (x + 400, y - 96)],
        [26, 32, 34, 28],
        darker(tint, 0.1),
    )
    c.tube(
        [(x - 10, y - 296), (x + 66, y - 164), (x + 154, y - 124), (x + 396, y - 110)],
        [16, 20, 20, 16],
        lighter(tint, 0.16),
    )


def mother_child(c: Canvas, variant: int) -> None:
    """A mother with her child: on the way, or at the gate of the kindergarten."""
    p = c.palette
    land.sky(c, sun=0.28 if variant % 2 else 0.7, clouds=3)
    land.birds(c, 560, 220, 3)
    land.mountains(c, top=320, layers=3, gap=70)
    if variant % 2 == 0:
        land.terraces(c, 560, 760, count=6, sway=0.6, depth=0.85)
        places.stilt_house(c, 330, 720, 260)
    else:
        places.school(c, 1090, 700, 560)
        for x in (770, 1420):
            trees.tree(c, x, 716, 190)
    land.ground(c, 700, mix(p.field, p.ground, 0.3), swell=16)
    c.blob(
        [(560, 720), (760, 716), (980, 820), (1100, 1020), (380, 1020), (480, 860)],
        mix(p.ground, CREAM, 0.25),
    )
    trees.grass(c, 34, 740, 980)
    trees.tree(c, 1270 if variant % 2 == 0 else 220, 830, 480)
    mother = (looks.highland, looks.aodai, looks.office, looks.worker)[variant % 4]
    look = (
        looks.worker(c.rng, woman=True, helmet=False)
        if variant % 4 == 3
        else looks.office(c.rng, woman=True)
        if variant % 4 == 2
        else mother(c.rng)
    )
    pose = people.Pose(hands=((-0.13, -0.46), (0.16, -0.44)), feet=((-0.07, -0.01), (0.07, -0.01)), turn=0.45)
    body = people.person(c, 690, 905, 560, pose, look)
    hold = body.hands[1]
    tall = 300
    kid = people.Pose(
        hands=(((hold[0] - 850) / tall, (hold[1] - 905) / tall), (0.14, -0.5)),
        bends=(-1.0, -1.0, -1.0, -1.0),
        turn=-0.4,
    )
    people.person(c, 850, 905, tall, kid, looks.child(c.rng))
    if variant % 3 == 0:
        other = people.person(c, 480, 915, 330, people.WAVE, looks.pupil(c.rng))
        c.rect(other.hip[0] - 46, other.along(0.8)[1], 16, 80, BLUE, r=6)
    if variant % 3 == 1:
        things.bouquet(c, body.hands[0][0] - 6, body.hands[0][1] - 16, 80, CORAL)
    for index in range(9):
        trees.flower(
            c,
            c.rng.uniform(40, 1460),
            c.rng.uniform(880, 985),
            c.rng.uniform(9, 14),
            (CORAL, WHITE, GOLD)[index % 3],
        )


def tet(c: Canvas, variant: int) -> None:
    """Tết: peach blossom, lanterns, gifts brought to a home."""
    p = c.palette
    land.sky(c, sun=0.5, clouds=2)
    land.mountains(c, top=320, layers=3, gap=72)
    land.ground(c, 680, mix(p.ground, p.field, 0.25), swell=12)
    places.house(c, 960, 760, 620, roof=darker(TILE, 0.04))
    things.bunting(c, (640, 500), (1280, 500), 22, 12)
    for x in (1032, 1232):
        things.lantern(c, x, 484, 58)
    things.flagpole(c, 1372, 770, 290)
    trees.blossom(c, 250, 880, 640, petals=230)
    trees.blossom(c, 1440, 900, 330, petals=80)
    people_in = [
        (560, 905, people.GIVE, looks.office(c.rng, woman=variant % 2 == 0), 1, 440),
        (
            850,
            905,
            people.GIVE,
            looks.highland(c.rng) if variant % 3 == 0 else looks.worker(c.rng, woman=True, helmet=False),
            -1,
            430,
        ),
    ]
    for index, (x, y, pose, look, faces, tall) in enumerate(people_in):
        body = people.person(c, x, y, tall, pose, look, faces=faces)
        if index == 0:
            things.gift(c, body.hands[1][0] + 28, body.hands[1][1] + 14, 84, RED)
            c.ellipse(body.hands[1][0], body.hands[1][1], 12, fill=look.skin)
    people.person(
        c, 985, 915, 270, people.CHEER if variant % 2 else people.CLAP, looks.child(c.rng), faces=-1
    )
    if variant % 3 != 1:
        people.person(
            c, 1130, 905, 430, people.CLASPED, looks.aodai(c.rng, (RED, GOLD, ROSE)[variant % 3]), faces=-1
        )
    _rice_cakes(c, 1290, 905)
    for _ in range(40):
        c.ellipse(
            c.rng.uniform(20, 760),
            c.rng.uniform(860, 960),
            6,
            3.4,
            (240, 164, 174),
            tilt=c.rng.uniform(0, 90),
        )


def _rice_cakes(c: Canvas, x: float, y: float) -> None:
    leaf = mix(c.palette.leaf, (88, 140, 82), 0.5)
    for dx, dy in ((-56, 0), (56, 0), (0, -66)):
        c.rect(x + dx - 50, y + dy - 66, 100, 66, grade(lighter(leaf, 0.12), darker(leaf, 0.1)), r=6)
        for share in (0.34, 0.66):
            c.rect(x + dx - 50 + 100 * share - 2, y + dy - 66, 4, 66, CREAM)
        c.rect(x + dx - 50, y + dy - 36, 100, 4, CREAM)


def housing(c: Canvas, variant: int) -> None:
    """A new house is handed to a family."""
    p = c.palette
    land.sky(c, sun=0.24, clouds=3)
    land.mountains(c, top=320, layers=3, gap=72)
    land.terraces(c, 560, 740, count=6, sway=0.6, depth=0.85)
    land.ground(c, 700, mix(p.ground, p.field, 0.3), swell=12)
    trees.banana(c, 620, 760, 260)
    trees.tree(c, 1420, 770, 340)
    wall = (CREAM, mix(SKY_BLUE, WHITE, 0.5), mix(GOLD, WHITE, 0.5), mix(SAGE, WHITE, 0.5))[variant % 4]
    places.house(
        c, 1010, 780, 700, wall=wall, roof=(TILE, darker(TILE, 0.15), mix(BLUE, STEEL, 0.4))[variant % 3]
    )
    places.red_ribbon(c, 1010, 780, 700)
    things.flagpole(c, 50, 770, 545)
    giver = people.person(c, 300, 905, 470, people.GIVE, looks.office(c.rng, woman=variant % 2 == 0))
    things.gift(c, giver.hands[1][0] + 30, giver.hands[1][1] + 16, 90, BLUE)
    c.ellipse(giver.hands[1][0], giver.hands[1][1], 12, fill=giver.look.skin)
    people.person(c, 150, 890, 460, people.CLAP, looks.worker(c.rng))
    family = looks.highland if variant % 2 else looks.worker
    people.person(
        c,
        560,
        905,
        450,
        people.GIVE,
        family(c.rng, woman=True)
        if family is looks.highland
        else looks.worker(c.rng, woman=True, helmet=False),
        faces=-1,
    )
    people.person(c, 785, 900, 470, people.STAND, looks.worker(c.rng, woman=False, helmet=False), faces=-1)
    people.person(c, 672, 920, 270, people.STAND, looks.child(c.rng), faces=-1)
    if variant % 3 == 0:
        people.person(c, 910, 918, 300, people.CHEER, looks.pupil(c.rng), faces=-1)
    for x in (1330, 1400, 1465):
        trees.bush(c, x, 905, 56)
    for index in range(7):
        trees.flower(c, 1290 + index * 30, 880 + (index % 3) * 14, 12, (CORAL, GOLD, WHITE)[index % 3])
