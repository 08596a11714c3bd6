"""Tables, seats, lamps, shelves and machines."""

from __future__ import annotations

import math

from congdoan.ops.demo.drawings.canvas import Canvas, grade
from congdoan.ops.demo.drawings.palettes import (
    BLUE,
    CORAL,
    CREAM,
    DARK_WOOD,
    GOLD,
    INK,
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


def table(
    c: Canvas, x: float, y: float, w: float, h: float, *, colour: Colour = WOOD, cloth: bool = False
) -> None:
    """A table seen from the front: (x, y) is the middle of its top edge; a cloth hides the legs."""
    c.ellipse(x, y + h, w * 0.52, h * 0.06, darker(c.palette.floor, 0.5), alpha=0.24)
    if cloth:
        c.rect(x - w / 2, y + 8, w, h - 8, grade(colour, darker(colour, 0.12)))
        for fold in range(1, int(w / 60)):
            fx = x - w / 2 + fold * 60
            c.tube(
                [(fx, y + 16), (fx + 3, y + h * 0.6), (fx - 2, y + h - 4)],
                [2, 4, 6],
                darker(colour, 0.2),
                0.4,
            )
    else:
        for side in (-0.46, 0.46):
            c.rect(x + w * side - 9, y + 10, 18, h - 10, darker(colour, 0.3))
        c.rect(x - w * 0.47, y + 18, w * 0.94, 20, darker(colour, 0.2))
    c.rect(x - w / 2 - 10, y, w + 20, 18, lighter(colour, 0.18), r=6)


def table_front(c: Canvas, x: float, y: float, w: float) -> None:
    """The top of a table again, over what stands behind it."""
    c.rect(x - w / 2 - 10, y, w + 20, 18, lighter(mix(WOOD, CREAM, 0.2), 0.18), r=6)


def desk_row(c: Canvas, x: float, y: float, w: float, h: float, colour: Colour = WOOD) -> None:
    """A school desk for two, seen from behind: top in perspective and a front board."""
    c.poly(
        [(x - w * 0.46, y - h * 0.16), (x + w * 0.46, y - h * 0.16), (x + w * 0.5, y), (x - w * 0.5, y)],
        lighter(colour, 0.25),
    )
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
    c.tube(
        [(x - faces * h * 0.136, y - h * 0.5), (x - faces * h * 0.125, y - h * 0.37)],
        [h * 0.018, h * 0.018],
        lighter(colour, 0.1),
    )
    c.line([(x - faces * h * 0.12, seat), (x + faces * h * 0.1, seat)], h * 0.03, colour)


def seat_back(c: Canvas, x: float, y: float, w: float, h: float, colour: Colour) -> None:
    """The back of a chair in a row."""
    c.rect(x - w / 2, y, w, h, grade(lighter(colour, 0.1), darker(colour, 0.12)), r=w * 0.16)


def armchair(c: Canvas, x: float, y: float, h: float, faces: int, colour: Colour) -> None:
    """A soft chair from the side for a sitter at (x, y)."""
    c.ellipse(x, y + 4, h * 0.36, h * 0.04, INK, alpha=0.18)
    for side in (-0.22, 0.2):
        c.rect(x + faces * h * side - 6, y - h * 0.1, 12, h * 0.1, DARK_WOOD)
    c.tube(
        [
            (x - faces * h * 0.2, y - h * 0.72),
            (x - faces * h * 0.26, y - h * 0.4),
            (x - faces * h * 0.2, y - h * 0.16),
        ],
        [h * 0.07, h * 0.08, h * 0.08],
        darker(colour, 0.14),
    )
    c.line([(x - faces * h * 0.2, y - h * 0.19), (x + faces * h * 0.16, y - h * 0.19)], h * 0.2, colour)


def bench(c: Canvas, x: float, y: float, w: float) -> None:
    """A plain bench standing on (x, y)."""
    for side in (-0.38, 0.38):
        c.rect(x + w * side - 7, y - w * 0.46, 14, w * 0.46, darker(WOOD, 0.3))
    c.rect(x - w / 2, y - w * 0.5, w, w * 0.09, grade(lighter(WOOD, 0.2), WOOD), r=5)


def podium(c: Canvas, x: float, y: float, h: float, *, colour: Colour = WOOD) -> None:
    """A speaker's desk with a star; (x, y) is the middle of its foot."""
    w = h * 0.62
    c.ellipse(x, y, w * 0.62, h * 0.05, darker(c.palette.floor, 0.5), alpha=0.3)
    c.poly(
        [(x - w * 0.4, y - h), (x + w * 0.4, y - h), (x + w * 0.46, y), (x - w * 0.46, y)],
        grade(lighter(colour, 0.1), darker(colour, 0.16)),
    )
    c.poly(
        [
            (x - w * 0.54, y - h * 1.04),
            (x + w * 0.54, y - h * 1.04),
            (x + w * 0.48, y - h * 0.92),
            (x - w * 0.48, y - h * 0.92),
        ],
        lighter(colour, 0.24),
    )
    c.star(x, y - h * 0.56, h * 0.13, GOLD)
    c.line([(x + w * 0.2, y - h * 1.04), (x + w * 0.24, y - h * 1.2), (x + w * 0.16, y - h * 1.34)], 4, INK)
    c.ellipse(x + w * 0.15, y - h * 1.36, 8, 11, INK)


def shelf(c: Canvas, x: float, y: float, w: float, h: float, rows: int) -> None:
    """A bookcase from its upper left corner."""
    wood = mix(WOOD, c.palette.floor, 0.2)
    c.rect(x - 12, y - 12, w + 24, h + 16, darker(wood, 0.1), r=4)
    c.rect(x, y, w, h, darker(wood, 0.42))
    gap = h / rows
    for row in range(rows):
        books(c, x + 6, y + gap * (row + 1) - 10, w - 12, gap - 20)
        c.rect(x, y + gap * (row + 1) - 10, w, 12, lighter(wood, 0.1))


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


def pendant(c: Canvas, x: float, drop: float, s: float, colour: Colour = TEAL) -> None:
    """A lamp hanging from the ceiling, with its soft light."""
    c.rod((x, -5), (x, drop), 3, INK)
    c.glow(x, drop + s * 0.7, s * 2.6, (255, 226, 160), 0.34)
    c.ellipse(x, drop + s * 0.5, s * 0.24, fill=(255, 236, 184))
    c.poly(
        [
            (x - s * 0.14, drop),
            (x + s * 0.14, drop),
            (x + s * 0.56, drop + s * 0.5),
            (x - s * 0.56, drop + s * 0.5),
        ],
        grade(lighter(colour, 0.16), colour),
    )


def counter(c: Canvas, x: float, y: float, w: float) -> None:
    """The board of a market stall, over its keeper."""
    h = w * 0.86
    c.rect(x - w * 0.5, y - h * 0.42, w, h * 0.42, grade(WOOD, darker(WOOD, 0.2)))
    for index in range(1, 6):
        px = x - w * 0.5 + w * index / 6
        c.line([(px, y - h * 0.38), (px, y - 6)], 3, darker(WOOD, 0.3), 0.6)
    c.rect(x - w * 0.53, y - h * 0.45, w * 1.06, h * 0.06, lighter(WOOD, 0.2))


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
        c.rect(
            x + w * (0.06 + index * 0.082),
            y + h * (0.92 - tall * 0.8),
            w * 0.052,
            h * tall * 0.8,
            SKY_BLUE if index % 2 else BLUE,
            r=2,
        )
    c.line([(x + w * 0.05, y + h * 0.92), (x + w * 0.57, y + h * 0.92)], h * 0.012, STEEL)
    c.ellipse(x + w * 0.78, y + h * 0.45, h * 0.2, fill=mix(SKY_BLUE, WHITE, 0.4))
    wedge = [
        (x + w * 0.78 + h * 0.2 * math.cos(a / 10), y + h * 0.45 + h * 0.2 * math.sin(a / 10))
        for a in range(-16, 24)
    ]
    c.poly([(x + w * 0.78, y + h * 0.45), *wedge], GOLD)
    c.ellipse(x + w * 0.78, y + h * 0.45, h * 0.11, fill=WHITE)
    for row in range(2):
        c.line(
            [
                (x + w * 0.66, y + h * (0.78 + row * 0.1)),
                (x + w * (0.92 - row * 0.08), y + h * (0.78 + row * 0.1)),
            ],
            h * 0.03,
            mix(STEEL, WHITE, 0.5),
        )


def laptop(c: Canvas, x: float, y: float, w: float, *, back: bool = True) -> None:
    """An open laptop on a table; (x, y) is the middle of its front edge."""
    c.poly(
        [
            (x - w * 0.42, y - w * 0.56),
            (x + w * 0.42, y - w * 0.56),
            (x + w * 0.46, y - w * 0.04),
            (x - w * 0.46, y - w * 0.04),
        ],
        STEEL if back else INK,
    )
    if back:
        c.ellipse(x, y - w * 0.3, w * 0.045, fill=lighter(STEEL, 0.4))
    else:
        c.poly(
            [
                (x - w * 0.38, y - w * 0.52),
                (x + w * 0.38, y - w * 0.52),
                (x + w * 0.42, y - w * 0.09),
                (x - w * 0.42, y - w * 0.09),
            ],
            mix(SKY_BLUE, WHITE, 0.6),
        )
    c.rect(x - w * 0.52, y - w * 0.06, w * 1.04, w * 0.06, darker(STEEL, 0.16), r=3)


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
