"""Scenes of people gathered: dialogue, meeting, contest, singing, award, sports."""

from __future__ import annotations

from congdoan.ops.demo.drawings import furniture, looks, people, rooms, things, trees
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
    ROSE,
    SAGE,
    SKY_BLUE,
    STEEL,
    TEAL,
    WHITE,
    WOOD,
    Colour,
    darker,
    lighter,
    mix,
)


def _curtain(c: Canvas, variant: int) -> Colour:
    tints = ((150, 48, 52), BLUE, (132, 52, 70), TEAL, (158, 58, 50), (44, 92, 128), PLUM)
    return mix(tints[variant % 7], c.palette.wall, 0.1)


def dialogue(c: Canvas, variant: int) -> None:
    """Workers and managers talk across a long table."""
    rooms.room(c, [(150, 140, 330, 300), (585, 140, 330, 300), (1020, 140, 330, 300)], floor=670)
    if variant % 2:
        _face_to_face(c, variant)
        return
    count = 4 + variant // 2 % 2
    gap = 1040 / (count - 1)
    for index in range(count):
        x = 230 + index * gap
        own = index < count / 2
        look = looks.worker(c.rng, helmet=False) if own else looks.office(c.rng, old=index == count - 1)
        pose = people.AT_TABLE
        if index == variant % count:
            pose = people.Pose(
                hands=((-0.09, -0.51), (0.25, -0.66)), feet=None, bends=(1.0, 1.0, -1.0, -1.0), turn=0.5
            )
        people.person(c, x, 960, 520, pose, look, faces=1 if own else -1, shadow=False)
    _long_table(
        c,
        750,
        718,
        1320,
        (mix(BLUE, c.palette.wall, 0.16), mix(WOOD, CREAM, 0.1), mix(TEAL, c.palette.wall, 0.2))[variant % 3],
    )
    for index in range(count):
        x = 230 + index * gap
        things.papers(c, x, 722, 90)
        things.cup(c, x + 78, 720, 30, WHITE)
    for index in range(count - 1):
        if index % 2 == 1 or count == 4:
            things.vase(c, 230 + (index + 0.5) * gap, 722, 84, (ROSE, GOLD, CORAL)[variant % 3])
    things.potted(c, 70, 880, 250, pot=mix(CORAL, c.palette.wall, 0.2))
    things.potted(c, 1440, 880, 250, pot=mix(CORAL, c.palette.wall, 0.2))


def _face_to_face(c: Canvas, variant: int) -> None:
    """Two sides of a table, with somebody in the middle who listens."""
    people.person(
        c, 750, 1000, 560, people.AT_TABLE, looks.aodai(c.rng, (ROSE, BLUE, TEAL)[variant % 3]), shadow=False
    )
    for x, faces, own in ((240, 1, True), (430, 1, True), (1070, -1, False), (1260, -1, False)):
        furniture.chair(c, x, 920, 560, faces=faces, colour=mix(WOOD, INK, 0.2))
        look = looks.worker(c.rng, helmet=False) if own else looks.office(c.rng, old=x > 1200)
        pose = people.SIT_SIDE
        if x == (430, 1070)[variant // 2 % 2]:
            pose = people.SIT_TALK
        people.person(c, x, 920, 560, pose, look, faces=faces)
    furniture.table(
        c,
        750,
        726,
        500,
        190,
        colour=(mix(BLUE, c.palette.wall, 0.16), mix(WOOD, CREAM, 0.2))[variant // 2 % 2],
        cloth=True,
    )
    for x in (580, 920):
        things.papers(c, x, 730, 100)
        things.cup(c, x + (70 if x < 750 else -70), 728, 30, WHITE)
    things.vase(c, 750, 730, 90, (GOLD, CORAL, ROSE)[variant % 3])
    things.potted(c, 70, 900, 260, pot=mix(CORAL, c.palette.wall, 0.2))
    things.potted(c, 1435, 900, 260, pot=mix(CORAL, c.palette.wall, 0.2))


def _long_table(c: Canvas, x: float, y: float, w: float, colour: Colour) -> None:
    furniture.table(c, x, y, w, 190, colour=colour, cloth=True)


def meeting(c: Canvas, variant: int) -> None:
    """A congress hall: a speaker and a presidium, rows of delegates from behind."""
    rooms.stage(c, curtain=_curtain(c, variant), top=560)
    furniture.table(c, 860, 452, 560, 120, colour=mix(RED, c.palette.wall, 0.1), cloth=True)
    for index in range(3 + variant % 2):
        x = 680 + index * (360 / (2 + variant % 2))
        people.person(
            c, x, 602, 310, people.AT_TABLE, looks.office(c.rng, old=index == 1), faces=-1, shadow=False
        )
    furniture.table(c, 860, 452, 560, 120, colour=mix(RED, c.palette.wall, 0.1), cloth=True)
    for x in (740, 860, 980):
        things.vase(c, x, 454, 48, GOLD)
    speaker = looks.aodai(c.rng) if variant % 2 else looks.office(c.rng, woman=False)
    people.person(c, 330, 590, 350, people.SPEAK, speaker)
    furniture.podium(c, 345, 606, 210)
    things.potted(c, 470, 612, 130)
    things.potted(c, 1240, 612, 130)
    c.veil(600, 1000, darker(c.palette.floor, 0.5), 0.0, 0.28)
    for row, (y, tall, count) in enumerate(((880, 340, 8), (990, 420, 7), (1130, 520, 6))):
        gap = 1500 / count
        for index in range(count):
            x = gap * (index + 0.5) + (gap * 0.22 if row % 2 else 0)
            look = looks.worker(c.rng, helmet=False) if c.rng.random() < 0.35 else looks.office(c.rng)
            if c.rng.random() < 0.14:
                look = looks.highland(c.rng)
            people.person(c, x, y, tall, people.FROM_BEHIND, look, shadow=False)
            furniture.seat_back(
                c, x, y - tall * 0.62, tall * 0.36, tall * 0.5, mix(_curtain(c, variant), INK, 0.35)
            )


def contest(c: Canvas, variant: int) -> None:
    """A contest on a stage: teams at their desks, a host in áo dài."""
    rooms.stage(c, curtain=_curtain(c, variant + 1), top=650, star=False)
    things.bunting(c, (-10, 110), (760, 110), 40)
    things.bunting(c, (740, 110), (1510, 110), 40)
    for x in (450, 800, 1150):
        rooms.beam(c, x, 60, 850, 170)
    teams = [(BLUE, 450), (CORAL, 800), (TEAL, 1150)]
    if variant % 2:
        teams = [(GOLD, 450), (BLUE, 800), (PLUM, 1150)]
    for index, (tint, x) in enumerate(teams):
        for place in (-1, 1):
            look = looks.somebody(
                c.rng, looks.Look(top=tint, bottom=INK, style="jersey", sleeves="short", accent=WHITE)
            )
            cheering = index == variant % 3
            pose = (
                people.CHEER if cheering and place == 1 else people.CLAP if cheering else people.FRONT_HANDS
            )
            people.person(c, x + place * 66, 840, 400, pose, look, faces=-place, shadow=False)
        c.ellipse(x, 880, 160, 16, INK, alpha=0.25)
        c.rect(x - 140, 690, 280, 190, grade(lighter(tint, 0.12), darker(tint, 0.16)), r=10)
        c.rect(x - 152, 676, 304, 24, lighter(tint, 0.45), r=8)
        c.star(x, 784, 44, GOLD if tint != GOLD else WHITE)
        c.ellipse(x, 672, 26, 14, RED)
        c.rect(x - 34, 672, 68, 8, WHITE, r=3)
    host = people.person(
        c,
        190,
        905,
        450,
        people.SING,
        looks.aodai(c.rng, (GOLD, RED)[variant % 2] if variant % 2 == 0 else ROSE),
    )
    things.microphone(c, host.hands[1], 46)
    things.clipboard(c, host.hands[0][0], host.hands[0][1] + 10, 50)
    things.vase(c, 1400, 905, 130, CORAL)


def singing(c: Canvas, variant: int) -> None:
    """A choir or a small troupe singing on a stage."""
    rooms.stage(c, curtain=_curtain(c, variant + 3), top=660, star=variant % 2 == 0)
    for top, lean in ((260, 120), (750, 0), (1240, -120)):
        rooms.beam(c, top, 40, 850, 230, lean)
    tint = (RED, BLUE, ROSE, GOLD, TEAL, CORAL, PLUM)[variant % 7]
    if variant % 2 == 0:
        for row, (y, count, tall) in enumerate(((770, 7, 400), (860, 6, 430))):
            for index in range(count):
                x = 750 + (index - (count - 1) / 2) * 168
                look = (
                    looks.aodai(c.rng, mix(tint, WHITE, 0.0 if row else 0.35))
                    if (index + row) % 3 != 2
                    else looks.office(c.rng, woman=False)
                )
                people.person(c, x, y, tall, people.CLASPED, look, faces=1 if x < 750 else -1)
        for x in (440, 1060):
            things.stand_microphone(c, x, 915, 260)
        things.vase(c, 120, 915, 120, GOLD)
        things.vase(c, 1390, 915, 120, GOLD)
        return
    for index, x in enumerate((330, 560, 940, 1170)):
        look = looks.highland(c.rng) if index % 3 == 0 else looks.aodai(c.rng, mix(tint, WHITE, 0.25))
        people.person(
            c, x, 830, 410, people.WAVE if index % 2 else people.CHEER, look, faces=1 if x < 750 else -1
        )
    body = people.person(c, 750, 905, 500, people.SING, looks.aodai(c.rng, tint))
    things.microphone(c, body.hands[1], 50)
    guitar = people.person(
        c,
        190,
        905,
        440,
        people.Pose(hands=((-0.02, -0.5), (0.22, -0.62)), bends=(1.0, 1.0, -1.0, -1.0)),
        looks.office(c.rng, woman=False),
    )
    _guitar(c, guitar.hands[0], guitar.hands[1])
    for hand in guitar.hands:
        c.ellipse(hand[0], hand[1], 12, fill=guitar.look.skin)


def _guitar(c: Canvas, strum: tuple[float, float], fret: tuple[float, float]) -> None:
    x, y = strum
    c.rod((x, y), (fret[0] + 40, fret[1] - 22), 12, darker(WOOD, 0.3))
    c.ellipse(x - 28, y + 16, 58, 50, (206, 142, 82), tilt=-28)
    c.ellipse(x + 18, y - 6, 42, 37, (206, 142, 82), tilt=-28)
    c.ellipse(x + 2, y + 2, 15, fill=darker(WOOD, 0.5))


def award(c: Canvas, variant: int) -> None:
    """Certificates and flowers are given on a stage."""
    rooms.stage(
        c,
        curtain=_curtain(c, variant + 5) if variant % 2 else mix((172, 52, 50), c.palette.wall, 0.08),
        top=650,
    )
    rooms.beam(c, 750, 40, 870, 330)
    for index in range(46):
        x, y = c.rng.uniform(60, 1440), c.rng.uniform(120, 640)
        c.rect(
            x,
            y,
            c.rng.uniform(6, 11),
            c.rng.uniform(4, 8),
            (GOLD, CREAM, SKY_BLUE, CORAL, SAGE)[index % 5],
            r=2,
            alpha=0.8,
        )
    count = 3 + variant % 3
    for index in range(count):
        x = 750 + (index - (count - 1) / 2) * (940 / count) + (190 if count < 5 else 240)
        kind = (
            looks.worker(c.rng, helmet=False),
            looks.aodai(c.rng),
            looks.highland(c.rng),
            looks.medic(c.rng),
        )[(index + variant) % 4]
        body = people.person(
            c, x, 870 + (index % 2) * 14, 510, people.HOLD_UP if index else people.GIVE, kind, faces=-1
        )
        if index:
            mx = (body.hands[0][0] + body.hands[1][0]) / 2
            things.certificate(c, mx, body.hands[0][1] + 4, 134)
            for hand in body.hands:
                c.ellipse(hand[0], hand[1], 11, fill=kind.skin)
        else:
            first = body
    giver = people.person(
        c, first.hip[0] - 290, 895, 540, people.GIVE, looks.office(c.rng, woman=False, old=True)
    )
    mx = (giver.hands[1][0] + first.hands[1][0]) / 2
    my = (giver.hands[1][1] + first.hands[1][1]) / 2
    things.certificate(c, mx, my - 14, 132)
    for body in (giver, first):
        c.ellipse(body.hands[1][0], body.hands[1][1], 12, fill=body.look.skin)
    helper = people.person(
        c, giver.hip[0] - 200, 912, 510, people.GIVE, looks.aodai(c.rng, (BLUE, ROSE, RED)[variant % 3])
    )
    things.bouquet(c, helper.hands[1][0] + 6, helper.hands[1][1] - 10, 90, (CORAL, GOLD, ROSE)[variant % 3])


def sports(c: Canvas, variant: int) -> None:
    """A volleyball match under the mountains."""
    p = c.palette
    land.sky(c, sun=0.3, clouds=3)
    land.mountains(c, top=310, layers=3, gap=72)
    for index in range(12):
        trees.tree(c, 40 + index * 130, 660, c.rng.uniform(100, 150))
    stand = mix(STEEL, p.wall, 0.4)
    c.rect(-5, 606, WIDTH + 10, 60, darker(stand, 0.1))
    for index in range(30):
        x = 26 + index * 50
        look = looks.office(c.rng) if index % 3 else looks.worker(c.rng, helmet=False)
        people.person(
            c,
            x,
            706 + (index % 2) * 8,
            160,
            people.CHEER if (index + variant) % 4 == 0 else people.FRONT_HANDS,
            look,
            faces=1 if x < 750 else -1,
            shadow=False,
        )
    c.rect(-5, 646, WIDTH + 10, 50, grade(mix(BLUE, stand, 0.2), mix(BLUE, INK, 0.2)))
    for index in range(10):
        c.star(75 + index * 150, 671, 13, mix(GOLD, BLUE, 0.2))
    court = (mix(CORAL, p.ground, 0.4), mix(TEAL, p.ground, 0.35), mix(p.ground, GOLD, 0.2))[variant % 3]
    c.rect(
        -5, 694, WIDTH + 10, HEIGHT, grade(mix(p.field, p.leaf, 0.4), darker(mix(p.field, p.leaf, 0.4), 0.1))
    )
    c.poly([(190, 740), (1310, 740), (1490, 950), (10, 950)], grade(lighter(court, 0.1), court))
    for a, b in (
        ((190, 740), (1310, 740)),
        ((10, 950), (1490, 950)),
        ((190, 740), (10, 950)),
        ((1310, 740), (1490, 950)),
        ((800, 740), (700, 950)),
    ):
        c.rod(a, b, 6, WHITE)
    left, right = ((RED, BLUE), (GOLD, TEAL), (BLUE, CORAL), (PLUM, GOLD))[variant % 4]
    people.person(c, 420, 800, 330, people.RECEIVE, looks.athlete(c.rng, left))
    people.person(c, 1100, 800, 330, people.RECEIVE, looks.athlete(c.rng, right), faces=-1)
    _net(c)
    people.person(c, 585, 868, 410, people.JUMP, looks.athlete(c.rng, left, woman=variant % 2 == 0))
    people.person(
        c, 900, 850, 390, people.CHEER, looks.athlete(c.rng, right, woman=variant % 2 == 0), faces=-1
    )
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
