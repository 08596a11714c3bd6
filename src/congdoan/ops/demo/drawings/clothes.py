"""Clothes drawn on a body: trunk, skirts, coats and their small details."""

from __future__ import annotations

from dataclasses import dataclass

from congdoan.ops.demo.drawings.canvas import Canvas
from congdoan.ops.demo.drawings.geometry import Point, smooth
from congdoan.ops.demo.drawings.looks import Look
from congdoan.ops.demo.drawings.palettes import GOLD, WHITE, Colour, darker, lighter, mix


@dataclass(frozen=True, slots=True)
class Body:
    """The joints of one person on the paper. ``h`` is the standing height."""

    h: float
    faces: int
    look: Look
    hip: Point
    neck: Point
    shoulders: tuple[Point, Point]
    hands: tuple[Point, Point]
    feet: tuple[Point, Point] | None
    bends: tuple[float, ...]
    turn: float
    tilt: float
    back: bool
    side: bool
    seated: bool
    girth: float = 1.0

    def along(self, share: float, off: float = 0.0) -> Point:
        """A point of the trunk: ``share`` 0 at the hip and 1 at the neck, ``off`` sideways in heights."""
        dx, dy = self.neck[0] - self.hip[0], self.neck[1] - self.hip[1]
        length = (dx * dx + dy * dy) ** 0.5 or 1.0
        nx, ny = -dy / length, dx / length
        reach = off * self.h * self.girth * (0.72 if self.side else 1.0)
        return (self.hip[0] + dx * share + nx * reach, self.hip[1] + dy * share + ny * reach)


def dress_lower(c: Canvas, body: Body) -> None:
    """What hangs from the hip: skirts and the panels of an áo dài."""
    look = body.look
    if body.feet is None or body.seated:
        if look.style in ("skirt", "aodai", "coat") and body.seated:
            _lap(c, body)
        return
    ground = max(foot[1] for foot in body.feet)
    if look.style == "aodai":
        _panels(c, body, ground)
    elif look.style == "skirt":
        _skirt(c, body, ground)


def _lap(c: Canvas, body: Body) -> None:
    if body.feet is None:
        return
    knee_x = (body.feet[0][0] + body.feet[1][0]) / 2
    cloth = body.look.bottom if body.look.style == "skirt" else body.look.top
    fall = (knee_x + body.faces * body.h * 0.02, body.hip[1] + body.h * 0.16)
    c.tube(
        [body.hip, (knee_x, body.hip[1] - body.h * 0.01), fall],
        [body.h * 0.075, body.h * 0.06, body.h * 0.055],
        cloth,
    )


def _panels(c: Canvas, body: Body, ground: float) -> None:
    h, top = body.h, body.look.top
    waist_l, waist_r = body.along(0.34, -0.068), body.along(0.34, 0.068)
    hem = ground - h * 0.085
    sway = body.turn * h * 0.012
    for share, tint in ((1.18, darker(top, 0.22)), (1.0, top)):
        c.poly(
            [
                *smooth(
                    [waist_l, body.along(-0.04, -0.088 * share), (body.hip[0] - h * 0.1 * share - sway, hem)],
                    steps=6,
                ),
                (body.hip[0] + sway, hem + h * 0.012),
                *smooth(
                    [(body.hip[0] + h * 0.1 * share - sway, hem), body.along(-0.04, 0.088 * share), waist_r],
                    steps=6,
                ),
            ],
            tint,
        )
    c.tube(
        [body.along(-0.1, 0.05), (body.hip[0] + h * 0.062, hem - h * 0.03)],
        [h * 0.003, h * 0.006],
        lighter(top, 0.3),
        0.7,
    )


def _skirt(c: Canvas, body: Body, ground: float) -> None:
    h, look = body.h, body.look
    hem = ground - h * 0.17
    left, right = body.along(0.12, -0.08), body.along(0.12, 0.08)

    def level(share: float) -> tuple[Point, Point]:
        grow = share**0.8 * 0.07 * h
        return (
            (left[0] + (body.hip[0] - h * 0.08 - left[0]) * share - grow, left[1] + (hem - left[1]) * share),
            (
                right[0] + (body.hip[0] + h * 0.08 - right[0]) * share + grow,
                right[1] + (hem - right[1]) * share,
            ),
        )

    for start, end, tint in (
        (0.0, 1.0, look.bottom),
        (0.5, 0.62, look.accent),
        (0.66, 0.7, lighter(look.accent, 0.5)),
        (0.76, 0.94, mix(look.hat_colour, look.bottom, 0.25)),
    ):
        a, b = level(start)
        d, e = level(end)
        c.poly([a, b, e, ((d[0] + e[0]) / 2, e[1] + h * 0.014 * end), d], tint)
    for fold in (-0.4, 0.0, 0.45):
        c.line(
            [(body.hip[0] + fold * h * 0.1, body.hip[1] + h * 0.06), (body.hip[0] + fold * h * 0.24, hem)],
            h * 0.006,
            darker(look.bottom, 0.4),
            0.5,
        )
    _front(c, body, 0.048, hem - h * 0.02, mix(look.hat_colour, look.top, 0.62))


def _front(c: Canvas, body: Body, half: float, bottom: float, tint: Colour) -> None:
    x = body.hip[0] + body.turn * body.h * 0.03
    top = body.along(0.2)[1]
    c.rect(x - half * body.h, top, half * 2 * body.h, bottom - top, tint, r=body.h * 0.012)


def dress_upper(c: Canvas, body: Body) -> None:
    """The trunk and its details."""
    look, top = body.look, body.look.top
    chest = 0.104 if not look.slim else 0.092
    waist = 0.088 if not look.slim else 0.07
    trunk = [
        body.along(1.0, -0.036),
        body.along(0.93, -chest * 0.82),
        body.along(0.8, -chest * 1.06),
        body.along(0.62, -chest),
        body.along(0.36, -waist),
        body.along(0.08, -0.094),
        body.along(-0.07, -0.088),
        body.along(-0.1, 0.0),
        body.along(-0.07, 0.088),
        body.along(0.08, 0.094),
        body.along(0.36, waist),
        body.along(0.62, chest),
        body.along(0.8, chest * 1.06),
        body.along(0.93, chest * 0.82),
        body.along(1.0, 0.036),
    ]
    if look.style == "coat" and not body.seated and body.feet is not None:
        h = body.h
        for side in (-1, 1):
            c.poly(
                [
                    *smooth(
                        [
                            body.along(0.5, 0.0),
                            body.along(0.4, side * 0.08),
                            body.along(-0.1, side * 0.1),
                            (body.hip[0] + side * h * 0.108, body.hip[1] + h * 0.19),
                        ],
                        steps=5,
                    ),
                    (body.hip[0] + side * h * 0.008, body.hip[1] + h * 0.2),
                ],
                top if side * body.faces > 0 else darker(top, 0.06),
            )
    c.blob(trunk, darker(top, 0.12), steps=5)
    lit = 0.1 if body.turn >= 0 else -0.1
    c.blob([(px + lit * body.h * 0.12, py) for px, py in _slimmer(trunk, body, 0.9)], top, steps=5)
    if not body.back:
        _details(c, body)


def _slimmer(trunk: list[Point], body: Body, share: float) -> list[Point]:
    middle = [body.along(0.5)] * len(trunk)
    return [(mx + (px - mx) * share, py) for (px, py), (mx, _) in zip(trunk, middle, strict=True)]


def _details(c: Canvas, body: Body) -> None:
    look, h = body.look, body.h
    shift = body.turn * 0.03
    throat, chest, belly = body.along(1.0, -shift), body.along(0.8, -shift), body.along(0.1, -shift)
    if look.style in ("shirt", "uniform", "vest", "apron"):
        for side in (-1, 1):
            c.poly(
                [
                    throat,
                    body.along(1.02, -shift + side * 0.044),
                    body.along(0.88, -shift + side * 0.036),
                    chest,
                ],
                lighter(look.top, 0.22) if look.top != WHITE else darker(WHITE, 0.07),
            )
    if look.style == "shirt":
        c.line([chest, belly], h * 0.006, darker(look.top, 0.2), 0.7)
    elif look.style == "uniform":
        c.line([chest, belly], h * 0.006, darker(look.top, 0.25), 0.8)
        for side in (-1, 1):
            x, y = body.along(0.64, -shift + side * 0.052)
            c.rect(x - h * 0.02, y, h * 0.04, h * 0.036, darker(look.top, 0.18), r=h * 0.006)
    elif look.style == "vest":
        for side in (-1, 1):
            c.poly(
                [
                    body.along(0.96, side * 0.052),
                    body.along(0.9, side * 0.09),
                    body.along(0.62, side * 0.1),
                    body.along(0.1, side * 0.096),
                    body.along(0.08, side * 0.012 - shift),
                    body.along(0.7, side * 0.012 - shift),
                ],
                look.accent,
            )
        for share in (0.2, 0.42):
            c.line([body.along(share, -0.088), body.along(share, 0.088)], h * 0.018, lighter(WHITE, 0.2))
    elif look.style == "suit":
        c.poly(
            [body.along(1.0, -shift - 0.03), body.along(1.0, -shift + 0.03), body.along(0.5, -shift)], WHITE
        )
        c.poly(
            [
                body.along(0.94, -shift - 0.011),
                body.along(0.94, -shift + 0.011),
                body.along(0.62, -shift + 0.013),
                body.along(0.55, -shift),
                body.along(0.62, -shift - 0.013),
            ],
            look.accent,
        )
        for side in (-1, 1):
            c.poly(
                [
                    body.along(1.02, -shift + side * 0.036),
                    body.along(0.82, -shift + side * 0.058),
                    body.along(0.48, -shift),
                ],
                darker(look.top, 0.3),
            )
        c.line([body.along(0.48, -shift), belly], h * 0.005, darker(look.top, 0.4))
    elif look.style == "aodai":
        c.tube(
            [body.along(1.0, -0.03), body.along(1.06, 0.0), body.along(1.0, 0.03)],
            [h * 0.014] * 3,
            darker(look.top, 0.1),
        )
        c.tube(
            [body.along(0.94, -shift), body.along(0.82, 0.06 * body.faces)],
            [h * 0.003, h * 0.003],
            lighter(look.top, 0.4),
        )
        for share, off in ((0.7, -0.03), (0.6, -0.012), (0.72, -0.005)):
            c.ellipse(*body.along(share, off), h * 0.008, fill=lighter(look.accent, 0.3))
    elif look.style == "coat":
        c.poly(
            [body.along(1.0, -shift - 0.028), body.along(1.0, -shift + 0.028), body.along(0.66, -shift)],
            look.accent,
        )
        c.line([body.along(0.66, -shift), body.along(-0.08, -shift)], h * 0.005, darker(WHITE, 0.18))
        x, y = body.along(0.2, 0.05)
        c.line([(x - h * 0.02, y), (x + h * 0.02, y)], h * 0.006, darker(WHITE, 0.16))
    elif look.style == "apron":
        c.poly(
            [
                body.along(0.82, -0.05),
                body.along(0.82, 0.05),
                body.along(0.4, 0.084),
                body.along(-0.1, 0.1),
                body.along(-0.1, -0.1),
                body.along(0.4, -0.084),
            ],
            look.accent,
        )
    elif look.style == "skirt":
        for side in (-1, 1):
            c.poly(
                [
                    body.along(1.02, side * 0.04),
                    body.along(0.94, side * 0.062),
                    body.along(0.4, -shift + 0.012 * side),
                    body.along(0.44, -shift - 0.012 * side),
                ],
                look.accent,
            )
        c.line([body.along(0.14, -0.078), body.along(0.14, 0.078)], h * 0.026, lighter(look.accent, 0.1))
        c.tube(
            [body.along(0.96, -0.04), body.along(0.84, 0.0), body.along(0.96, 0.04)],
            [h * 0.006] * 3,
            (216, 220, 224),
        )
    elif look.style == "jersey":
        c.line([body.along(0.55, -0.09), body.along(0.55, 0.09)], h * 0.03, look.accent, 0.9)
    elif look.style == "pupil":
        for side in (-1, 1):
            c.poly(
                [body.along(1.02, side * 0.046), body.along(0.9, side * 0.05), body.along(0.8, -shift)],
                look.accent,
            )
            c.poly(
                [
                    body.along(0.84, -shift),
                    body.along(0.6, -shift + side * 0.034),
                    body.along(0.64, -shift + side * 0.006),
                ],
                darker(look.accent, 0.1),
            )
    if look.style == "suit":
        c.star(*body.along(0.72, -0.066 * body.faces), h * 0.012, GOLD)
