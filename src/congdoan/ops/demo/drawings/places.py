"""Buildings and rooms."""

from __future__ import annotations

from congdoan.ops.demo.drawings.canvas import Canvas, grade
from congdoan.ops.demo.drawings.palettes import (
    BLUE,
    CREAM,
    DARK_WOOD,
    GOLD,
    RED,
    STEEL,
    TILE,
    WHITE,
    WOOD,
    Colour,
    darker,
    lighter,
    mix,
)

GLASS: Colour = (178, 206, 216)
LAMPLIGHT: Colour = (255, 216, 138)


def pane(c: Canvas) -> Colour:
    """The colour of windows seen from outside: lit at dusk."""
    return LAMPLIGHT if c.palette.lamps else mix(GLASS, c.palette.sky[1], 0.4)


def house(
    c: Canvas,
    x: float,
    y: float,
    w: float,
    *,
    wall: Colour | None = None,
    roof: Colour = TILE,
    door: bool = True,
) -> None:
    """A small house with a tiled roof; (x, y) is the middle of its foot."""
    tint = wall or mix(c.palette.wall, CREAM, 0.3)
    h = w * 0.46
    c.ellipse(x, y, w * 0.62, w * 0.03, darker(c.palette.ground, 0.5), alpha=0.25)
    c.rect(x - w / 2, y - h, w, h, grade(tint, darker(tint, 0.06)))
    c.rect(x + w * 0.2, y - h, w * 0.3, h, darker(tint, 0.1))
    c.rect(x - w / 2, y - h * 0.09, w, h * 0.09, darker(tint, 0.24))
    c.rect(x - w / 2, y - h, w, h * 0.1, darker(tint, 0.16))
    c.poly(
        [
            (x - w * 0.6, y - h * 0.96),
            (x - w * 0.42, y - h * 1.62),
            (x + w * 0.42, y - h * 1.62),
            (x + w * 0.6, y - h * 0.96),
        ],
        grade(lighter(roof, 0.12), darker(roof, 0.08)),
    )
    for row in range(1, 4):
        half = w * (0.42 + 0.18 * row / 4)
        c.line(
            [(x - half, y - h * (1.62 - 0.165 * row)), (x + half, y - h * (1.62 - 0.165 * row))],
            w * 0.006,
            darker(roof, 0.26),
            0.6,
        )
    c.line([(x - w * 0.43, y - h * 1.62), (x + w * 0.43, y - h * 1.62)], w * 0.026, darker(roof, 0.22))
    for share in (-0.34, 0.34):
        window(c, x + w * share - w * 0.075, y - h * 0.7, w * 0.15, h * 0.34)
    if door:
        c.rect(x - w * 0.1, y - h * 0.74, w * 0.2, h * 0.74, darker(WOOD, 0.1), r=w * 0.01)
        c.rect(x - w * 0.085, y - h * 0.7, w * 0.08, h * 0.7, WOOD)
        c.rect(x + w * 0.005, y - h * 0.7, w * 0.08, h * 0.7, WOOD)
        c.rect(x - w * 0.16, y - h * 0.03, w * 0.32, h * 0.04, darker(c.palette.ground, 0.2))


def window(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    """A window seen from outside."""
    c.rect(x - w * 0.08, y - w * 0.08, w * 1.16, h + w * 0.16, WHITE)
    c.rect(x, y, w, h, pane(c))
    c.rect(x + w * 0.47, y, w * 0.06, h, WHITE)
    c.poly(
        [(x, y + h), (x, y + h * 0.4), (x + w * 0.4, y), (x + w * 0.47, y), (x + w * 0.47, y + h * 0.3)],
        WHITE,
        0.18,
    )


def stilt_house(c: Canvas, x: float, y: float, w: float) -> None:
    """A wooden house on stilts under a deep roof."""
    wood = mix(WOOD, c.palette.near, 0.18)
    h = w * 0.3
    c.ellipse(x, y, w * 0.6, w * 0.03, darker(c.palette.ground, 0.5), alpha=0.25)
    for share in (-0.42, -0.22, 0.0, 0.22, 0.42):
        c.rect(x + w * share - w * 0.014, y - h * 0.8, w * 0.028, h * 0.8, darker(wood, 0.35))
    c.rect(x - w * 0.5, y - h * 1.62, w, h * 0.86, grade(wood, darker(wood, 0.16)))
    for share in range(-4, 5):
        c.line(
            [(x + w * share * 0.11, y - h * 1.6), (x + w * share * 0.11, y - h * 0.8)],
            w * 0.005,
            darker(wood, 0.28),
        )
    for share in (-0.3, 0.02, 0.3):
        c.rect(
            x + w * share - w * 0.05,
            y - h * 1.48,
            w * 0.1,
            h * 0.42,
            pane(c) if c.palette.lamps else darker(wood, 0.5),
        )
    c.rect(x - w * 0.54, y - h * 0.84, w * 1.08, h * 0.1, darker(wood, 0.25))
    for step in range(5):
        c.rod(
            (x + w * (0.5 + step * 0.03), y - h * (0.76 - step * 0.17)),
            (x + w * (0.6 + step * 0.03), y - h * (0.76 - step * 0.17)),
            w * 0.014,
            darker(wood, 0.2),
        )
    roof = mix((150, 122, 92), c.palette.near, 0.25)
    c.blob(
        [
            (x - w * 0.64, y - h * 1.38),
            (x - w * 0.46, y - h * 2.2),
            (x - w * 0.3, y - h * 2.72),
            (x, y - h * 2.76),
            (x + w * 0.3, y - h * 2.72),
            (x + w * 0.46, y - h * 2.2),
            (x + w * 0.64, y - h * 1.38),
            (x, y - h * 1.5),
        ],
        grade(lighter(roof, 0.18), darker(roof, 0.14)),
        steps=6,
    )
    for row in (1.78, 2.14, 2.46):
        half = w * (0.6 - (row - 1.4) * 0.2)
        c.line(
            [(x - half, y - h * row), (x, y - h * (row + 0.03)), (x + half, y - h * row)],
            w * 0.007,
            darker(roof, 0.24),
            0.6,
        )


def plant(c: Canvas, x: float, y: float, w: float, *, sheds: int = 3) -> None:
    """A factory: saw-tooth sheds with skylights, silos and one chimney."""
    wall = mix(c.palette.wall, STEEL, 0.25)
    h = w * 0.2
    c.rect(x + w * 0.82, y - h * 2.7, w * 0.05, h * 2.7, grade(darker(RED, 0.1), darker(TILE, 0.2)))
    for band in (2.66, 2.3):
        c.rect(x + w * 0.82, y - h * band, w * 0.05, h * 0.16, WHITE)
    for index, tall in enumerate((1.7, 1.5)):
        left = x + w * (0.9 + index * 0.12)
        c.rect(left, y - h * tall, w * 0.1, h * tall, grade(lighter(STEEL, 0.3), STEEL), r=w * 0.03)
        c.rect(
            left + w * 0.06, y - h * tall * 0.98, w * 0.04, h * tall * 0.98, darker(STEEL, 0.16), alpha=0.5
        )
        for ring in range(1, 5):
            c.line(
                [(left, y - h * tall * ring / 5), (left + w * 0.1, y - h * tall * ring / 5)],
                2.4,
                darker(STEEL, 0.2),
            )
    part = w * 0.8 / sheds
    for index in range(sheds):
        left = x + part * index
        c.poly([(left, y - h), (left, y - h * 1.6), (left + part, y - h)], mix(BLUE, STEEL, 0.45))
        c.poly(
            [
                (left + part * 0.1, y - h * 1.04),
                (left + part * 0.1, y - h * 1.42),
                (left + part * 0.7, y - h * 1.06),
            ],
            pane(c),
        )
    c.rect(x, y - h, w * 0.8, h, grade(wall, darker(wall, 0.08)))
    c.rect(x, y - h, w * 0.8, h * 0.07, darker(mix(BLUE, STEEL, 0.4), 0.1))
    for index in range(sheds * 2):
        left = x + part * (index / 2 + 0.1)
        if index == 2:
            c.rect(left, y - h * 0.72, part * 0.34, h * 0.72, mix(BLUE, STEEL, 0.3))
            for bar in range(1, 5):
                c.line(
                    [(left, y - h * 0.72 * bar / 5), (left + part * 0.34, y - h * 0.72 * bar / 5)],
                    2,
                    darker(BLUE, 0.1),
                    0.6,
                )
        else:
            c.rect(left, y - h * 0.7, part * 0.3, h * 0.3, pane(c), r=3)


def school(c: Canvas, x: float, y: float, w: float) -> None:
    """A long two-storeyed building with open galleries, yellow as schools are."""
    wall = mix((240, 206, 128), c.palette.wall, 0.3)
    h = w * 0.36
    c.rect(x - w / 2, y - h, w, h, grade(wall, darker(wall, 0.08)))
    for floor in (0, 1):
        top = y - h * (0.94 - 0.48 * floor)
        c.rect(x - w * 0.48, top, w * 0.96, h * 0.36, darker(wall, 0.26))
        for index in range(6):
            left = x - w * 0.45 + w * 0.155 * index
            c.rect(left, top + h * 0.07, w * 0.085, h * 0.2, pane(c))
            c.rect(left + w * 0.1, top, w * 0.022, h * 0.36, lighter(wall, 0.3))
        c.rect(x - w * 0.5, top + h * 0.3, w, h * 0.09, lighter(wall, 0.35))
    c.poly(
        [
            (x - w * 0.54, y - h * 0.98),
            (x - w * 0.46, y - h * 1.3),
            (x + w * 0.46, y - h * 1.3),
            (x + w * 0.54, y - h * 0.98),
        ],
        grade(lighter(TILE, 0.1), TILE),
    )


def tower(c: Canvas, x: float, y: float, w: float, h: float, tint: Colour) -> None:
    """A plain town building."""
    c.rect(x, y - h, w, h, grade(lighter(tint, 0.15), tint))
    c.rect(x + w * 0.7, y - h, w * 0.3, h, darker(tint, 0.12))
    columns, rows = max(int(w / 24), 2), max(int(h / 34), 1)
    for column in range(columns):
        for row in range(rows):
            c.rect(
                x + w * (column + 0.28) / columns,
                y - h + h * (row + 0.3) / rows,
                w / columns * 0.42,
                h / rows * 0.4,
                pane(c),
                alpha=0.85,
            )


def market_stall(c: Canvas, x: float, y: float, w: float, tint: Colour) -> None:
    """A stall with a striped awning; (x, y) is the middle of its foot."""
    h = w * 0.86
    for side in (-0.46, 0.46):
        c.rect(x + w * side - 5, y - h, 10, h, DARK_WOOD)
    c.rect(x - w * 0.5, y - h * 0.42, w, h * 0.4, grade(WOOD, darker(WOOD, 0.2)))
    c.rect(x - w * 0.53, y - h * 0.45, w * 1.06, h * 0.06, lighter(WOOD, 0.2))
    stripes = 8
    for index in range(stripes):
        a, b = index / stripes - 0.5, (index + 1) / stripes - 0.5
        cloth = tint if index % 2 else WHITE
        c.poly(
            [
                (x + w * a, y - h * 1.24),
                (x + w * b, y - h * 1.24),
                (x + w * b * 1.2, y - h * 0.94),
                (x + w * a * 1.2, y - h * 0.94),
            ],
            cloth,
        )
        c.ellipse(x + w * (a + b) / 2 * 1.2, y - h * 0.94, w * 0.6 / stripes, w * 0.045, darker(cloth, 0.1))


def red_ribbon(c: Canvas, x: float, y: float, w: float) -> None:
    """A festive ribbon across the door of a house drawn with the same numbers."""
    top = y - w * 0.2
    c.tube([(x - w * 0.14, top), (x, top + w * 0.025), (x + w * 0.14, top)], [w * 0.009] * 3, RED)
    for side in (-1, 1):
        c.ellipse(
            x + side * w * 0.026, top + w * 0.018, w * 0.026, w * 0.017, lighter(RED, 0.1), tilt=side * -20
        )
        c.tube(
            [(x, top + w * 0.03), (x + side * w * 0.03, top + w * 0.085)],
            [w * 0.008, w * 0.01],
            darker(RED, 0.08),
        )
    c.ellipse(x, top + w * 0.024, w * 0.012, fill=GOLD)
