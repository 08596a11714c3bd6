"""How people are dressed: one ``Look`` for each, and the wardrobes the scenes choose from."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import Literal

from congdoan.ops.demo.drawings.palettes import (
    BLACK_HAIR,
    BLUE,
    BROWN_HAIR,
    CORAL,
    CREAM,
    GOLD,
    GREY_HAIR,
    INDIGO,
    INK,
    PLUM,
    RED,
    ROSE,
    SAGE,
    SKINS,
    SKY_BLUE,
    STEEL,
    TEAL,
    WHITE,
    Colour,
    darker,
    mix,
)

HairStyle = Literal["short", "bun", "long", "bob", "tail"]
Hat = Literal["none", "leaf", "helmet", "cap", "scarf", "nurse", "cook"]
Style = Literal["shirt", "suit", "aodai", "coat", "vest", "apron", "skirt", "uniform", "jersey", "pupil"]


@dataclass(frozen=True, slots=True)
class Look:
    """The colours and clothes of one person."""

    top: Colour = BLUE
    bottom: Colour = INDIGO
    style: Style = "shirt"
    hat: Hat = "none"
    hat_colour: Colour = GOLD
    accent: Colour = GOLD
    trim: Colour | None = None
    skin: Colour = SKINS[0]
    hair: Colour = BLACK_HAIR
    hair_style: HairStyle = "short"
    sleeves: Literal["long", "short"] = "long"
    legs: Literal["long", "bare"] = "long"
    shoes: Colour = INK
    slim: bool = False
    child: bool = False


PALE: Colour = (222, 229, 240)
_WOMEN: tuple[HairStyle, ...] = ("bun", "long", "bob", "tail")


def somebody(rng: random.Random, look: Look, *, woman: bool | None = None, old: bool = False) -> Look:
    """``look`` worn by a random person."""
    is_woman = rng.random() < 0.5 if woman is None else woman
    hair = GREY_HAIR if old else rng.choice((BLACK_HAIR, BLACK_HAIR, BROWN_HAIR))
    style: HairStyle = rng.choice(_WOMEN) if is_woman else "short"
    return replace(look, skin=rng.choice(SKINS), hair=hair, hair_style=style, slim=is_woman)


def office(rng: random.Random, *, woman: bool | None = None, old: bool = False) -> Look:
    """Shirt and trousers, or a suit."""
    if rng.random() < 0.3 and not woman:
        look = Look(top=INDIGO, bottom=darker(INDIGO, 0.3), style="suit", accent=rng.choice((RED, BLUE)))
        return somebody(rng, look, woman=False, old=old)
    top = rng.choice((PALE, SKY_BLUE, CREAM, ROSE, TEAL, CORAL, SAGE))
    bottom = rng.choice((INDIGO, INK, (92, 84, 92)))
    return somebody(rng, Look(top=top, bottom=bottom), woman=woman, old=old)


def worker(rng: random.Random, *, woman: bool | None = None, helmet: bool = True) -> Look:
    """Blue working clothes, a helmet and sometimes a bright vest."""
    vest = rng.random() < 0.5
    look = Look(
        top=mix(BLUE, SKY_BLUE, rng.choice((0.1, 0.3, 0.45))),
        bottom=mix(INDIGO, BLUE, 0.25),
        style="vest" if vest else "uniform",
        accent=rng.choice(((240, 150, 60), (232, 196, 64))),
        hat="helmet" if helmet else "none",
        hat_colour=rng.choice((GOLD, WHITE, (240, 170, 60))),
        shoes=(70, 58, 56),
    )
    return somebody(rng, look, woman=woman)


def farmer(rng: random.Random, *, woman: bool | None = None) -> Look:
    """A loose shirt, dark trousers and a leaf hat."""
    top = rng.choice((PLUM, TEAL, CORAL, (140, 96, 72), SKY_BLUE))
    look = Look(top=top, bottom=rng.choice(((62, 58, 74), INDIGO)), hat="leaf", shoes=(92, 76, 66))
    return somebody(rng, look, woman=woman)


def highland(rng: random.Random, *, woman: bool = True) -> Look:
    """Indigo cloth with bright bands, as woven in the highlands."""
    trim = rng.choice((RED, CORAL, GOLD, (86, 168, 160)))
    if woman:
        look = Look(
            top=INDIGO,
            bottom=mix(INDIGO, (20, 20, 40), 0.3),
            style="skirt",
            accent=trim,
            trim=trim,
            hat="scarf",
            hat_colour=rng.choice((RED, PLUM, mix(INDIGO, RED, 0.35))),
            legs="long",
            shoes=INK,
        )
        return replace(somebody(rng, look, woman=True), hair_style="bun")
    look = Look(top=INDIGO, bottom=mix(INDIGO, (20, 20, 40), 0.4), style="uniform", trim=trim, accent=trim)
    return somebody(rng, look, woman=False)


def aodai(rng: random.Random, colour: Colour | None = None) -> Look:
    """A woman in áo dài."""
    look = Look(
        top=colour or rng.choice((RED, BLUE, (232, 150, 150), TEAL, PLUM, GOLD)),
        bottom=WHITE,
        style="aodai",
        shoes=(236, 226, 210),
        accent=GOLD,
    )
    return replace(somebody(rng, look, woman=True), hair_style=rng.choice(("long", "bun", "tail")))


def medic(rng: random.Random, *, woman: bool | None = None) -> Look:
    """A white coat; women may wear a nurse's cap."""
    look = somebody(
        rng,
        Look(
            top=WHITE,
            bottom=mix(TEAL, SKY_BLUE, 0.5),
            style="coat",
            accent=mix(TEAL, SKY_BLUE, 0.4),
            shoes=(232, 232, 230),
        ),
        woman=woman,
    )
    return replace(look, hat="nurse", hair_style="bun") if look.slim else look


def athlete(rng: random.Random, colour: Colour, *, woman: bool | None = None) -> Look:
    """A jersey in the colour of the team, with shorts."""
    look = Look(
        top=colour,
        bottom=mix(colour, INK, 0.62),
        style="jersey",
        sleeves="short",
        legs="bare",
        shoes=(240, 240, 240),
        accent=WHITE,
    )
    person = somebody(rng, look, woman=woman)
    return replace(person, hair_style="tail") if person.slim else person


def cook(rng: random.Random) -> Look:
    """White clothes, an apron and a cook's cap."""
    return replace(
        somebody(rng, Look(top=WHITE, bottom=STEEL, style="apron", hat="cook", accent=SKY_BLUE)),
        hair_style="short",
    )


def pupil(rng: random.Random) -> Look:
    """A schoolchild: white shirt and red scarf."""
    look = somebody(
        rng, Look(top=WHITE, bottom=INDIGO, style="pupil", accent=RED, child=True, sleeves="short")
    )
    return replace(look, hair_style=rng.choice(("tail", "bob")) if look.slim else "short")


def child(rng: random.Random) -> Look:
    """A small child in bright clothes."""
    look = Look(
        top=rng.choice((CORAL, GOLD, SKY_BLUE, SAGE, ROSE)),
        bottom=rng.choice((INDIGO, TEAL, PLUM)),
        child=True,
        shoes=(232, 226, 214),
    )
    dressed = somebody(rng, look)
    return replace(dressed, hair_style=rng.choice(("tail", "bob")) if dressed.slim else "short")
