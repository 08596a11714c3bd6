"""The paper the drawings are made on: flat and graded shapes, drawn at twice the size and then reduced."""

from __future__ import annotations

import functools
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from PIL import Image, ImageChops, ImageDraw

from congdoan.ops.demo.drawings.geometry import HEIGHT, WIDTH, Box, Point, arc, smooth, star, tube
from congdoan.ops.demo.drawings.palettes import Colour, Palette

OVERSAMPLING = 2


@dataclass(frozen=True, slots=True)
class Grade:
    """A fill that changes from top to bottom of the shape; ``stops`` are evenly spaced colours."""

    stops: tuple[Colour, ...]


def grade(*stops: Colour) -> Grade:
    """A vertical gradient of the given colours."""
    return Grade(stops)


Fill: TypeAlias = Colour | Grade


class Canvas:
    """One drawing in the making. Coordinates are those of the paper (1500 by 1000).

    A size of another proportion than 3:2 shows the middle of the paper, cut at the sides or above and below.
    """

    def __init__(self, size: tuple[int, int], palette: Palette, rng: random.Random) -> None:
        self.size = size
        self.palette = palette
        self.rng = rng
        width, height = size[0] * OVERSAMPLING, size[1] * OVERSAMPLING
        self._scale = max(width / WIDTH, height / HEIGHT)
        self._dx = (width - WIDTH * self._scale) / 2
        self._dy = (height - HEIGHT * self._scale) / 2
        self._image = Image.new("RGB", (width, height))
        self._opaque = ImageDraw.Draw(self._image)
        self._glaze = ImageDraw.Draw(self._image, "RGBA")

    # Shapes

    def poly(self, points: Sequence[Point], fill: Fill, alpha: float = 1.0) -> None:
        """A closed shape with straight sides. ``alpha`` below 1 lets what is underneath show through."""
        pixels = [(x * self._scale + self._dx, y * self._scale + self._dy) for x, y in points]
        if isinstance(fill, Grade):
            self._graded(pixels, fill, alpha)
        elif alpha >= 1.0:
            self._opaque.polygon(pixels, fill=self._ink(fill))
        else:
            self._glaze.polygon(pixels, fill=(*self._ink(fill), round(alpha * 255)))

    def blob(self, points: Sequence[Point], fill: Fill, alpha: float = 1.0, steps: int = 8) -> None:
        """A closed, soft shape through ``points``."""
        self.poly(smooth(points, closed=True, steps=steps), fill, alpha)

    def ellipse(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float | None = None,
        fill: Fill = (0, 0, 0),
        *,
        alpha: float = 1.0,
        tilt: float = 0.0,
    ) -> None:
        """An ellipse about (x, y); a circle when ``ry`` is left out. ``tilt`` in degrees."""
        down = rx if ry is None else ry
        self.poly(
            arc((x, y), rx, down, 0, 360, tilt=tilt, steps=16 + int(max(rx, down) ** 0.5 * 4)), fill, alpha
        )

    def rect(
        self, x: float, y: float, w: float, h: float, fill: Fill, *, r: float = 0.0, alpha: float = 1.0
    ) -> None:
        """An upright rectangle from its upper left corner, with corners rounded by ``r``."""
        if r <= 0:
            self.poly([(x, y), (x + w, y), (x + w, y + h), (x, y + h)], fill, alpha)
            return
        r = min(r, w / 2, h / 2)
        outline = (
            arc((x + r, y + r), r, r, 180, 270, steps=8)
            + arc((x + w - r, y + r), r, r, 270, 360, steps=8)
            + arc((x + w - r, y + h - r), r, r, 0, 90, steps=8)
            + arc((x + r, y + h - r), r, r, 90, 180, steps=8)
        )
        self.poly(outline, fill, alpha)

    def tube(self, points: Sequence[Point], widths: Sequence[float], fill: Fill, alpha: float = 1.0) -> None:
        """A soft limb along ``points`` with a half-width at each of them."""
        self.poly(tube(points, widths), fill, alpha)

    def line(self, points: Sequence[Point], width: float, fill: Colour, alpha: float = 1.0) -> None:
        """A line of even width with round ends, curved when it has more than two points."""
        self.tube(points, [width / 2] * len(points), fill, alpha)

    def rod(self, start: Point, end: Point, width: float, fill: Colour) -> None:
        """A straight line with square ends."""
        dx, dy = end[0] - start[0], end[1] - start[1]
        length = (dx * dx + dy * dy) ** 0.5 or 1.0
        nx, ny = -dy / length * width / 2, dx / length * width / 2
        self.poly(
            [
                (start[0] + nx, start[1] + ny),
                (end[0] + nx, end[1] + ny),
                (end[0] - nx, end[1] - ny),
                (start[0] - nx, start[1] - ny),
            ],
            fill,
        )

    def star(self, x: float, y: float, radius: float, fill: Colour) -> None:
        """A five-pointed star."""
        self.poly(star((x, y), radius), fill)

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float = 0.5) -> None:
        """Light that fades outward from (x, y)."""
        side = max(int(radius * 2 * self._scale), 2)
        mask = _halo().resize((side, side), Image.Resampling.BILINEAR)
        mask = mask.point([round(value * strength) for value in range(256)])
        left = int((x - radius) * self._scale + self._dx)
        top = int((y - radius) * self._scale + self._dy)
        self._image.paste(self._ink(colour), (left, top), mask)

    def veil(self, top: float, bottom: float, colour: Colour, start: float, end: float) -> None:
        """A band of mist across the paper whose density runs from ``start`` to ``end`` (0..1)."""
        y0 = max(int(top * self._scale + self._dy), 0)
        y1 = min(int(bottom * self._scale + self._dy), self._image.height)
        if y1 <= y0:
            return
        column = Image.new("L", (1, y1 - y0))
        last = max(y1 - y0 - 1, 1)
        column.putdata([round(255 * (start + (end - start) * row / last)) for row in range(y1 - y0)])
        mask = column.resize((self._image.width, y1 - y0), Image.Resampling.NEAREST)
        self._image.paste(self._ink(colour), (0, y0), mask)

    # Result

    def finish(self, *, mirrored: bool) -> Image.Image:
        """The picture at its real size, with the faint unevenness and grain of paper."""
        picture = self._image.reduce(OVERSAMPLING)
        if mirrored:
            picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        return ImageChops.add(picture, _paper(self.size), 1, -_PAPER_MIDDLE)

    # Pixels

    def _ink(self, colour: Colour) -> Colour:
        light = self.palette.light
        return (
            min(int(colour[0] * light[0]), 255),
            min(int(colour[1] * light[1]), 255),
            min(int(colour[2] * light[2]), 255),
        )

    def _graded(self, pixels: list[Point], fill: Grade, alpha: float) -> None:
        box = _inside(_bounds(pixels), self._image.size)
        if box is None:
            return
        left, top, right, bottom = box
        whole = max(int(max(y for _, y in pixels) - min(y for _, y in pixels)), 1)
        offset = int(min(y for _, y in pixels))
        mask = Image.new("L", (right - left, bottom - top))
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in pixels], fill=round(alpha * 255))
        column = Image.new("RGB", (1, bottom - top))
        stops = [self._ink(stop) for stop in fill.stops]
        column.putdata([_between(stops, (row + top - offset) / whole) for row in range(bottom - top)])
        self._image.paste(column.resize(mask.size, Image.Resampling.NEAREST), (left, top), mask)


def _bounds(pixels: Sequence[Point]) -> Box:
    xs, ys = [x for x, _ in pixels], [y for _, y in pixels]
    return min(xs), min(ys), max(xs) + 1, max(ys) + 1


def _inside(box: Box, size: tuple[int, int]) -> tuple[int, int, int, int] | None:
    left, top = max(int(box[0]), 0), max(int(box[1]), 0)
    right, bottom = min(int(box[2]) + 1, size[0]), min(int(box[3]) + 1, size[1])
    return (left, top, right, bottom) if right > left and bottom > top else None


def _between(stops: Sequence[Colour], t: float) -> Colour:
    if len(stops) == 1:
        return stops[0]
    place = min(max(t, 0.0), 1.0) * (len(stops) - 1)
    index = min(int(place), len(stops) - 2)
    share = place - index
    a, b = stops[index], stops[index + 1]
    return (
        round(a[0] + (b[0] - a[0]) * share),
        round(a[1] + (b[1] - a[1]) * share),
        round(a[2] + (b[2] - a[2]) * share),
    )


@functools.cache
def _halo() -> Image.Image:
    """A disc of light, bright in the middle; squared so that its rim cannot be seen."""
    side = 128
    values = []
    for row in range(side):
        for column in range(side):
            away = ((row - 63.5) ** 2 + (column - 63.5) ** 2) / 63.5**2
            values.append(round(255 * max(1 - away, 0.0) ** 2))
    image = Image.new("L", (side, side))
    image.putdata(values)
    return image


_PAPER_MIDDLE = 8


@functools.lru_cache(maxsize=4)
def _paper(size: tuple[int, int]) -> Image.Image:
    """Values about ``_PAPER_MIDDLE`` to add to a picture: large soft clouds and a very fine grain."""
    rng = random.Random("paper")  # noqa: S311 - art, not secrets
    clouds = Image.new("L", (18, 12))
    clouds.putdata([rng.randint(6, 10) for _ in range(18 * 12)])
    sheet = clouds.resize(size, Image.Resampling.BICUBIC)
    tile = Image.frombytes("L", (256, 256), bytes(value % 5 for value in rng.randbytes(256 * 256)))
    grain = Image.new("L", size)
    for y in range(0, size[1], 256):
        for x in range(0, size[0], 256):
            grain.paste(tile, (x, y))
    sheet = ImageChops.add(sheet, grain, 1, -2)
    return Image.merge("RGB", (sheet, sheet, sheet))
