"""Heads: hair and hats around a plain face."""

from __future__ import annotations

import math

from congdoan.ops.demo.drawings.canvas import Canvas
from congdoan.ops.demo.drawings.clothes import Body
from congdoan.ops.demo.drawings.geometry import Point, arc, smooth
from congdoan.ops.demo.drawings.palettes import RED, STRAW, WHITE, Colour, darker, lighter, mix

RADIUS = 0.074


class _Frame:
    """Coordinates of a head: (0, 0) its middle, 1 its half-width, turned by its tilt."""

    def __init__(self, x: float, y: float, r: float, tilt: float) -> None:
        self.x, self.y, self.r = x, y, r
        angle = math.radians(tilt)
        self._cos, self._sin = math.cos(angle), math.sin(angle)

    def at(self, px: float, py: float) -> Point:
        dx, dy = px * self.r, py * self.r
        return (self.x + dx * self._cos - dy * self._sin, self.y + dx * self._sin + dy * self._cos)

    def all(self, points: list[Point]) -> list[Point]:
        return [self.at(px, py) for px, py in points]


def draw_head(c: Canvas, body: Body) -> None:
    """Neck, face, hair and hat of one person."""
    look, h = body.look, body.h
    r = h * RADIUS * (1.36 if look.child else 1.0)
    lean = math.radians(body.tilt)
    neck = body.neck
    up = (math.sin(lean), -math.cos(lean))
    centre = (neck[0] + up[0] * (r * 1.12 + h * 0.018), neck[1] + up[1] * (r * 1.12 + h * 0.018))
    frame = _Frame(centre[0], centre[1], r, body.tilt)
    c.tube(
        [(neck[0], neck[1] + h * 0.012), (neck[0] + up[0] * r * 0.9, neck[1] + up[1] * r * 0.9)],
        [h * 0.034, h * 0.03],
        darker(look.skin, 0.14),
    )
    if body.back:
        _from_behind(c, frame, look.hair, look.hair_style, look.skin)
    else:
        _face(c, frame, body.turn, look.skin)
        _hair(c, frame, body.turn, look.hair, look.hair_style)
    _hat(c, frame, body)


def _face(c: Canvas, f: _Frame, turn: float, skin: Colour) -> None:
    if abs(turn) < 0.9:
        ear = -0.96 if turn >= 0 else 0.96
        c.ellipse(*f.at(ear * (1 - 0.45 * abs(turn)), 0.16), f.r * 0.2, f.r * 0.24, darker(skin, 0.1))
    jaw = f.all(
        [
            (0, -1.16),
            (-0.72, -0.86),
            (-1.0, -0.1),
            (-0.84, 0.62),
            (-0.34, 1.1),
            (0.12 * turn, 1.18),
            (0.34, 1.1),
            (0.84, 0.62),
            (1.0, -0.1),
            (0.72, -0.86),
        ]
    )
    c.blob(jaw, skin, steps=5)
    if abs(turn) >= 0.5:
        side = 1 if turn > 0 else -1
        c.blob(f.all([(side * 0.9, -0.1), (side * 1.1, 0.22), (side * 0.9, 0.42)]), skin, steps=4)


def _hair(c: Canvas, f: _Frame, turn: float, hair: Colour, style: str) -> None:
    side = 1 if turn >= 0 else -1
    t = abs(turn)

    def at(points: list[Point]) -> list[Point]:
        return f.all([(px * side, py) for px, py in points])

    back = -1.08
    low = {"short": 0.28, "bun": 0.42, "long": 0.6, "bob": 0.86, "tail": 0.4}[style]
    outer = [
        (math.cos(math.radians(a)) * 1.1, -0.08 + math.sin(math.radians(a)) * 1.2)
        for a in range(-18, -182, -12)
    ]
    nape = [(back, 0.1), (back + 0.06, low), (-0.72 + 0.3 * t, low + 0.04)]
    if style in ("bob", "long"):
        nape = [(back - 0.06, 0.1), (back - 0.04, low), (-0.62 + 0.3 * t, low + 0.1)]
    inner = [
        (-0.76 + 0.42 * t, 0.16),
        (-0.74 + 0.42 * t, -0.22),
        (-0.42 + 0.42 * t, -0.52),
        (0.2 + 0.3 * t, -0.62),
        (0.74 + 0.12 * t, -0.56),
    ]
    if style == "bob":
        inner = [
            (-0.7 + 0.4 * t, 0.2),
            (-0.7 + 0.42 * t, -0.2),
            (-0.3 + 0.3 * t, -0.3),
            (0.3 + 0.3 * t, -0.34),
            (0.82 + 0.1 * t, -0.3),
        ]
    if style in ("bun", "tail", "long"):
        inner = [
            (-0.74 + 0.42 * t, 0.2),
            (-0.62 + 0.42 * t, -0.3),
            (-0.1 + 0.36 * t, -0.76),
            (0.4 + 0.24 * t, -0.66),
            (0.86 + 0.08 * t, -0.26),
        ]
    shape = smooth(at(outer), steps=2) + smooth(at([*nape, *inner]), steps=5)
    if style == "bun":
        c.ellipse(*at([(-1.0 - 0.06 * t, -0.62)])[0], f.r * 0.44, fill=hair)
    if style == "tail":
        root = at([(-0.92, -0.5), (-1.5, -0.2), (-1.42, 0.7)])
        c.tube(root, [f.r * 0.26, f.r * 0.34, f.r * 0.1], darker(hair, 0.1))
    c.poly(shape, hair)
    if t < 0.6 and style != "short":
        c.blob(at([(1.06, -0.4), (1.1, 0.12), (1.0, low * 0.9), (0.86, 0.2), (0.8, -0.4)]), hair, steps=4)
    c.tube(
        at([(-0.62, -0.8), (-0.1, -1.06), (0.4, -0.96)]),
        [f.r * 0.03, f.r * 0.08, f.r * 0.03],
        lighter(hair, 0.16),
    )


def _from_behind(c: Canvas, f: _Frame, hair: Colour, style: str, skin: Colour) -> None:
    low = {"short": 0.42, "bun": 0.6, "tail": 0.6}.get(style, 0.9)
    if style == "short":
        c.blob(
            f.all([(-0.86, 0.2), (0.86, 0.2), (0.62, 0.92), (0, 1.06), (-0.62, 0.92)]),
            darker(skin, 0.12),
            steps=4,
        )
        for side in (-1, 1):
            c.ellipse(*f.at(side * 1.02, 0.2), f.r * 0.16, f.r * 0.24, darker(skin, 0.06))
    c.blob(
        f.all(
            [
                (0, -1.26),
                (-0.8, -0.92),
                (-1.1, -0.1),
                (-0.96, low),
                (0, low + 0.22),
                (0.96, low),
                (1.1, -0.1),
                (0.8, -0.92),
            ]
        ),
        hair,
        steps=5,
    )
    if style == "long":
        c.tube([f.at(0, 0.3), f.at(0, 2.1)], [f.r * 0.98, f.r * 0.62], hair)
    if style == "bun":
        c.ellipse(*f.at(0, -0.1), f.r * 0.46, fill=lighter(hair, 0.08))
    if style == "tail":
        c.tube(
            [f.at(0, -0.2), f.at(0.12, 0.9), f.at(0, 1.9)],
            [f.r * 0.3, f.r * 0.36, f.r * 0.1],
            lighter(hair, 0.07),
        )
        c.ellipse(*f.at(0, -0.24), f.r * 0.2, fill=RED)
    c.tube(
        f.all([(-0.6, -0.72), (0, -0.98), (0.5, -0.84)]),
        [f.r * 0.03, f.r * 0.07, f.r * 0.03],
        lighter(hair, 0.16),
    )


def _hat(c: Canvas, f: _Frame, body: Body) -> None:
    look = body.look
    side = 1 if body.turn >= 0 else -1
    colour = look.hat_colour
    if look.hat == "leaf":
        brim, tip = [(-2.15, -0.3), (2.15, -0.3)], (0.0, -1.95)
        c.poly(f.all([brim[0], *arc((0, -0.3), 2.15, 0.3, 180, 0), tip]), darker(STRAW, 0.05))
        c.poly(
            f.all(
                [
                    (side * -2.15, -0.3),
                    *arc((0, -0.3), 2.15, 0.3, 180 if side > 0 else 0, 100 if side > 0 else 80),
                    tip,
                ]
            ),
            darker(STRAW, 0.14),
        )
        for share in (0.35, 0.62, 0.84):
            ring = arc((0, -1.95 + 1.65 * share), 2.15 * share, 0.3 * share, 178, 2, steps=12)
            c.poly(f.all([*ring, *[(px, py + 0.045) for px, py in reversed(ring)]]), darker(STRAW, 0.22), 0.8)
    elif look.hat == "helmet":
        c.poly(f.all([*arc((0, -0.42), 1.2, 1.06, 180, 360), (1.2, -0.36), (-1.2, -0.36)]), colour)
        c.tube(
            f.all(
                [(-1.22, -0.38), (side * 0.2, -0.3), (side * 1.56, -0.32)]
                if side > 0
                else [(1.22, -0.38), (-0.2, -0.3), (-1.56, -0.32)]
            ),
            [f.r * 0.1] * 3,
            darker(colour, 0.1),
        )
        c.tube(
            f.all([(side * 0.1, -1.42), (side * 0.28, -0.96), (side * 0.3, -0.5)]),
            [f.r * 0.09] * 3,
            lighter(colour, 0.35),
        )
        c.tube(f.all([(-side * 0.72, -1.1), (-side * 0.86, -0.5)]), [f.r * 0.05] * 2, darker(colour, 0.16))
    elif look.hat == "cap":
        c.poly(f.all([*arc((0, -0.4), 1.16, 0.98, 180, 360)]), colour)
        c.tube(
            f.all([(side * 0.2, -0.42), (side * 1.0, -0.46), (side * 1.7, -0.32)]),
            [f.r * 0.12] * 3,
            darker(colour, 0.16),
        )
    elif look.hat == "scarf":
        c.blob(
            f.all(
                [
                    (-1.2, -0.3),
                    (-1.34, -0.95),
                    (-0.8, -1.55),
                    (0, -1.68),
                    (0.8, -1.55),
                    (1.34, -0.95),
                    (1.2, -0.3),
                    (0, -0.6),
                ]
            ),
            colour,
            steps=6,
        )
        c.tube(
            f.all([(-1.3, -0.9), (0.1, -0.86), (1.22, -0.36)]),
            [f.r * 0.05, f.r * 0.07, f.r * 0.05],
            darker(colour, 0.25),
        )
        c.tube(f.all([(-1.2, -0.36), (0, -0.64), (1.2, -0.36)]), [f.r * 0.1] * 3, look.accent)
    elif look.hat == "nurse":
        c.blob(
            f.all([(-0.74, -0.94), (-0.86, -1.44), (0, -1.56), (0.86, -1.44), (0.74, -0.94), (0, -1.08)]),
            WHITE,
            steps=5,
        )
        c.rect(
            f.at(0, 0)[0] - f.r * 0.1,
            f.at(0, -1.3)[1] - f.r * 0.1,
            f.r * 0.2,
            f.r * 0.2,
            mix(look.accent, RED, 0.0),
            r=2,
        )
    elif look.hat == "cook":
        c.blob(
            f.all(
                [
                    (-0.96, -0.66),
                    (-1.2, -1.3),
                    (-0.6, -1.76),
                    (0, -1.66),
                    (0.6, -1.76),
                    (1.2, -1.3),
                    (0.96, -0.66),
                ]
            ),
            WHITE,
            steps=6,
        )
        c.tube(f.all([(-0.98, -0.6), (0, -0.72), (0.98, -0.6)]), [f.r * 0.16] * 3, darker(WHITE, 0.08))
