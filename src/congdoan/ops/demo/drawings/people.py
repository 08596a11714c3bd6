"""People: soft rounded bodies in simple clothes, without facial features.

A person is 1 high in the unit of the pose: (0, 0) is the ground between the feet, y grows downward, and the
person looks to the right. ``person`` scales, turns and dresses this figure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from congdoan.ops.demo.drawings.canvas import Canvas
from congdoan.ops.demo.drawings.clothes import Body, dress_lower, dress_upper
from congdoan.ops.demo.drawings.geometry import Point, joint
from congdoan.ops.demo.drawings.heads import draw_head
from congdoan.ops.demo.drawings.looks import Look
from congdoan.ops.demo.drawings.palettes import darker, mix


@dataclass(frozen=True, slots=True)
class Pose:
    """Where the joints are. ``bends`` are the sides of left and right elbow, then left and right knee."""

    hip: Point = (0.0, -0.47)
    neck: Point = (0.0, -0.8)
    tilt: float = 0.0
    hands: tuple[Point, Point] = ((-0.135, -0.45), (0.135, -0.45))
    feet: tuple[Point, Point] | None = ((-0.06, -0.01), (0.06, -0.01))
    bends: tuple[float, float, float, float] = (1.0, -1.0, -1.0, -1.0)
    turn: float = 0.3
    back: bool = False
    side: bool = False


STAND = Pose()
FRONT_HANDS = Pose(hands=((-0.02, -0.52), (0.035, -0.53)))
HIPS = Pose(hands=((-0.11, -0.51), (0.11, -0.51)))
CLASPED = Pose(hands=((-0.015, -0.6), (0.03, -0.6)))
CLAP = Pose(hands=((-0.005, -0.68), (0.035, -0.69)))
WAVE = Pose(hands=((-0.135, -0.45), (0.24, -0.98)), bends=(1.0, 1.0, -1.0, -1.0))
CHEER = Pose(hands=((-0.21, -1.0), (0.21, -1.0)), bends=(-1.0, 1.0, -1.0, -1.0), turn=0.0)
POINT = Pose(hands=((-0.13, -0.46), (0.38, -0.86)), bends=(1.0, 1.0, -1.0, -1.0), turn=0.6)
GIVE = Pose(hands=((0.2, -0.6), (0.26, -0.61)), bends=(1.0, 1.0, -1.0, -1.0), turn=0.75)
SPEAK = Pose(hands=((-0.03, -0.53), (0.25, -0.66)), bends=(1.0, 1.0, -1.0, -1.0), turn=0.5)
SING = Pose(hands=((-0.17, -0.5), (0.035, -0.745)), turn=0.3)
HOLD_UP = Pose(hands=((-0.1, -0.57), (0.1, -0.57)), turn=0.1)
WALK = Pose(
    hands=((-0.12, -0.48), (0.13, -0.49)),
    feet=((-0.13, -0.02), (0.12, -0.01)),
    bends=(-1.0, -1.0, -1.0, -1.0),
    turn=0.8,
    side=True,
)
SIT_SIDE = Pose(
    hip=(-0.05, -0.27),
    neck=(-0.03, -0.6),
    hands=((0.15, -0.36), (0.18, -0.35)),
    feet=((0.16, -0.01), (0.2, -0.01)),
    bends=(1.0, 1.0, -1.0, -1.0),
    turn=0.8,
    side=True,
)
SIT_TALK = replace(SIT_SIDE, hands=((0.15, -0.36), (0.25, -0.52)))
SIT_READ = replace(SIT_SIDE, hands=((0.16, -0.45), (0.18, -0.43)), turn=0.7)
AT_TABLE = Pose(hands=((-0.075, -0.475), (0.075, -0.475)), feet=None, turn=0.2)
FROM_BEHIND = Pose(hands=((-0.125, -0.46), (0.125, -0.46)), feet=None, turn=0.0, back=True)
BEND = Pose(
    hip=(-0.1, -0.46),
    neck=(0.16, -0.62),
    tilt=38,
    hands=((0.2, -0.26), (0.26, -0.28)),
    feet=((-0.13, -0.01), (0.02, -0.01)),
    bends=(-1.0, -1.0, -1.0, -1.0),
    turn=0.85,
    side=True,
)
STOOP = Pose(
    hip=(-0.05, -0.46),
    neck=(0.08, -0.76),
    tilt=14,
    hands=((0.22, -0.52), (0.27, -0.5)),
    feet=((-0.1, -0.01), (0.06, -0.01)),
    bends=(1.0, 1.0, -1.0, -1.0),
    turn=0.8,
    side=True,
)
KNEEL = Pose(
    hip=(-0.04, -0.27),
    neck=(0.07, -0.57),
    tilt=14,
    hands=((0.24, -0.28), (0.29, -0.3)),
    feet=((-0.2, -0.02), (0.14, -0.01)),
    bends=(1.0, 1.0, -1.0, -1.0),
    turn=0.8,
    side=True,
)
JUMP = Pose(
    hands=((-0.26, -0.64), (0.18, -1.09)),
    feet=((-0.17, -0.1), (0.05, -0.02)),
    bends=(-1.0, 1.0, -1.0, -1.0),
    turn=0.7,
)
RECEIVE = Pose(
    hip=(-0.06, -0.38),
    neck=(0.0, -0.68),
    tilt=6,
    hands=((0.22, -0.5), (0.24, -0.49)),
    feet=((-0.16, -0.01), (0.13, -0.01)),
    bends=(1.0, 1.0, -1.0, -1.0),
    turn=0.8,
    side=True,
)

UPPER_ARM, FOREARM = 0.16, 0.158
THIGH, SHIN = 0.233, 0.229


def person(
    c: Canvas,
    x: float,
    y: float,
    height: float,
    pose: Pose,
    look: Look,
    *,
    faces: int = 1,
    shadow: bool = True,
    behind: Callable[[Body], None] | None = None,
) -> Body:
    """Draw somebody standing at (x, y), ``height`` tall. ``faces`` is 1 for right and -1 for left.

    ``behind`` draws what the person carries on the back. Returns the body, to put things into its hands.
    """
    body = _place(x, y, height, pose, look, faces)
    if shadow and pose.feet is not None:
        c.ellipse(
            x, y + height * 0.005, height * 0.17, height * 0.026, darker(c.palette.ground, 0.55), alpha=0.26
        )
    if look.child:
        body = replace(body, girth=1.08)
    near, far = 1, 0
    if behind is not None:
        behind(body)
    if pose.side:
        _arm(c, body, far, shaded=True)
    if pose.feet is not None:
        _legs(c, body)
    if look.hair_style == "long" and not pose.back:
        _long_hair(c, body)
    dress_lower(c, body)
    dress_upper(c, body)
    if pose.side:
        draw_head(c, body)
        _arm(c, body, near, shaded=False)
    else:
        raised = [index for index in (0, 1) if body.hands[index][1] < body.neck[1] - height * 0.06]
        for index in raised:
            _arm(c, body, index, shaded=False)
        draw_head(c, body)
        for index in (0, 1):
            if index not in raised:
                _arm(c, body, index, shaded=False)
    return body


def _place(x: float, y: float, h: float, pose: Pose, look: Look, faces: int) -> Body:
    def at(point: Point) -> Point:
        return (x + point[0] * h * faces, y + point[1] * h)

    hip, neck = at(pose.hip), at(pose.neck)
    broad = 0.1 if not look.slim else 0.086
    if pose.side:
        broad *= 0.55
    dx, dy = (neck[0] - hip[0]) / h, (neck[1] - hip[1]) / h
    length = (dx * dx + dy * dy) ** 0.5
    ax, ay = -dy / length, dx / length
    base = (neck[0] - dx / length * 0.045 * h, neck[1] - dy / length * 0.045 * h)
    shoulders = (
        (base[0] - ax * broad * h * faces, base[1] - ay * broad * h * faces),
        (base[0] + ax * broad * h * faces, base[1] + ay * broad * h * faces),
    )
    return Body(
        h=h,
        faces=faces,
        look=look,
        hip=hip,
        neck=neck,
        shoulders=shoulders,
        hands=(at(pose.hands[0]), at(pose.hands[1])),
        feet=None if pose.feet is None else (at(pose.feet[0]), at(pose.feet[1])),
        bends=tuple(bend * faces for bend in pose.bends),
        turn=pose.turn * faces,
        tilt=pose.tilt * faces,
        back=pose.back,
        side=pose.side,
        seated=pose.hip[1] > -0.4,
    )


def _arm(c: Canvas, body: Body, index: int, *, shaded: bool) -> None:
    h, look = body.h * body.girth, body.look
    shoulder, hand = body.shoulders[index], body.hands[index]
    elbow = joint(shoulder, hand, UPPER_ARM * body.h, FOREARM * body.h, bend=body.bends[index])
    hand = _reach(elbow, hand, FOREARM * body.h)
    skin = darker(look.skin, 0.12) if shaded else look.skin
    sleeve = darker(look.top, 0.2) if shaded else darker(look.top, 0.07)
    c.ellipse(hand[0], hand[1], h * 0.024, fill=skin)
    if look.sleeves == "short":
        c.tube([elbow, _mid(elbow, hand, 0.5), hand], [h * 0.026, h * 0.024, h * 0.019], skin)
        c.tube([shoulder, _mid(shoulder, elbow, 0.9)], [h * 0.037, h * 0.037], sleeve)
        c.tube([_mid(shoulder, elbow, 0.7), elbow], [h * 0.026, h * 0.025], skin)
        c.tube([shoulder, _mid(shoulder, elbow, 0.85)], [h * 0.037, h * 0.037], sleeve)
        return
    wrist = _mid(elbow, hand, 0.84)
    bent = [shoulder, _mid(shoulder, elbow, 0.8), _mid(elbow, hand, 0.2), wrist]
    c.tube([_mid(elbow, hand, 0.5), hand], [h * 0.022, h * 0.018], skin)
    c.tube(bent, [h * 0.037, h * 0.034, h * 0.032, h * 0.027], sleeve)
    if look.trim is not None:
        c.rod(_mid(elbow, hand, 0.6), _mid(elbow, hand, 0.8), h * 0.06, look.trim)
    c.ellipse(hand[0], hand[1], h * 0.024, fill=skin)


def _legs(c: Canvas, body: Body) -> None:
    h, look = body.h * body.girth, body.look
    feet = body.feet
    if feet is None:
        return
    spread = 0.02 if body.side else 0.046
    for index in (0, 1):
        side = (-1 if index == 0 else 1) * body.faces
        start = (body.hip[0] + side * spread * h, body.hip[1])
        knee = joint(start, feet[index], THIGH * body.h, SHIN * body.h, bend=body.bends[2 + index])
        cloth = darker(look.bottom, 0.2) if index == 0 else darker(look.bottom, 0.06)
        toe = (feet[index][0] + (body.turn * 0.045 + side * (1 - abs(body.turn)) * 0.02) * h, feet[index][1])
        shoe = mix(look.shoes, (0, 0, 0), 0.1 if index == 0 else 0.0)
        c.tube([(feet[index][0], feet[index][1] - h * 0.006), toe], [h * 0.022, h * 0.018], shoe)
        ankle = _mid(knee, feet[index], 0.9)
        if look.legs == "bare":
            c.tube(
                [start, knee, ankle], [h * 0.044, h * 0.034, h * 0.022], darker(look.skin, 0.12 * (1 - index))
            )
            c.tube([start, knee], [h * 0.055, h * 0.05], cloth)
        else:
            c.tube(
                [start, _mid(start, knee, 0.84), _mid(knee, feet[index], 0.16), ankle],
                [h * 0.056, h * 0.046, h * 0.043, h * 0.033],
                cloth,
            )


def _long_hair(c: Canvas, body: Body) -> None:
    h = body.h * (1.1 if body.look.child else 1.0)
    x, y = body.neck[0] - body.turn * h * 0.03, body.neck[1]
    hair = body.look.hair
    c.tube(
        [(x, y - h * 0.1), (x - body.turn * h * 0.02, y), (x - body.turn * h * 0.02, y + h * 0.11)],
        [h * 0.085, h * 0.09, h * 0.06],
        hair,
    )


def _mid(first: Point, second: Point, share: float) -> Point:
    return (first[0] + (second[0] - first[0]) * share, first[1] + (second[1] - first[1]) * share)


def _reach(elbow: Point, hand: Point, length: float) -> Point:
    dx, dy = hand[0] - elbow[0], hand[1] - elbow[1]
    away = (dx * dx + dy * dy) ** 0.5 or 1.0
    share = min(1.0, length * 1.05 / away)
    return (elbow[0] + dx * share, elbow[1] + dy * share)
