"""Sky, mountains, fields and trees."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from congdoan.ops.demo.drawings.canvas import Canvas, grade
from congdoan.ops.demo.drawings.geometry import HEIGHT, WIDTH, Point, wave
from congdoan.ops.demo.drawings.palettes import Colour, darker, lighter, mix

EDGE = 60.0


def sky(c: Canvas, *, sun: float | None = None, clouds: int = 3, horizon: float = 500) -> None:
    """The sky down to ``horizon``, with a sun at the share ``sun`` of the width (none for an overcast one)."""
    p = c.palette
    c.rect(-5, -5, WIDTH + 10, horizon + 30, grade(*p.sky))
    if sun is not None:
        x, y = WIDTH * sun, HEIGHT * p.sun_height
        c.glow(x, y, 330, p.sun, 0.6)
        c.ellipse(x, y, 58, fill=mix(p.sun, (255, 255, 255), 0.3))
    for _ in range(clouds):
        cloud(c, c.rng.uniform(0, WIDTH), c.rng.uniform(105, 225), c.rng.uniform(70, 130))


def cloud(c: Canvas, x: float, y: float, w: float) -> None:
    """A long flat cloud, like a slip of paper."""
    tint = mix(c.palette.sky[-1], (255, 255, 255), 0.45)
    c.line([(x - w, y), (x + w, y)], w * 0.2, tint, 0.6)
    c.line([(x - w * 0.35, y - w * 0.13), (x + w * 0.5, y - w * 0.13)], w * 0.2, tint, 0.6)


def ridge(
    c: Canvas,
    y: float,
    height: float,
    depth: float,
    *,
    period: float = 420,
    ridged: float = 0.5,
    bottom: float | None = None,
    colour: Colour | None = None,
) -> Callable[[float], float]:
    """One layer of mountains about ``y``; ``depth`` 0 is the farthest, 1 the nearest. Returns its outline."""
    p = c.palette
    shape = wave(c.rng, period=period, octaves=4, ridged=ridged)
    base = colour or mix(p.far, p.near, depth)

    def outline(x: float) -> float:
        return y - shape(x) * height

    foot = y + 320 if bottom is None else bottom
    crest = [(x, outline(x)) for x in _steps(9)]
    c.poly(
        [*crest, (WIDTH + EDGE, foot), (-EDGE, foot)],
        grade(base, mix(base, p.haze, 0.3 + 0.25 * (1 - depth)), mix(base, p.haze, 0.55 + 0.3 * (1 - depth))),
    )
    return outline


def mountains(c: Canvas, *, top: float = 330, layers: int = 3, gap: float = 78, height: float = 105) -> None:
    """Layered mountains whose farthest crest is about ``top``, each nearer one darker."""
    for layer in range(layers):
        depth = layer / max(layers - 1, 1) * 0.85
        ridge(
            c,
            top + gap * layer,
            height * (1.25 - 0.26 * layer),
            depth,
            period=470 - 60 * layer,
            ridged=max(0.85 - 0.2 * layer, 0.2),
        )
        c.veil(top + gap * layer + 40, top + gap * (layer + 1) + 120, c.palette.haze, 0.0, 0.3)


def ground(
    c: Canvas, y: float, colour: Colour | None = None, *, swell: float = 14, bottom: float = HEIGHT + 20
) -> Callable[[float], float]:
    """Open ground from about ``y`` to ``bottom``. Returns its outline."""
    base = colour or c.palette.ground
    shape = wave(c.rng, period=700, octaves=2)

    def outline(x: float) -> float:
        return y - shape(x) * swell

    points = [(x, outline(x)) for x in _steps(20)]
    c.poly(
        [*points, (WIDTH + EDGE, bottom), (-EDGE, bottom)],
        grade(lighter(base, 0.16), base, darker(base, 0.1)),
    )
    return outline


def terraces(
    c: Canvas,
    top: float,
    bottom: float,
    *,
    count: int = 11,
    flooded: float = 0.0,
    slope: float = 0.0,
    sway: float = 1.0,
    depth: float = 1.0,
) -> None:
    """Rice terraces: contour lines that lie closer together far away.

    ``flooded`` is the share of levels under water, ``slope`` lifts (positive) or lowers the right end of the
    farthest level, ``depth`` below 1 fades the whole hill into the haze.
    """
    p, rng = c.palette, c.rng
    phases = [rng.uniform(0, math.tau) for _ in range(3)]
    drift = [rng.uniform(0.18, 0.34), rng.uniform(-0.42, -0.2), rng.uniform(0.3, 0.6)]
    wobble = wave(rng, period=170, octaves=2)
    for level in range(count):
        t = level / (count - 1)
        place = top + (bottom - top) * t**1.35
        swing = sway * (16 + 46 * t**0.8)
        lean = slope * (1 - t) ** 1.5

        def outline(
            x: float,
            *,
            level: int = level,
            place: float = place,
            swing: float = swing,
            lean: float = lean,
            t: float = t,
        ) -> float:
            u = x / WIDTH
            bend = (
                math.sin(u * 6.0 + phases[0] + drift[0] * level)
                + 0.55 * math.sin(u * 11.0 + phases[1] + drift[1] * level)
                + 0.22 * math.sin(u * 23.0 + phases[2] + drift[2] * level)
            )
            return place + swing * bend * 0.6 - lean * (u - 0.5) * 2 + wobble(x + level * 37) * 5 * (0.4 + t)

        wet = rng.random() < flooded
        shade = rng.uniform(-0.1, 0.12)
        field = mix(p.field, p.field_edge, 0.28 + shade * 1.6)
        tint = mix(p.water, p.sky[-1], 0.35) if wet else field
        tint = mix(mix(tint, p.haze, (1 - depth) * 0.6), p.haze, (1 - t) * 0.34)
        bank = mix(darker(p.field_edge, 0.22), p.haze, (1 - t) * 0.4 + (1 - depth) * 0.4)
        crest = [(x, outline(x)) for x in _steps(12)]
        thick = 4 + 15 * t
        under = [(WIDTH + EDGE, HEIGHT + 40), (-EDGE, HEIGHT + 40)]
        c.poly([(x, y - thick) for x, y in crest] + under, bank)
        c.poly([(x, y - thick * 0.42) for x, y in crest] + under, mix(bank, lighter(p.field, 0.1), 0.55))
        c.poly(crest + under, tint)
        if not wet:
            _rice_rows(c, crest, 10 + 34 * t, mix(tint, p.field_edge, 0.4), t)
        else:
            c.poly(
                [(x, y) for x, y in crest] + [(x, y + 5 + 9 * t) for x, y in reversed(crest)],
                mix(tint, darker(p.near), 0.22),
            )


def _rice_rows(c: Canvas, crest: Sequence[Point], gap: float, tint: Colour, t: float) -> None:
    """Two faint rows that follow a terrace, so that it reads as planted."""
    for row in (1, 2):
        low = gap * row
        thick = 1.4 + 3.2 * t
        strip = [(x, y + low) for x, y in crest] + [(x, y + low + thick) for x, y in reversed(crest)]
        c.poly(strip, tint, 0.5)


def tiered_hill(
    c: Canvas, x: float, y: float, w: float, h: float, *, count: int = 8, flooded: float = 0.0
) -> None:
    """A round hill of rice terraces, ring above ring; (x, y) is the middle of its foot, ``w`` half its width."""
    p, rng = c.palette, c.rng
    lobes = [(rng.uniform(0.02, 0.06), rng.randint(2, 7), rng.uniform(0, math.tau)) for _ in range(3)]
    for level in range(count):
        t = level / count
        rx = w * (1 - t) ** 0.9
        ry = rx * 0.26
        cy = y - h * t
        cx = x + w * 0.12 * t * math.sin(lobes[0][2])
        ring = []
        for step in range(72):
            a = step / 72 * math.tau
            reach = 1 + sum(size * math.sin(a * turns + phase + level * 0.35) for size, turns, phase in lobes)
            ring.append((cx + math.cos(a) * rx * reach, cy + math.sin(a) * ry * reach))
        rise = h / count * 0.5
        bank = mix(darker(p.field_edge, 0.22), p.haze, 0.08)
        wet = rng.random() < flooded
        tint = (
            mix(p.water, p.sky[-1], 0.35)
            if wet
            else mix(p.field, p.field_edge, 0.24 + rng.uniform(-0.2, 0.2))
        )
        c.poly([(px, py + rise) for px, py in ring], bank)
        c.poly([(px, py + rise * 0.35) for px, py in ring], mix(bank, lighter(p.field, 0.1), 0.55))
        c.poly(ring, tint)
        inner = [(cx + (px - cx) * 0.94, cy - ry * 0.03 + (py - cy) * 0.94) for px, py in ring]
        c.poly(inner, mix(tint, lighter(p.field), 0.3) if not wet else lighter(tint, 0.2))


def tea_rows(
    c: Canvas,
    top: float,
    *,
    count: int = 10,
    tilt: float = 0.0,
    before: Callable[[int], None] | None = None,
) -> None:
    """Tea hills: plump parallel hedges that curve over the slope.

    ``before`` is called with the number of each row before it is drawn, to put people between the rows.
    """
    p, rng = c.palette, c.rng
    green = mix(mix(p.leaf, p.field, 0.36), (92, 152, 84), 0.55)
    phase = rng.uniform(0, math.tau)
    for row in range(count):
        t = row / (count - 1)
        place = top + (HEIGHT + 60 - top) * t**1.25
        tall = 22 + 66 * t
        base = mix(green, p.haze, (1 - t) * 0.4)
        if before is not None:
            before(row)
        step = 26 + 44 * t
        crest = []
        for x in _steps(step / 7):
            bump = abs(math.sin(x / step * math.pi + row * 1.7)) ** 0.7
            bend = 44 * math.sin(x / WIDTH * 4.2 + phase + row * 0.16) + tilt * (x / WIDTH - 0.5) * (1 - t)
            crest.append((x, place + bend - bump * tall * 0.24))
        under = [(WIDTH + EDGE, HEIGHT + 60), (-EDGE, HEIGHT + 60)]
        c.poly(crest + under, lighter(base, 0.16))
        c.poly([(x, y + tall * 0.26) for x, y in crest] + under, base)
        c.poly([(x, y + tall * 0.72) for x, y in crest] + under, darker(base, 0.18))


def birds(c: Canvas, x: float, y: float, count: int = 4) -> None:
    """A few birds far off."""
    for index in range(count):
        px, py = x + index * 38 + c.rng.uniform(-12, 12), y + c.rng.uniform(-24, 24)
        s = c.rng.uniform(9, 14)
        tint = mix(c.palette.near, c.palette.sky[0], 0.35)
        c.tube([(px - s, py - s * 0.4), (px - s * 0.4, py - s * 0.5), (px, py)], [0.6, 1.8, 1.2], tint)
        c.tube([(px, py), (px + s * 0.4, py - s * 0.55), (px + s, py - s * 0.4)], [1.2, 1.8, 0.6], tint)


def _steps(step: float) -> list[float]:
    return [-EDGE + step * index for index in range(int((WIDTH + EDGE * 2) / step) + 2)]
