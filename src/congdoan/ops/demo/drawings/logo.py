"""The mark of the demonstration federation: a gear that opens into a book under a star. It is nobody's emblem."""

from __future__ import annotations

import math

from congdoan.ops.demo.drawings.geometry import star

BLUE = "#0b4a99"
GOLD = "#f4b93e"


def logo_svg() -> str:
    """An SVG of 64 by 64 units that stays clear at 40 pixels and carries no text, script or style."""
    gear = _path(_gear(teeth=12, outer=31.0, inner=26.5))
    mark = _path(star((32.0, 25.0), 11.5, inner=0.4))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">'
        f'<path fill="{BLUE}" d="{gear}"/>'
        f'<path fill="{GOLD}" d="{mark}"/>'
        '<path fill="#fff" d="M31 52V43.5C26 39.5 19.5 38.6 12.5 39.6V47.6C19.5 46.8 26 48 31 52Z"/>'
        '<path fill="#fff" d="M33 52V43.5C38 39.5 44.5 38.6 51.5 39.6V47.6C44.5 46.8 38 48 33 52Z"/>'
        "</svg>"
    )


def _gear(*, teeth: int, outer: float, inner: float) -> list[tuple[float, float]]:
    points = []
    for tooth in range(teeth):
        for share, radius in ((-0.30, inner), (-0.19, outer), (0.19, outer), (0.30, inner)):
            angle = math.tau * (tooth + share) / teeth - math.pi / 2
            points.append((32 + radius * math.cos(angle), 32 + radius * math.sin(angle)))
    return points


def _path(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points) + "Z"
