"""Furniture and small objects."""

from __future__ import annotations

import math

from congdoan.ops.demo.drawings.canvas import Canvas, grade
from congdoan.ops.demo.drawings.clothes import Body
from congdoan.ops.demo.drawings.geometry import Point
from congdoan.ops.demo.drawings.palettes import (
    BLUE, CORAL, CREAM, DARK_WOOD, GOLD, INK, RED, ROSE, SAGE, SKY_BLUE, STEEL, TEAL, WHITE, WOOD, Colour, darker,
    lighter, mix,
)


def table(c: Canvas, x: float, y: float, w: float, h: float, *, colour: Colour = WOOD, cloth: bool = False) -> None:
    """A table seen from the front: (x, y) is the middle of its top edge; a cloth hides the legs."""
    c.ellipse(x, y + h, w * 0.52, h * 0.06, darker(c.palette.floor, 0.5), alpha=0.24)
    if cloth:
        c.rect(x - w / 2, y + 8, w, h - 8, grade(colour, darker(colour, 0.12)))
        for fold in range(1, int(w / 60)):
            fx = x - w / 2 + fold * 60
            c.tube([(fx, y + 16), (fx + 3, y + h * 0.6), (fx - 2, y + h - 4)], [2, 4, 6], darker(colour, 0.2), 0.4)
    else:
        for side in (-0.46, 0.46):
            c.rect(x + w * side - 9, y + 10, 18, h - 10, darker(colour, 0.3))
        c.rect(x - w * 0.47, y + 18, w * 0.94, 20, darker(colour, 0.2))
    c.rect(x - w / 2 - 10, y, w + 20, 18, lighter(colour, 0.18), r=6)


def desk_row(c: Canvas, x: float, y: float, w: float, h: float, colour: Colour = WOOD) -> None:
    """A school desk for two, seen from behind: top in perspective and a front board."""
    c.poly([(x - w * 0.46, y - h * 0.16), (x + w * 0.46, y - h * 0.16), (x + w * 0.5, y), (x - w * 0.5, y)], lighter(colour, 0.25))
    c.rect(x - w * 0.5, y, w, h * 0.1, colour)
    for side in (-0.46, 0.42):
        c.rect(x + w * side, y + h * 0.1, w * 0.04, h * 0.8, darker(colour, 0.3))


def chair(c: Canvas, x: float, y: float, h: float, *, faces: int = 1, colour: Colour = WOOD) -> None:
    """A chair from the side; ``faces`` is where its sitter looks. ``h`` is the height of a standing person."""
    seat = y - h * 0.235
    dark = darker(colour, 0.3)
    c.rod((x - faces * h * 0.1, seat), (x - faces * h * 0.12, y), h * 0.022, dark)
    c.rod((x + faces * h * 0.08, seat), (x + faces * h * 0.09, y), h * 0.022, dark)
    c.rod((x - faces * h * 0.11, seat), (x - faces * h * 0.14, y - h * 0.52), h * 0.024, colour)
    c.tube([(x - faces * h * 0.136, y - h * 0.5), (x - faces * h * 0.125, y - h * 0.37)], [h * 0.018, h * 0.018], lighter(colour, 0.1))
    c.line([(x - faces * h * 0.12, seat), (x + faces * h * 0.1, seat)], h * 0.03, colour)


def seat_back(c: Canvas, x: float, y: float, w: float, h: float, colour: Colour) -> None:
    """The back of a chair in a row."""
    c.rect(x - w / 2, y, w, h, grade(lighter(colour, 0.1), darker(colour, 0.12)), r=w * 0.16)


def potted(c: Canvas, x: float, y: float, h: float, *, pot: Colour = CORAL) -> None:
    """A leafy plant in a pot."""
    leaf = mix(c.palette.leaf, SAGE, 0.2)
    for index, angle in enumerate((-150, -30, -125, -55, -105, -78)):
        a = math.radians(angle)
        tip = (x + math.cos(a) * h * 0.42, y - h * 0.34 + math.sin(a) * h * 0.6)
        middle = (x + math.cos(a) * h * 0.24, y - h * 0.42 + math.sin(a) * h * 0.32)
        c.tube([(x, y - h * 0.28), middle, tip], [h * 0.014, h * 0.062, h * 0.008], leaf if index % 2 else darker(leaf, 0.16))
    c.poly([(x - h * 0.15, y - h * 0.3), (x + h * 0.15, y - h * 0.3), (x + h * 0.11, y), (x - h * 0.11, y)], grade(pot, darker(pot, 0.16)))
    c.rect(x - h * 0.165, y - h * 0.33, h * 0.33, h * 0.06, lighter(pot, 0.14), r=4)


def vase(c: Canvas, x: float, y: float, h: float, colour: Colour = ROSE) -> None:
    """A low arrangement of flowers, as stands on meeting tables."""
    leaf = mix(c.palette.leaf, SAGE, 0.3)
    for index in range(7):
        a = math.radians(-165 + index * 25)
        c.tube([(x, y - h * 0.3), (x + math.cos(a) * h * 0.75, y - h * 0.36 + math.sin(a) * h * 0.5)], [h * 0.04, h * 0.02], leaf)
    for index, (dx, dy) in enumerate(((-0.42, -0.5), (0.0, -0.84), (0.42, -0.52), (-0.2, -0.68), (0.22, -0.7), (0.0, -0.5))):
        c.ellipse(x + dx * h, y + dy * h, h * 0.14, fill=colour if index % 2 else lighter(colour, 0.4))
        c.ellipse(x + dx * h, y + dy * h, h * 0.06, fill=darker(colour, 0.12))
    c.blob([(x - h * 0.2, y - h * 0.32), (x + h * 0.2, y - h * 0.32), (x + h * 0.14, y), (x - h * 0.14, y)], WHITE, steps=4)


def bouquet(c: Canvas, x: float, y: float, s: float, colour: Colour = CORAL) -> None:
    """A bunch of flowers held at (x, y)."""
    c.poly([(x, y + s * 0.5), (x - s * 0.42, y - s * 0.3), (x + s * 0.42, y - s * 0.3)], CREAM)
    leaf = mix(c.palette.leaf, SAGE, 0.3)
    for dx, dy in ((-0.44, -0.36), (0.44, -0.36), (0, -0.7)):
        c.ellipse(x + dx * s, y + dy * s, s * 0.2, s * 0.12, leaf, tilt=dx * 90)
    for index, (dx, dy) in enumerate(((-0.26, -0.38), (0.26, -0.38), (0.0, -0.32), (-0.14, -0.6), (0.16, -0.58))):
        c.ellipse(x + dx * s, y + dy * s, s * 0.18, fill=colour if index % 2 else lighter(colour, 0.34))
        c.ellipse(x + dx * s, y + dy * s, s * 0.07, fill=GOLD)


def flag(c: Canvas, x: float, y: float, w: float) -> None:
    """A hanging or flying red flag with a gold star; (x, y) is its upper left corner."""
    h = w * 2 / 3
    c.poly([(x, y), (x + w * 0.3, y + h * 0.05), (x + w * 0.65, y - h * 0.04), (x + w, y + h * 0.02), (x + w, y + h * 1.02),
            (x + w * 0.65, y + h * 0.96), (x + w * 0.3, y + h * 1.05), (x, y + h)], RED)
    c.poly([(x + w * 0.3, y + h * 0.05), (x + w * 0.65, y - h * 0.04), (x + w * 0.65, y + h * 0.96), (x + w * 0.3, y + h * 1.05)],
           darker(RED, 0.16), 0.3)
    c.star(x + w * 0.5, y + h * 0.52, h * 0.3, GOLD)


def flagpole(c: Canvas, x: float, y: float, h: float) -> None:
    """A flag on a pole standing on (x, y)."""
    c.rect(x - 4, y - h, 8, h, lighter(STEEL, 0.3))
    c.ellipse(x, y - h, 8, fill=GOLD)
    flag(c, x + 4, y - h + 14, h * 0.32)


def bunting(c: Canvas, start: Point, end: Point, sag: float, count: int = 14) -> None:
    """A string of small paper flags."""
    tints = (CORAL, GOLD, TEAL, CREAM, SKY_BLUE)
    spots = []
    for index in range(count + 1):
        t = index / count
        spots.append((start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t + sag * 4 * t * (1 - t)))
    c.line(spots, 2.5, darker(CREAM, 0.3))
    for index, ((x0, y0), (x1, y1)) in enumerate(zip(spots, spots[1:], strict=False)):
        c.poly([(x0 + 4, y0), (x1 - 4, y1), ((x0 + x1) / 2, (y0 + y1) / 2 + 34)], tints[index % len(tints)])


def podium(c: Canvas, x: float, y: float, h: float, *, colour: Colour = WOOD) -> None:
    """A speaker's desk with a star; (x, y) is the middle of its foot."""
    w = h * 0.62
    c.ellipse(x, y, w * 0.62, h * 0.05, darker(c.palette.floor, 0.5), alpha=0.3)
    c.poly([(x - w * 0.4, y - h), (x + w * 0.4, y - h), (x + w * 0.46, y), (x - w * 0.46, y)], grade(lighter(colour, 0.1), darker(colour, 0.16)))
    c.poly([(x - w * 0.54, y - h * 1.04), (x + w * 0.54, y - h * 1.04), (x + w * 0.48, y - h * 0.92), (x - w * 0.48, y - h * 0.92)],
           lighter(colour, 0.24))
    c.star(x, y - h * 0.56, h * 0.13, GOLD)
    c.line([(x + w * 0.2, y - h * 1.04), (x + w * 0.24, y - h * 1.2), (x + w * 0.16, y - h * 1.34)], 4, INK)
    c.ellipse(x + w * 0.15, y - h * 1.36, 8, 11, INK)


def microphone(c: Canvas, hand: Point, s: float, *, lean: float = 0.25) -> None:
    """A microphone held in ``hand``."""
    c.tube([(hand[0], hand[1] + s * 0.4), (hand[0] + lean * s * 0.4, hand[1] - s * 0.4)], [s * 0.09, s * 0.12], INK)
    c.ellipse(hand[0] + lean * s * 0.5, hand[1] - s * 0.55, s * 0.22, fill=STEEL)


def stand_microphone(c: Canvas, x: float, y: float, h: float) -> None:
    """A microphone on a stand, its foot at (x, y)."""
    c.line([(x - h * 0.12, y), (x + h * 0.12, y)], h * 0.024, INK)
    c.rod((x, y), (x, y - h), h * 0.018, INK)
    c.ellipse(x, y - h, h * 0.034, h * 0.046, STEEL)


def certificate(c: Canvas, x: float, y: float, w: float) -> None:
    """A framed certificate with a seal and no words, its middle at (x, y)."""
    h = w * 0.7
    c.rect(x - w / 2, y - h / 2, w, h, darker(GOLD, 0.08), r=4)
    c.rect(x - w * 0.44, y - h * 0.42, w * 0.88, h * 0.84, CREAM)
    c.star(x, y - h * 0.18, h * 0.13, RED)
    for row, half in ((0.06, 0.28), (0.18, 0.22)):
        c.line([(x - w * half, y + h * row), (x + w * half, y + h * row)], w * 0.022, darker(CREAM, 0.2))
    c.ellipse(x + w * 0.28, y + h * 0.28, h * 0.08, fill=RED)


def gift(c: Canvas, x: float, y: float, w: float, colour: Colour = RED) -> None:
    """A wrapped box standing on (x, y)."""
    h = w * 0.74
    c.rect(x - w / 2, y - h, w, h, grade(lighter(colour, 0.1), darker(colour, 0.1)), r=4)
    c.rect(x - w * 0.54, y - h * 1.06, w * 1.08, h * 0.26, lighter(colour, 0.12), r=4)
    c.rect(x - w * 0.08, y - h * 1.06, w * 0.16, h * 1.06, GOLD)
    for side in (-1, 1):
        c.ellipse(x + side * w * 0.15, y - h * 1.2, w * 0.15, w * 0.08, GOLD, tilt=side * -24)
    c.ellipse(x, y - h * 1.12, w * 0.06, fill=darker(GOLD, 0.12))


def basket(c: Canvas, x: float, y: float, w: float, filling: Colour) -> None:
    """A woven basket standing on (x, y), heaped with something."""
    weave = (190, 142, 88)
    c.blob([(x - w * 0.44, y - w * 0.44), (x - w * 0.2, y - w * 0.7), (x + w * 0.2, y - w * 0.7), (x + w * 0.44, y - w * 0.44),
            (x, y - w * 0.36)], filling, steps=5)
    for dx, dy in ((-0.2, -0.56), (0.06, -0.62), (0.26, -0.52)):
        c.ellipse(x + dx * w, y + dy * w, w * 0.1, fill=lighter(filling, 0.22))
    c.poly([(x - w * 0.5, y - w * 0.44), (x + w * 0.5, y - w * 0.44), (x + w * 0.36, y), (x - w * 0.36, y)], grade(weave, darker(weave, 0.2)))
    for row in (0.14, 0.28):
        c.line([(x - w * 0.44 + w * row * 0.2, y - w * row), (x + w * 0.44 - w * row * 0.2, y - w * row)], w * 0.03, darker(weave, 0.26), 0.7)
    c.line([(x - w * 0.5, y - w * 0.44), (x + w * 0.5, y - w * 0.44)], w * 0.08, lighter(weave, 0.2))


def back_basket(c: Canvas, body: Body, filling: Colour | None = None) -> None:
    """A carrying basket on somebody's back."""
    h = body.h
    x, y = body.along(0.82, -0.15 * body.faces)
    weave = (184, 138, 88)
    if filling is not None:
        c.ellipse(x, y - h * 0.02, h * 0.09, h * 0.05, filling)
    c.poly([(x - h * 0.1, y), (x + h * 0.1, y), (x + h * 0.075, y + h * 0.24), (x - h * 0.075, y + h * 0.24)],
           grade(weave, darker(weave, 0.2)))
    for row in (0.07, 0.15):
        c.line([(x - h * 0.088, y + h * row), (x + h * 0.088, y + h * row)], h * 0.008, darker(weave, 0.26))
    c.line([(x - h * 0.1, y), (x + h * 0.1, y)], h * 0.02, lighter(weave, 0.2))


def book(c: Canvas, x: float, y: float, w: float, colour: Colour) -> None:
    """An open book held up, its spine at (x, y)."""
    for side in (-1, 1):
        c.poly([(x, y + w * 0.06), (x + side * w * 0.5, y - w * 0.06), (x + side * w * 0.5, y - w * 0.62), (x, y - w * 0.5)],
               colour if side > 0 else darker(colour, 0.14))
        c.poly([(x, y), (x + side * w * 0.45, y - w * 0.1), (x + side * w * 0.45, y - w * 0.66), (x, y - w * 0.54)],
               WHITE if side > 0 else darker(WHITE, 0.06))


def books(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    """A shelf-length of books standing on (x, y)."""
    tints = (BLUE, CORAL, CREAM, TEAL, GOLD, darker(RED, 0.1), SAGE, SKY_BLUE, darker(ROSE, 0.2), WHITE)
    place = x
    while place < x + w - 12:
        thick = c.rng.uniform(12, 26)
        tall = h * c.rng.uniform(0.62, 0.96)
        tint = mix(c.rng.choice(tints), c.palette.wall, 0.15)
        if place + thick > x + w:
            break
        c.rect(place, y - tall, thick - 2, tall, tint, r=2)
        c.rect(place, y - tall * 0.82, thick - 2, 4, darker(tint, 0.2))
        place += thick
        if c.rng.random() < 0.08:
            place += c.rng.uniform(20, 50)


def shelf(c: Canvas, x: float, y: float, w: float, h: float, rows: int) -> None:
    """A bookcase from its upper left corner."""
    wood = mix(WOOD, c.palette.floor, 0.2)
    c.rect(x - 12, y - 12, w + 24, h + 16, darker(wood, 0.1), r=4)
    c.rect(x, y, w, h, darker(wood, 0.42))
    gap = h / rows
    for row in range(rows):
        books(c, x + 6, y + gap * (row + 1) - 10, w - 12, gap - 20)
        c.rect(x, y + gap * (row + 1) - 10, w, 12, lighter(wood, 0.1))


def monitor(c: Canvas, x: float, y: float, w: float, *, back: bool = False) -> None:
    """A screen standing on (x, y): a chart and lines without words, or its back."""
    h = w * 0.6
    c.rect(x - w * 0.06, y - h * 0.3, w * 0.12, h * 0.3, darker(STEEL, 0.3))
    c.rect(x - w * 0.18, y - h * 0.05, w * 0.36, h * 0.06, darker(STEEL, 0.3), r=4)
    c.rect(x - w / 2, y - h * 1.2, w, h, INK, r=w * 0.03)
    if back:
        c.rect(x - w / 2, y - h * 1.2, w, h, grade(STEEL, darker(STEEL, 0.2)), r=w * 0.03)
        return
    chart(c, x - w * 0.47, y - h * 1.15, w * 0.94, h * 0.9)


def chart(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    """A bright panel with bars, a line and a ring: figures, but no letters."""
    c.rect(x, y, w, h, WHITE, r=w * 0.012)
    c.rect(x, y, w, h * 0.13, BLUE, r=w * 0.012)
    heights = [c.rng.uniform(0.2, 0.5) + 0.06 * index for index in range(6)]
    for index, tall in enumerate(heights):
        c.rect(x + w * (0.06 + index * 0.082), y + h * (0.92 - tall * 0.8), w * 0.052, h * tall * 0.8,
               SKY_BLUE if index % 2 else BLUE, r=2)
    c.line([(x + w * 0.05, y + h * 0.92), (x + w * 0.57, y + h * 0.92)], h * 0.012, STEEL)
    c.ellipse(x + w * 0.78, y + h * 0.45, h * 0.2, fill=mix(SKY_BLUE, WHITE, 0.4))
    wedge = [(x + w * 0.78 + h * 0.2 * math.cos(a / 10), y + h * 0.45 + h * 0.2 * math.sin(a / 10)) for a in range(-16, 24)]
    c.poly([(x + w * 0.78, y + h * 0.45), *wedge], GOLD)
    c.ellipse(x + w * 0.78, y + h * 0.45, h * 0.11, fill=WHITE)
    for row in range(2):
        c.line([(x + w * 0.66, y + h * (0.78 + row * 0.1)), (x + w * (0.92 - row * 0.08), y + h * (0.78 + row * 0.1))], h * 0.03, mix(STEEL, WHITE, 0.5))


def laptop(c: Canvas, x: float, y: float, w: float, *, back: bool = True) -> None:
    """An open laptop on a table; (x, y) is the middle of its front edge."""
    c.poly([(x - w * 0.42, y - w * 0.56), (x + w * 0.42, y - w * 0.56), (x + w * 0.46, y - w * 0.04), (x - w * 0.46, y - w * 0.04)],
           STEEL if back else INK)
    if back:
        c.ellipse(x, y - w * 0.3, w * 0.045, fill=lighter(STEEL, 0.4))
    else:
        c.poly([(x - w * 0.38, y - w * 0.52), (x + w * 0.38, y - w * 0.52), (x + w * 0.42, y - w * 0.09), (x - w * 0.42, y - w * 0.09)],
               mix(SKY_BLUE, WHITE, 0.6))
    c.rect(x - w * 0.52, y - w * 0.06, w * 1.04, w * 0.06, darker(STEEL, 0.16), r=3)


def cup(c: Canvas, x: float, y: float, s: float, colour: Colour = WHITE) -> None:
    """A small tea cup standing on (x, y)."""
    c.poly([(x - s * 0.5, y - s * 0.8), (x + s * 0.5, y - s * 0.8), (x + s * 0.34, y), (x - s * 0.34, y)], grade(colour, darker(colour, 0.12)))
    c.ellipse(x, y - s * 0.8, s * 0.5, s * 0.12, darker(colour, 0.14))


def papers(c: Canvas, x: float, y: float, w: float) -> None:
    """A few sheets lying on a table."""
    c.poly([(x - w * 0.5, y), (x - w * 0.36, y - w * 0.2), (x + w * 0.4, y - w * 0.2), (x + w * 0.46, y)], WHITE)
    c.poly([(x - w * 0.3, y - w * 0.06), (x - w * 0.24, y - w * 0.11), (x + w * 0.3, y - w * 0.11), (x + w * 0.32, y - w * 0.06)],
           darker(WHITE, 0.1))


def lantern(c: Canvas, x: float, y: float, s: float, colour: Colour = RED) -> None:
    """A round paper lantern hanging from (x, y)."""
    c.rod((x, y), (x, y + s * 0.5), 2.5, DARK_WOOD)
    c.glow(x, y + s * 1.1, s * 1.6, (255, 210, 130), 0.3)
    c.ellipse(x, y + s * 1.1, s * 0.62, s * 0.54, colour)
    c.ellipse(x, y + s * 1.1, s * 0.34, s * 0.54, lighter(colour, 0.16))
    for level in (0.56, 1.58):
        c.rect(x - s * 0.22, y + s * level, s * 0.44, s * 0.11, GOLD, r=3)
    for dx in (-0.1, 0.0, 0.1):
        c.line([(x + dx * s, y + s * 1.68), (x + dx * s * 1.3, y + s * 2.1)], 3, GOLD)


def cone(c: Canvas, x: float, y: float, h: float) -> None:
    """A traffic cone."""
    orange = (238, 126, 58)
    c.rect(x - h * 0.4, y - h * 0.1, h * 0.8, h * 0.1, darker(orange, 0.2), r=4)
    c.poly([(x - h * 0.27, y - h * 0.1), (x + h * 0.27, y - h * 0.1), (x + h * 0.05, y - h), (x - h * 0.05, y - h)], orange)
    for low, high in ((0.3, 0.46), (0.62, 0.74)):
        c.poly([(x - h * (0.3 - low * 0.245), y - h * low), (x + h * (0.3 - low * 0.245), y - h * low),
                (x + h * (0.3 - high * 0.245), y - h * high), (x - h * (0.3 - high * 0.245), y - h * high)], WHITE)


def pendant(c: Canvas, x: float, drop: float, s: float, colour: Colour = TEAL) -> None:
    """A lamp hanging from the ceiling, with its soft light."""
    c.rod((x, -5), (x, drop), 3, INK)
    c.glow(x, drop + s * 0.7, s * 2.6, (255, 226, 160), 0.34)
    c.ellipse(x, drop + s * 0.5, s * 0.24, fill=(255, 236, 184))
    c.poly([(x - s * 0.14, drop), (x + s * 0.14, drop), (x + s * 0.56, drop + s * 0.5), (x - s * 0.56, drop + s * 0.5)], grade(lighter(colour, 0.16), colour))


def heart(c: Canvas, x: float, y: float, s: float, colour: Colour = RED, alpha: float = 1.0) -> None:
    """A heart about (x, y)."""
    half = [(0.0, -0.3), (0.2, -0.58), (0.5, -0.62), (0.74, -0.36), (0.66, 0.02), (0.36, 0.4), (0.0, 0.72)]
    outline = [(x + px * s, y + py * s) for px, py in half] + [(x - px * s, y + py * s) for px, py in reversed(half[1:-1])]
    c.poly(outline, colour, alpha) if s < 8 else c.blob(outline, colour, alpha, steps=5)


def ball(c: Canvas, x: float, y: float, r: float) -> None:
    """A volleyball."""
    c.ellipse(x, y, r, fill=WHITE)
    c.poly([(x + r * math.cos(math.radians(a)), y + r * math.sin(math.radians(a))) for a in range(-60, 61, 8)]
           + [(x + r * 0.34 * math.cos(math.radians(a)) + r * 0.1, y + r * math.sin(math.radians(a))) for a in range(60, -61, -8)],
           GOLD)
    c.tube([(x - r * 0.2, y - r * 0.96), (x + r * 0.06, y), (x - r * 0.2, y + r * 0.96)], [r * 0.04] * 3, darker(BLUE, 0.1))
    c.tube([(x - r * 0.98, y - r * 0.1), (x - r * 0.4, y + r * 0.06), (x + r * 0.04, y)], [r * 0.04] * 3, darker(BLUE, 0.1))


def bed(c: Canvas, x: float, y: float, w: float, cover: Colour = SKY_BLUE) -> None:
    """A hospital bed from the side, its head at the left; (x, y) is the left end of its foot line."""
    h = w * 0.3
    for share in (0.06, 0.92):
        c.rect(x + w * share, y - h * 0.5, 14, h * 0.44, STEEL)
        c.ellipse(x + w * share + 7, y - h * 0.05, 11, fill=INK)
    c.rect(x - 6, y - h * 1.5, 18, h * 1.12, lighter(STEEL, 0.2), r=8)
    c.rect(x + w - 12, y - h * 1.1, 18, h * 0.72, lighter(STEEL, 0.2), r=8)
    c.rect(x + 6, y - h * 0.62, w - 12, h * 0.18, darker(STEEL, 0.1), r=6)
    c.rect(x + 8, y - h * 0.84, w - 16, h * 0.26, WHITE, r=14)
    c.rect(x + w * 0.36, y - h * 0.92, w * 0.62, h * 0.42, grade(lighter(cover, 0.15), cover), r=18)


def clipboard(c: Canvas, x: float, y: float, w: float) -> None:
    """A board with sheets, held at (x, y)."""
    c.rect(x - w / 2, y - w * 0.66, w, w * 1.3, darker(WOOD, 0.1), r=5)
    c.rect(x - w * 0.42, y - w * 0.54, w * 0.84, w * 1.1, WHITE)
    c.rect(x - w * 0.16, y - w * 0.72, w * 0.32, w * 0.16, STEEL, r=4)
    for row in range(4):
        c.line([(x - w * 0.3, y - w * 0.26 + row * w * 0.2), (x + w * (0.3 - 0.08 * (row % 2)), y - w * 0.26 + row * w * 0.2)],
               w * 0.05, mix(STEEL, WHITE, 0.4))


def sewing_machine(c: Canvas, x: float, y: float, w: float) -> None:
    """A sewing machine standing on (x, y)."""
    tint = mix(WHITE, STEEL, 0.3)
    c.rect(x - w / 2, y - w * 0.1, w, w * 0.1, darker(tint, 0.16), r=5)
    c.rect(x + w * 0.26, y - w * 0.56, w * 0.22, w * 0.5, grade(tint, darker(tint, 0.1)), r=10)
    c.rect(x - w * 0.46, y - w * 0.6, w * 0.92, w * 0.22, grade(lighter(tint, 0.3), tint), r=14)
    c.rect(x - w * 0.46, y - w * 0.46, w * 0.18, w * 0.18, tint, r=5)
    c.rod((x - w * 0.38, y - w * 0.3), (x - w * 0.38, y - w * 0.1), 4, INK)
    c.ellipse(x + w * 0.5, y - w * 0.46, w * 0.07, w * 0.12, darker(STEEL, 0.3))
    c.rect(x + w * 0.1, y - w * 0.72, w * 0.07, w * 0.13, CORAL)


def barrier(c: Canvas, x: float, y: float, w: float) -> None:
    """A striped barrier."""
    for side in (-0.4, 0.4):
        c.rod((x + w * side, y - w * 0.5), (x + w * side, y + w * 0.1), 10, STEEL)
    for row in (-0.48, -0.2):
        c.rect(x - w / 2, y + w * row, w, w * 0.17, WHITE, r=4)
        for index in range(4):
            left = x - w / 2 + w * (0.04 + index * 0.25)
            c.poly([(left + w * 0.07, y + w * row), (left + w * 0.17, y + w * row), (left + w * 0.1, y + w * (row + 0.17)),
                    (left, y + w * (row + 0.17))], RED)


def table_front(c: Canvas, x: float, y: float, w: float) -> None:
    """The top of a table again, over what stands behind it."""
    c.rect(x - w / 2 - 10, y, w + 20, 18, lighter(mix(WOOD, CREAM, 0.2), 0.18), r=6)


def bowl(c: Canvas, x: float, y: float, w: float, filling: Colour = CREAM) -> None:
    """A bowl standing on (x, y), heaped."""
    c.ellipse(x, y - w * 0.4, w * 0.42, w * 0.22, filling)
    c.poly([(x + w * 0.5 * math.cos(math.radians(a)), y - w * 0.4 + w * 0.4 * math.sin(math.radians(a))) for a in range(0, 181, 12)], WHITE)
    c.rect(x - w * 0.2, y - w * 0.06, w * 0.4, w * 0.06, darker(WHITE, 0.1))
    c.line([(x - w * 0.42, y - w * 0.3), (x + w * 0.42, y - w * 0.3)], w * 0.04, SKY_BLUE)


def counter(c: Canvas, x: float, y: float, w: float) -> None:
    """The board of a market stall, over its keeper."""
    h = w * 0.86
    c.rect(x - w * 0.5, y - h * 0.42, w, h * 0.42, grade(WOOD, darker(WOOD, 0.2)))
    for index in range(1, 6):
        px = x - w * 0.5 + w * index / 6
        c.line([(px, y - h * 0.38), (px, y - 6)], 3, darker(WOOD, 0.3), 0.6)
    c.rect(x - w * 0.53, y - h * 0.45, w * 1.06, h * 0.06, lighter(WOOD, 0.2))


def armchair(c: Canvas, x: float, y: float, h: float, faces: int, colour: Colour) -> None:
    """A soft chair from the side for a sitter at (x, y)."""
    c.ellipse(x, y + 4, h * 0.36, h * 0.04, INK, alpha=0.18)
    for side in (-0.22, 0.2):
        c.rect(x + faces * h * side - 6, y - h * 0.1, 12, h * 0.1, DARK_WOOD)
    c.tube([(x - faces * h * 0.2, y - h * 0.72), (x - faces * h * 0.26, y - h * 0.4), (x - faces * h * 0.2, y - h * 0.16)],
           [h * 0.07, h * 0.08, h * 0.08], darker(colour, 0.14))
    c.line([(x - faces * h * 0.2, y - h * 0.19), (x + faces * h * 0.16, y - h * 0.19)], h * 0.2, colour)


def bench(c: Canvas, x: float, y: float, w: float) -> None:
    """A plain bench standing on (x, y)."""
    for side in (-0.38, 0.38):
        c.rect(x + w * side - 7, y - w * 0.46, 14, w * 0.46, darker(WOOD, 0.3))
    c.rect(x - w / 2, y - w * 0.5, w, w * 0.09, grade(lighter(WOOD, 0.2), WOOD), r=5)
