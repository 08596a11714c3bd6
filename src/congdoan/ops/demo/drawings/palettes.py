"""The few colours a drawing is made of: one palette for each hour and season."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Colour: TypeAlias = tuple[int, int, int]


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """The colour ``share`` (0..1) of the way from ``first`` to ``second``."""
    return (
        round(first[0] + (second[0] - first[0]) * share),
        round(first[1] + (second[1] - first[1]) * share),
        round(first[2] + (second[2] - first[2]) * share),
    )


def darker(colour: Colour, share: float = 0.14) -> Colour:
    """The shaded side of a colour: darker and a little bluer, as shadows outdoors are."""
    return mix(colour, (34, 32, 66), share)


def lighter(colour: Colour, share: float = 0.2) -> Colour:
    """The lit side of a colour: toward warm white."""
    return mix(colour, (255, 248, 230), share)


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one hour. ``light`` multiplies every colour drawn, so that people and things share the light."""

    name: str
    sky: tuple[Colour, ...]
    sun: Colour
    far: Colour
    near: Colour
    haze: Colour
    field: Colour
    field_edge: Colour
    water: Colour
    leaf: Colour
    ground: Colour
    wall: Colour
    floor: Colour
    light: tuple[float, float, float] = (1.0, 1.0, 1.0)
    sun_height: float = 0.3
    lamps: bool = False


PALETTES: tuple[Palette, ...] = (
    Palette(
        "morning",
        sky=((132, 182, 208), (206, 218, 214), (253, 226, 192)),
        sun=(255, 240, 204),
        far=(168, 188, 200),
        near=(70, 116, 116),
        haze=(250, 231, 208),
        field=(156, 188, 104),
        field_edge=(104, 150, 88),
        water=(214, 222, 212),
        leaf=(66, 116, 86),
        ground=(206, 186, 138),
        wall=(247, 236, 217),
        floor=(205, 172, 134),
    ),
    Palette(
        "noon",
        sky=((98, 166, 212), (160, 206, 226), (222, 238, 234)),
        sun=(255, 249, 224),
        far=(146, 184, 202),
        near=(52, 116, 110),
        haze=(226, 240, 236),
        field=(142, 190, 92),
        field_edge=(84, 148, 82),
        water=(176, 216, 228),
        leaf=(52, 120, 84),
        ground=(196, 192, 132),
        wall=(240, 240, 230),
        floor=(206, 186, 152),
        sun_height=0.2,
    ),
    Palette(
        "evening",
        sky=((116, 114, 162), (226, 160, 142), (254, 216, 152)),
        sun=(255, 226, 146),
        far=(184, 142, 152),
        near=(82, 80, 108),
        haze=(250, 198, 146),
        field=(190, 176, 100),
        field_edge=(128, 138, 88),
        water=(250, 204, 156),
        leaf=(86, 114, 86),
        ground=(196, 152, 112),
        wall=(248, 222, 192),
        floor=(186, 138, 106),
        light=(1.0, 0.955, 0.91),
        sun_height=0.42,
    ),
    Palette(
        "mist",
        sky=((188, 204, 206), (216, 224, 220), (240, 238, 226)),
        sun=(252, 248, 232),
        far=(196, 210, 208),
        near=(92, 128, 126),
        haze=(240, 240, 230),
        field=(160, 184, 136),
        field_edge=(122, 154, 118),
        water=(216, 226, 222),
        leaf=(92, 130, 108),
        ground=(200, 194, 164),
        wall=(236, 236, 226),
        floor=(194, 180, 158),
        sun_height=0.24,
    ),
    Palette(
        "harvest",
        sky=((120, 182, 206), (196, 216, 200), (254, 236, 188)),
        sun=(255, 244, 200),
        far=(158, 180, 178),
        near=(84, 122, 96),
        haze=(252, 238, 196),
        field=(234, 192, 84),
        field_edge=(204, 152, 58),
        water=(232, 220, 176),
        leaf=(92, 126, 74),
        ground=(214, 178, 112),
        wall=(250, 236, 206),
        floor=(206, 164, 116),
    ),
    Palette(
        "after rain",
        sky=((112, 156, 180), (172, 204, 206), (222, 236, 222)),
        sun=(250, 248, 224),
        far=(138, 174, 182),
        near=(40, 98, 98),
        haze=(218, 234, 222),
        field=(118, 176, 112),
        field_edge=(66, 130, 92),
        water=(178, 212, 216),
        leaf=(40, 106, 84),
        ground=(178, 178, 126),
        wall=(228, 238, 228),
        floor=(190, 168, 138),
        sun_height=0.26,
    ),
    Palette(
        "dusk",
        sky=((52, 70, 124), (122, 118, 168), (240, 178, 148)),
        sun=(255, 226, 180),
        far=(110, 112, 160),
        near=(44, 58, 98),
        haze=(206, 166, 172),
        field=(92, 116, 112),
        field_edge=(66, 88, 100),
        water=(186, 160, 176),
        leaf=(48, 78, 88),
        ground=(116, 122, 126),
        wall=(238, 220, 202),
        floor=(158, 128, 118),
        light=(0.95, 0.95, 1.0),
        sun_height=0.46,
        lamps=True,
    ),
)

INK: Colour = (44, 46, 62)
WHITE: Colour = (250, 247, 240)
CREAM: Colour = (245, 234, 212)
BLUE: Colour = (11, 74, 153)
SKY_BLUE: Colour = (118, 168, 208)
RED: Colour = (200, 62, 54)
CORAL: Colour = (228, 124, 98)
GOLD: Colour = (244, 185, 62)
TEAL: Colour = (42, 122, 122)
PLUM: Colour = (124, 68, 104)
ROSE: Colour = (232, 160, 160)
SAGE: Colour = (128, 156, 112)
INDIGO: Colour = (46, 54, 96)
STEEL: Colour = (150, 166, 178)
STRAW: Colour = (236, 208, 146)
WOOD: Colour = (156, 106, 72)
DARK_WOOD: Colour = (108, 74, 60)
TILE: Colour = (190, 92, 70)
BLACK_HAIR: Colour = (48, 42, 50)
BROWN_HAIR: Colour = (72, 54, 52)
GREY_HAIR: Colour = (176, 174, 176)
SKINS: tuple[Colour, ...] = ((242, 200, 164), (230, 180, 142), (214, 160, 122), (238, 190, 152))
