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
    c: Canvas, y: float, height: float, depth: float, *,
    period: float = 420, ridged: float = 0.5, bottom: float | None = None, colour: Colour | None = None,
) -> Callable[[float], float]:
    """One layer of mountains about ``y``; ``depth`` 0 is the farthest, 1 the nearest. Returns its outline."""
    p = c.palette
    shape = wave(c.rng, period=period, octaves=4, ridged=ridged)
    base = colour or mix(p.far, p.near, depth)

    def outline(x: float) -> float:
        return y - shape(x) * height

    foot = bottom if bottom is not None else y + 320
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
            c, top + gap * layer, height * (1.25 - 0.26 * layer), depth,
            period=470 - 60 * layer, ridged=max(0.85 - 0.2 * layer, 0.2),
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
    c.poly([*points, (WIDTH + EDGE, bottom), (-EDGE, bottom)], grade(lighter(base, 0.16), base, darker(base, 0.1)))
    return outline


def terraces(
    c: Canvas, top: float, bottom: float, *,
    count: int = 11, flooded: float = 0.0, slope: float = 0.0, sway: float = 1.0, depth: float = 1.0,
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

        def outline(x: float, *, level: int = level, place: float = place, swing: float = swing,
                    lean: float = lean, t: float = t) -> float:
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
            c.poly([(x, y) for x, y in crest] + [(x, y + 5 + 9 * t) for x, y in reversed(crest)],
                   mix(tint, darker(p.near), 0.22))


def _rice_rows(c: Canvas, crest: Sequence[Point], gap: float, tint: Colour, t: float) -> None:
    """Two faint rows that follow a terrace, so that it reads as planted."""
    for row in (1, 2):
        low = gap * row
        thick = 1.4 + 3.2 * t
        strip = [(x, y + low) for x, y in crest] + [(x, y + low + thick) for x, y in reversed(crest)]
        c.poly(strip, tint, 0.5)


def tiered_hill(c: Canvas, x: float, y: float, w: float, h: float, *, count: int = 8, flooded: float = 0.0) -> None:
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
        tint = mix(p.water, p.sky[-1], 0.35) if wet else mix(p.field, p.field_edge, 0.24 + rng.uniform(-0.2, 0.2))
        c.poly([(px, py + rise) for px, py in ring], bank)
        c.poly([(px, py + rise * 0.35) for px, py in ring], mix(bank, lighter(p.field, 0.1), 0.55))
        c.poly(ring, tint)
        inner = [(cx + (px - cx) * 0.94, cy - ry * 0.03 + (py - cy) * 0.94) for px, py in ring]
        c.poly(inner, mix(tint, lighter(p.field), 0.3) if not wet else lighter(tint, 0.2))


def tea_rows(
    c: Canvas, top: float, *, count: int = 10, tilt: float = 0.0, before: Callable[[int], None] = lambda row: None
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


def tree(c: Canvas, x: float, y: float, size: float, *, colour: Colour | None = None) -> None:
    """A broad-leaved tree standing on (x, y)."""
    leaf = colour or mix(c.palette.leaf, c.palette.field, c.rng.uniform(0.0, 0.3))
    trunk = mix((112, 82, 66), c.palette.near, 0.25)
    c.tube([(x, y), (x - size * 0.02, y - size * 0.35), (x + size * 0.03, y - size * 0.62)],
           [size * 0.05, size * 0.035, size * 0.02], trunk)
    c.tube([(x, y - size * 0.36), (x + size * 0.16, y - size * 0.56)], [size * 0.022, size * 0.012], trunk)
    crown = [(-0.3, -0.52), (-0.2, -0.78), (0.02, -0.96), (0.24, -0.8), (0.32, -0.54), (0.14, -0.42), (-0.12, -0.42)]
    jitter = [(x + (px + c.rng.uniform(-0.03, 0.03)) * size, y + (py + c.rng.uniform(-0.03, 0.03)) * size)
              for px, py in crown]
    c.blob(jitter, darker(leaf, 0.18))
    for px, py, r, lift in ((0.12, -0.58, 0.17, -0.08), (-0.14, -0.58, 0.16, -0.04), (0.1, -0.76, 0.15, 0.02),
                            (-0.06, -0.72, 0.19, 0.0), (-0.12, -0.82, 0.1, 0.09), (0.02, -0.64, 0.08, 0.07)):
        tint = lighter(leaf, lift) if lift > 0 else darker(leaf, -lift)
        c.ellipse(x + px * size, y + py * size, r * size, r * size * 0.86, tint, tilt=-20)


def pine(c: Canvas, x: float, y: float, size: float, *, colour: Colour | None = None) -> None:
    """A mountain fir of three tiers standing on (x, y)."""
    leaf = colour or mix(c.palette.leaf, c.palette.near, 0.4)
    c.rect(x - size * 0.025, y - size * 0.2, size * 0.05, size * 0.2, mix((104, 78, 66), c.palette.near, 0.3))
    for tier in range(3):
        low = y - size * (0.12 + 0.25 * tier)
        half = size * (0.24 - 0.055 * tier)
        tint = mix(leaf, lighter(leaf, 0.3), tier * 0.16)
        c.poly([(x, low - size * 0.42), (x + half * 0.55, low - size * 0.12), (x + half, low),
                (x, low + size * 0.035), (x - half, low), (x - half * 0.55, low - size * 0.12)], darker(tint, 0.1))
        c.poly([(x, low - size * 0.42), (x - half * 0.55, low - size * 0.12), (x - half, low),
                (x, low + size * 0.035)], tint)


def banana(c: Canvas, x: float, y: float, size: float) -> None:
    """A banana plant: a few long arching leaves."""
    leaf = mix(c.palette.leaf, c.palette.field, 0.35)
    c.tube([(x, y), (x + size * 0.02, y - size * 0.45)], [size * 0.045, size * 0.03], mix(leaf, c.palette.ground, 0.4))
    for index, angle in enumerate((-158, -22, -132, -48, -90)):
        a = math.radians(angle)
        start = (x + size * 0.02, y - size * 0.42)
        tip = (start[0] + math.cos(a) * size * 0.5, start[1] + math.sin(a) * size * 0.42 + size * 0.06)
        middle = ((start[0] + tip[0]) / 2, (start[1] + tip[1]) / 2 - size * 0.13)
        tint = leaf if index % 2 else darker(leaf, 0.14)
        c.tube([start, middle, tip], [size * 0.018, size * 0.075, size * 0.012], tint)


def bamboo(c: Canvas, x: float, y: float, size: float) -> None:
    """A clump of bamboo leaning gently."""
    stem = mix(c.palette.field, c.palette.leaf, 0.45)
    for index in range(5):
        lean = (index - 2) * 0.09 + c.rng.uniform(-0.02, 0.02)
        foot = (x + (index - 2) * size * 0.04, y)
        top = (foot[0] + lean * size, y - size * c.rng.uniform(0.8, 1.0))
        bend = (foot[0] + lean * size * 0.25, y - size * 0.5)
        c.tube([foot, bend, top], [size * 0.012, size * 0.011, size * 0.005], darker(stem, 0.1 * (index % 2)))
        for leaf in range(6):
            t = 0.5 + leaf * 0.1
            px = foot[0] + (top[0] - foot[0]) * t
            py = foot[1] + (top[1] - foot[1]) * t
            side = -1 if leaf % 2 else 1
            c.tube([(px, py), (px + side * size * 0.08, py - size * 0.01), (px + side * size * 0.15, py + size * 0.045)],
                   [size * 0.004, size * 0.017, size * 0.003], mix(c.palette.leaf, c.palette.field, 0.12 * leaf / 2))


def blossom(c: Canvas, x: float, y: float, size: float, *, petals: int = 46, standing: bool = True) -> None:
    """A peach tree in flower standing on (x, y), its branches reaching up and out."""
    bark = mix((96, 66, 62), c.palette.near, 0.2)
    trunk = [(x, y), (x - size * 0.05, y - size * 0.25), (x + size * 0.03, y - size * 0.48)]
    c.tube(trunk, [size * 0.04, size * 0.03, size * 0.02], bark)
    spots: list[Point] = []
    for angle, length, start in (
        (-150, 0.46, 0.45), (-120, 0.5, 0.9), (-88, 0.55, 1.0), (-58, 0.52, 0.95), (-28, 0.48, 0.6), (-170, 0.3, 0.8),
    ):
        a = math.radians(angle + c.rng.uniform(-8, 8))
        foot = (x + size * 0.02 * start, y - size * (0.2 + 0.27 * start))
        tip = (foot[0] + math.cos(a) * size * length, foot[1] + math.sin(a) * size * length)
        middle = ((foot[0] + tip[0]) / 2 + size * 0.03, (foot[1] + tip[1]) / 2 - size * 0.05)
        c.tube([foot, middle, tip], [size * 0.016, size * 0.011, size * 0.004], bark)
        spots += [(foot[0] + (tip[0] - foot[0]) * t, foot[1] + (tip[1] - foot[1]) * t - size * 0.05 * math.sin(t * 3.1))
                  for t in (0.35, 0.5, 0.65, 0.8, 0.92, 1.0)]
    for index in range(petals):
        px, py = spots[index % len(spots)]
        spread = size * 0.075
        flower(c, px + c.rng.uniform(-spread, spread), py + c.rng.uniform(-spread, spread),
               size * (0.008 + 4 / size) * c.rng.uniform(0.8, 1.5), (238, 142, 156) if index % 3 else (250, 190, 192))
    if standing:
        c.ellipse(x, y, size * 0.09, size * 0.015, darker(c.palette.ground, 0.3), alpha=0.4)


def flower(c: Canvas, x: float, y: float, r: float, colour: Colour) -> None:
    """A small five-petalled flower."""
    turn = c.rng.uniform(0, 72)
    for petal in range(5):
        a = math.radians(turn + petal * 72)
        c.ellipse(x + math.cos(a) * r * 0.62, y + math.sin(a) * r * 0.62, r * 0.56, fill=colour)
    c.ellipse(x, y, r * 0.3, fill=(250, 214, 120))


def bush(c: Canvas, x: float, y: float, size: float, *, colour: Colour | None = None) -> None:
    """A low round shrub."""
    leaf = colour or mix(c.palette.leaf, c.palette.field, 0.3)
    c.blob([(x - size, y), (x - size * 0.8, y - size * 0.5), (x - size * 0.2, y - size * 0.75),
            (x + size * 0.5, y - size * 0.6), (x + size, y), (x, y + size * 0.06)], leaf)
    c.blob([(x - size * 0.5, y - size * 0.2), (x - size * 0.4, y - size * 0.48), (x, y - size * 0.58),
            (x + size * 0.2, y - size * 0.36), (x - size * 0.1, y - size * 0.16)], lighter(leaf, 0.16), 0.7)


def grass(c: Canvas, count: int, top: float, bottom: float) -> None:
    """Tufts of grass strewn over the ground between two heights."""
    for _ in range(count):
        x, y = c.rng.uniform(0, WIDTH), c.rng.uniform(top, bottom)
        s = 8 + 18 * (y - top) / max(bottom - top, 1)
        tint = mix(c.palette.leaf, c.palette.field, c.rng.uniform(0.2, 0.7))
        for lean in (-0.5, 0.0, 0.55):
            c.tube([(x + lean * s * 0.3, y), (x + lean * s, y - s)], [s * 0.09, s * 0.02], tint)


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
