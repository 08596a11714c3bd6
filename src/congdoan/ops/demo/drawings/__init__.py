"""Illustrations for the demonstration portal: made by program, the same for ever, free of rights and of faces.

A picture is a pure function of its key and variant. All are drawn with the same few primitives and palettes, so
that they look like one hand's work. They carry no words, and show nobody who exists.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from types import MappingProxyType

from PIL import Image

from congdoan.ops.demo.drawings import (
    scenes_care,
    scenes_hall,
    scenes_land,
    scenes_learn,
    scenes_road,
    scenes_work,
)
from congdoan.ops.demo.drawings.canvas import Canvas
from congdoan.ops.demo.drawings.logo import logo_svg
from congdoan.ops.demo.drawings.palettes import PALETTES

_SCENES: Mapping[str, Callable[[Canvas, int], None]] = MappingProxyType(
    {
        "terraces": scenes_land.terraces,
        "factory": scenes_work.factory,
        "classroom": scenes_learn.classroom,
        "hospital": scenes_care.hospital,
        "dialogue": scenes_hall.dialogue,
        "meeting": scenes_hall.meeting,
        "reading": scenes_learn.reading,
        "contest": scenes_hall.contest,
        "sports": scenes_hall.sports,
        "singing": scenes_hall.singing,
        "tet": scenes_care.tet,
        "housing": scenes_care.housing,
        "canteen": scenes_work.canteen,
        "safety": scenes_work.safety,
        "tea": scenes_land.tea,
        "bridge": scenes_road.bridge,
        "mountain-road": scenes_road.mountain_road,
        "market": scenes_work.market,
        "mother-child": scenes_care.mother_child,
        "award": scenes_hall.award,
        "training": scenes_learn.training,
        "blood": scenes_care.blood,
        "tree-planting": scenes_land.tree_planting,
        "computer": scenes_learn.computer,
    }
)

KEYS: tuple[str, ...] = tuple(_SCENES)
"""The subjects that can be drawn."""


def draw(key: str, variant: int = 0, size: tuple[int, int] = (1600, 1067)) -> Image.Image:
    """The illustration of ``key`` (one of ``KEYS``) as an RGB image of ``size`` in pixels.

    Variants 0 to 6 are seven hours and seasons (morning, noon, evening, mist, harvest, after rain, dusk) with other
    people and compositions; every other number works too. The picture is composed for 3:2 and bears a cut to 16:9
    through its middle. Raises ``ValueError`` for an unknown key, a negative variant or an empty size.
    """
    scene = _SCENES.get(key)
    if scene is None:
        raise ValueError(f"no drawing called {key!r}; there are {', '.join(KEYS)}")
    if variant < 0:
        raise ValueError(f"variant {variant} is negative")
    if min(size) < 1:
        raise ValueError(f"a drawing of {size[0]} x {size[1]} pixels is empty")
    canvas = Canvas(size, PALETTES[variant % len(PALETTES)], random.Random(f"{key}/{variant}"))  # noqa: S311 - art, not secrets
    scene(canvas, variant)
    return canvas.finish(mirrored=variant % 2 == 1)


__all__ = ["KEYS", "draw", "logo_svg"]
