"""Scenes of school, health and home: classroom, hospital, blood, reading, mother and child, Tết, housing, sports."""

from __future__ import annotations

from congdoan.ops.demo.drawings import landscape as land
from congdoan.ops.demo.drawings import looks, people, places, things
from congdoan.ops.demo.drawings.canvas import Canvas, grade
from congdoan.ops.demo.drawings.geometry import HEIGHT, WIDTH
from congdoan.ops.demo.drawings.palettes import (
    BLUE, CORAL, CREAM, GOLD, INK, PLUM, RED, ROSE, SAGE, SKY_BLUE, STEEL, TEAL, TILE, WHITE, WOOD, darker,
    lighter, mix,
)


def classroom(c: Canvas, variant: int) -> None:
    """A teacher in áo dài before a green board with a chalk landscape, pupils from behind."""
    places.room(c, [(1190, 170, 250, 300)], floor=660, wall=mix(c.palette.wall, GOLD, 0.1), panel=True)
    board = mix((52, 104, 88), c.palette.near, 0.2)
    c.rect(270, 130, 800, 360, WOOD, r=8)
    c.rect(286, 146, 768, 328, grade(lighter(board, 0.06), board))
    chalk = mix(WHITE, board, 0.2)
    c.line([(560, 400), (640, 300), (690, 350), (770, 250), (860, 370), (900, 330), (960, 400)], 5, chalk, 0.8)
    c.ellipse(880, 240, 30, fill=mix(GOLD, board, 0.25))
    for row in range(3):
        c.line([(600 + row * 20, 420 + row * 14), (930 - row * 20, 420 + row * 14)], 4, chalk, 0.6)
    c.rect(280, 478, 780, 14, lighter(WOOD, 0.2))
    things.flag(c, 630, 92, 66)
    pose = people.POINT if variant % 2 == 0 else people.SPEAK
    people.person(c, 340, 800, 480, pose, looks.aodai(c.rng, (BLUE, ROSE, TEAL, PLUM)[variant % 4]))
    things.table(c, 1080, 610, 250, 150, colour=mix(WOOD, CREAM, 0.15), cloth=True)
    things.vase(c, 1140, 612, 80, CORAL)
    things.papers(c, 1030, 612, 90)
    hand = (variant * 3 + 1) % 4
    for y, tall, spots in ((770, 310, (620, 800, 980, 1160)), (920, 380, (420, 680, 940, 1200))):
        for index, x in enumerate(spots):
            things.desk_row(c, x, y - tall * 0.2, tall * (0.58 if tall > 330 else 0.52), tall * 0.3, mix(WOOD, c.palette.floor, 0.15))
            pose = people.FROM_BEHIND
            if index == hand and tall > 330:
                pose = people.Pose(hands=((-0.12, -0.5), (0.2, -1.06)), feet=None, bends=(1.0, 1.0, -1.0, -1.0), turn=0.0, back=True)
            people.person(c, x, y + tall * 0.4, tall, pose, looks.pupil(c.rng), shadow=False)
            things.seat_back(c, x, y - tall * 0.1, tall * 0.34, tall * 0.22, mix(SKY_BLUE, c.palette.near, 0.3))


def hospital(c: Canvas, variant: int) -> None:
    """A ward: a patient in bed, a nurse and a doctor beside, a window on the mountains."""
    wall = mix(c.palette.wall, TEAL, 0.16)
    places.room(c, [(860, 150, 460, 300)], floor=680, wall=wall, panel=True)
    c.rect(90, 210, 250, 180, mix(wall, WHITE, 0.4), r=10)
    things.heart(c, 215, 292, 62, mix(CORAL, wall, 0.1))
    x, y, w = 480, 880, 620
    things.bed(c, x, y, w, (SKY_BLUE, SAGE, ROSE)[variant % 3])
    patient = looks.somebody(c.rng, looks.Look(top=mix(SKY_BLUE, WHITE, 0.5), bottom=SKY_BLUE), old=variant % 2 == 1)
    c.poly([(x + 20, y - 150), (x + 60, y - 290), (x + 130, y - 280), (x + 150, y - 150)], WHITE)
    lying = people.Pose(hip=(0.12, -0.14), neck=(-0.06, -0.36), tilt=-30, hands=((0.22, -0.22), (0.24, -0.2)), feet=None,
                        bends=(1.0, 1.0, -1.0, -1.0), turn=0.7, side=True)
    people.person(c, x + 160, y - 60, 480, lying, patient, shadow=False)
    c.rect(x + w * 0.26, y - w * 0.282, w * 0.72, w * 0.14, grade(lighter((SKY_BLUE, SAGE, ROSE)[variant % 3], 0.15), (SKY_BLUE, SAGE, ROSE)[variant % 3]), r=26)
    c.rect(x + w * 0.26, y - w * 0.282, 60, w * 0.14, WHITE, r=20)
    c.rod((440, 880), (440, 380), 8, STEEL)
    c.line([(400, 384), (480, 384)], 7, STEEL)
    c.rect(384, 396, 44, 76, mix(SKY_BLUE, WHITE, 0.6), r=10)
    c.tube([(406, 472), (420, 600), (520, 690)], [1.6, 1.6, 1.6], mix(STEEL, WHITE, 0.3))
    c.line([(404, 884), (476, 884)], 8, darker(STEEL, 0.2))
    nurse = people.person(c, 1190, 905, 500, people.SPEAK, looks.medic(c.rng, woman=True), faces=-1)
    things.clipboard(c, nurse.hands[0][0], nurse.hands[0][1] + 6, 66)
    if variant % 2 == 0:
        people.person(c, 240, 905, 520, people.FRONT_HANDS, looks.medic(c.rng, woman=False))
    else:
        visitor = people.person(c, 250, 905, 500, people.GIVE, looks.worker(c.rng, helmet=False))
        things.bouquet(c, visitor.hands[1][0] + 8, visitor.hands[1][1] - 10, 96, CORAL)
    c.rect(1340, 690, 120, 190, mix(WHITE, STEEL, 0.2), r=8)
    c.rect(1352, 740, 96, 6, STEEL)
    things.vase(c, 1400, 692, 100, GOLD)


def blood(c: Canvas, variant: int) -> None:
    """Blood donation: donors on couches, nurses beside them."""
    wall = mix(c.palette.wall, ROSE, 0.12)
    places.room(c, [(120, 150, 330, 270), (1060, 150, 330, 270)], floor=670, wall=wall)
    things.heart(c, 750, 280, 120, mix(RED, wall, 0.06))
    c.tube([(690, 290), (722, 290), (738, 246), (760, 330), (776, 284), (812, 284)], [4.5] * 6, WHITE)
    spots = ((250, 860), (860, 885)) if variant % 3 else ((520, 880),)
    for index, (x, y) in enumerate(spots):
        tint = (RED, TEAL, BLUE)[(variant + index) % 3]
        _couch(c, x, y, mix(tint, WHITE, 0.12))
        donor = looks.worker(c.rng, helmet=False) if (index + variant) % 2 else looks.office(c.rng)
        lying = people.Pose(hip=(0.06, -0.2), neck=(-0.13, -0.44), tilt=-24, hands=((0.18, -0.27), (0.2, -0.25)),
                            feet=((0.46, -0.12), (0.49, -0.12)), bends=(1.0, 1.0, -1.0, -1.0), turn=0.7, side=True)
        body = people.person(c, x + 130, y - 60, 500, lying, donor, shadow=False)
        c.tube([(body.hands[1][0] - 30, body.hands[1][1] - 10), (x + 250, y - 60), (x + 330, y - 20)], [2.4, 2.4, 2.4], RED)
        c.rect(x + 312, y - 30, 42, 60, RED, r=10)
        c.ellipse(body.hands[1][0] + 4, body.hands[1][1] - 8, 15, fill=CORAL)
        nurse = people.person(c, x + 470, y + 24, 480, people.GIVE, looks.medic(c.rng, woman=index == 0), faces=-1)
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
    c.tube([(x - 20, y - 290), (x + 60, y - 150), (x + 150, y - 110), (x + 400, y - 96)], [26, 32, 34, 28], darker(tint, 0.1))
    c.tube([(x - 10, y - 296), (x + 66, y - 164), (x + 154, y - 124), (x + 396, y - 110)], [16, 20, 20, 16], lighter(tint, 0.16))


def reading(c: Canvas, variant: int) -> None:
    """Readers among shelves, or under a tree."""
    if variant % 2:
        _reading_outdoors(c, variant)
        return
    places.room(c, [(600, 140, 300, 320)], floor=690, wall=mix(c.palette.wall, CREAM, 0.3))
    things.shelf(c, 60, 120, 470, 560, 4)
    things.shelf(c, 970, 120, 470, 560, 4)
    c.ellipse(750, 850, 560, 90, mix((BLUE, PLUM, TEAL, CORAL)[variant // 2 % 4], c.palette.floor, 0.4))
    c.ellipse(750, 848, 500, 76, mix((BLUE, PLUM, TEAL, CORAL)[variant // 2 % 4], c.palette.floor, 0.55))
    things.pendant(c, 750, 40, 120, CORAL)
    for x, faces, tint in ((500, 1, CORAL), (1000, -1, BLUE)):
        things.armchair(c, x, 880, 420, faces, mix((TEAL, SAGE, CORAL)[(variant // 2 + (faces > 0)) % 3], c.palette.wall, 0.15))
        look = looks.aodai(c.rng) if variant % 4 == 0 and faces > 0 else looks.office(c.rng, old=faces < 0)
        body = people.person(c, x, 880, 500, people.SIT_READ, look, faces=faces, shadow=False)
        things.book(c, body.hands[1][0] + faces * 12, body.hands[1][1] + 10, 110, tint)
        c.ellipse(body.hands[1][0], body.hands[1][1] + 2, 11, fill=look.skin)
    things.table(c, 750, 752, 190, 120, colour=mix(WOOD, CREAM, 0.2))
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
    land.grass(c, 36, 740, 980)
    land.tree(c, 420, 860, 720)
    for x, faces, tint in ((560, 1, CORAL), (930, -1, BLUE)):
        things.bench(c, x, 885, 210)
        look = looks.pupil(c.rng) if faces > 0 and variant % 4 == 1 else looks.worker(c.rng, helmet=False)
        tall = 380 if look.child else 460
        body = people.person(c, x, 885, tall, people.SIT_READ, look, faces=faces)
        things.book(c, body.hands[1][0] + faces * 12, body.hands[1][1] + 8, 100, tint)
    kid = people.person(c, 1210, 900, 270, people.HOLD_UP, looks.pupil(c.rng), faces=-1)
    things.book(c, kid.neck[0], kid.hands[0][1] + 18, 92, GOLD)


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
            land.tree(c, x, 716, 190)
    land.ground(c, 700, mix(p.field, p.ground, 0.3), swell=16)
    c.blob([(560, 720), (760, 716), (980, 820), (1100, 1020), (380, 1020), (480, 860)], mix(p.ground, CREAM, 0.25))
    land.grass(c, 34, 740, 980)
    land.tree(c, 1270 if variant % 2 == 0 else 220, 830, 480)
    mother = (looks.highland, looks.aodai, looks.office, looks.worker)[variant % 4]
    look = looks.worker(c.rng, woman=True, helmet=False) if variant % 4 == 3 else looks.office(c.rng, woman=True) if variant % 4 == 2 else mother(c.rng)
    pose = people.Pose(hands=((-0.13, -0.46), (0.16, -0.44)), feet=((-0.07, -0.01), (0.07, -0.01)), turn=0.45)
    body = people.person(c, 690, 905, 560, pose, look)
    hold = body.hands[1]
    tall = 300
    kid = people.Pose(hands=(((hold[0] - 850) / tall, (hold[1] - 905) / tall), (0.14, -0.5)), bends=(-1.0, -1.0, -1.0, -1.0), turn=-0.4)
    people.person(c, 850, 905, tall, kid, looks.child(c.rng))
    if variant % 3 == 0:
        other = people.person(c, 480, 915, 330, people.WAVE, looks.pupil(c.rng))
        c.rect(other.hip[0] - 46, other.along(0.8)[1], 16, 80, BLUE, r=6)
    if variant % 3 == 1:
        things.bouquet(c, body.hands[0][0] - 6, body.hands[0][1] - 16, 80, CORAL)
    for index in range(9):
        land.flower(c, c.rng.uniform(40, 1460), c.rng.uniform(880, 985), c.rng.uniform(9, 14), (CORAL, WHITE, GOLD)[index % 3])


def tet(c: Canvas, variant: int) -> None:
    """Tết: peach blossom, lanterns, gifts brought to a home."""
    p = c.palette
    land.sky(c, sun=0.5, clouds=2)
    land.mountains(c, top=320, layers=3, gap=72)
    land.ground(c, 680, mix(p.ground, p.field, 0.25), swell=12)
    places.house(c, 960, 760, 620, roof=darker(TILE, 0.04))
    things.bunting(c, (640, 500), (1280, 500), 22, 12)
    for x in (700, 1220):
        things.lantern(c, x, 484, 62)
    things.flagpole(c, 1372, 770, 290)
    land.blossom(c, 250, 880, 640, petals=230)
    land.blossom(c, 1440, 900, 330, petals=80)
    people_in = [(560, 905, people.GIVE, looks.office(c.rng, woman=variant % 2 == 0), 1, 440), (850, 905, people.GIVE, looks.highland(c.rng) if variant % 3 == 0 else looks.worker(c.rng, woman=True, helmet=False), -1, 430)]
    for index, (x, y, pose, look, faces, tall) in enumerate(people_in):
        body = people.person(c, x, y, tall, pose, look, faces=faces)
        if index == 0:
            things.gift(c, body.hands[1][0] + 28, body.hands[1][1] + 14, 84, RED)
            c.ellipse(body.hands[1][0], body.hands[1][1], 12, fill=look.skin)
    people.person(c, 985, 915, 270, people.CHEER if variant % 2 else people.CLAP, looks.child(c.rng), faces=-1)
    if variant % 3 != 1:
        people.person(c, 1130, 905, 430, people.CLASPED, looks.aodai(c.rng, (RED, GOLD, ROSE)[variant % 3]), faces=-1)
    _rice_cakes(c, 1290, 905)
    for _ in range(40):
        c.ellipse(c.rng.uniform(20, 760), c.rng.uniform(860, 960), 6, 3.4, (240, 164, 174), tilt=c.rng.uniform(0, 90))


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
    land.banana(c, 620, 760, 260)
    land.tree(c, 1420, 770, 340)
    wall = (CREAM, mix(SKY_BLUE, WHITE, 0.5), mix(GOLD, WHITE, 0.5), mix(SAGE, WHITE, 0.5))[variant % 4]
    places.house(c, 1010, 780, 700, wall=wall, roof=(TILE, darker(TILE, 0.15), mix(BLUE, STEEL, 0.4))[variant % 3])
    places.red_ribbon(c, 1010, 780, 700)
    things.flagpole(c, 50, 770, 490)
    giver = people.person(c, 300, 905, 470, people.GIVE, looks.office(c.rng, woman=variant % 2 == 0))
    things.gift(c, giver.hands[1][0] + 30, giver.hands[1][1] + 16, 90, BLUE)
    c.ellipse(giver.hands[1][0], giver.hands[1][1], 12, fill=giver.look.skin)
    people.person(c, 150, 890, 460, people.CLAP, looks.worker(c.rng))
    family = looks.highland if variant % 2 else looks.worker
    people.person(c, 560, 905, 450, people.GIVE, family(c.rng, woman=True) if family is looks.highland else looks.worker(c.rng, woman=True, helmet=False), faces=-1)
    people.person(c, 785, 900, 470, people.STAND, looks.worker(c.rng, woman=False, helmet=False), faces=-1)
    people.person(c, 672, 920, 270, people.STAND, looks.child(c.rng), faces=-1)
    if variant % 3 == 0:
        people.person(c, 910, 918, 300, people.CHEER, looks.pupil(c.rng), faces=-1)
    for x in (1330, 1400, 1465):
        land.bush(c, x, 905, 56)
    for index in range(7):
        land.flower(c, 1290 + index * 30, 880 + (index % 3) * 14, 12, (CORAL, GOLD, WHITE)[index % 3])


def sports(c: Canvas, variant: int) -> None:
    """A volleyball match under the mountains."""
    p = c.palette
    land.sky(c, sun=0.3, clouds=3)
    land.mountains(c, top=310, layers=3, gap=72)
    for index in range(12):
        land.tree(c, 40 + index * 130, 660, c.rng.uniform(100, 150))
    stand = mix(STEEL, p.wall, 0.4)
    c.rect(-5, 606, WIDTH + 10, 60, darker(stand, 0.1))
    for index in range(30):
        x = 26 + index * 50
        look = looks.office(c.rng) if index % 3 else looks.worker(c.rng, helmet=False)
        people.person(c, x, 706 + (index % 2) * 8, 160, people.CHEER if (index + variant) % 4 == 0 else people.FRONT_HANDS, look,
                      faces=1 if x < 750 else -1, shadow=False)
    c.rect(-5, 646, WIDTH + 10, 50, grade(mix(BLUE, stand, 0.2), mix(BLUE, INK, 0.2)))
    for index in range(10):
        c.star(75 + index * 150, 671, 13, mix(GOLD, BLUE, 0.2))
    court = (mix(CORAL, p.ground, 0.4), mix(TEAL, p.ground, 0.35), mix(p.ground, GOLD, 0.2))[variant % 3]
    c.rect(-5, 694, WIDTH + 10, HEIGHT, grade(mix(p.field, p.leaf, 0.4), darker(mix(p.field, p.leaf, 0.4), 0.1)))
    c.poly([(190, 740), (1310, 740), (1490, 950), (10, 950)], grade(lighter(court, 0.1), court))
    for a, b in (((190, 740), (1310, 740)), ((10, 950), (1490, 950)), ((190, 740), (10, 950)), ((1310, 740), (1490, 950)), ((800, 740), (700, 950))):
        c.rod(a, b, 6, WHITE)
    left, right = ((RED, BLUE), (GOLD, TEAL), (BLUE, CORAL), (PLUM, GOLD))[variant % 4]
    people.person(c, 420, 800, 330, people.RECEIVE, looks.athlete(c.rng, left))
    people.person(c, 1100, 800, 330, people.RECEIVE, looks.athlete(c.rng, right), faces=-1)
    _net(c)
    people.person(c, 585, 868, 410, people.JUMP, looks.athlete(c.rng, left, woman=variant % 2 == 0))
    people.person(c, 900, 850, 390, people.CHEER, looks.athlete(c.rng, right, woman=variant % 2 == 0), faces=-1)
    people.person(c, 280, 920, 420, people.RECEIVE, looks.athlete(c.rng, left))
    people.person(c, 1250, 920, 420, people.RECEIVE, looks.athlete(c.rng, right), faces=-1)
    things.ball(c, 705, 360 + (variant % 3) * 24, 34)


def _net(c: Canvas) -> None:
    """The net, slantwise between its two posts."""
    far, near, deep = (805.0, 424.0), (690.0, 540.0), (92.0, 128.0)
    post = mix(STEEL, WHITE, 0.3)
    c.rect(far[0] - 5, far[1], 10, 744 - far[1], post)
    c.poly([far, near, (near[0], near[1] + deep[1]), (far[0], far[1] + deep[0])], WHITE, 0.16)
    for step in range(1, 12):
        t = step / 12
        x, y = far[0] + (near[0] - far[0]) * t, far[1] + (near[1] - far[1]) * t
        c.rod((x, y), (x, y + deep[0] + (deep[1] - deep[0]) * t), 2.4, WHITE)
    for step in range(6):
        t = step / 5
        c.rod((far[0], far[1] + deep[0] * t), (near[0], near[1] + deep[1] * t), 2.4, WHITE)
    c.rod(far, near, 10, WHITE)
    c.rect(near[0] - 8, near[1] - 8, 16, 956 - near[1], post)
