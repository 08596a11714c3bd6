"""Which sizes of a picture a page needs, and the markup that lets the browser choose among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Preset:
    """One use of pictures: filter specs of Wagtail from small to large, and the room it takes on the page."""

    shape: str
    """Ratio of the placeholder: "16x9", "3x2", "3x4", or "free" when the picture keeps its own ratio."""
    filters: tuple[str, ...]
    fallback: str
    """The one JPEG, for the few browsers without WebP."""
    sizes: str
    """Default of the ``sizes`` attribute."""

    @property
    def specs(self) -> list[str]:
        """Every rendition that the markup uses."""
        return [*(f"{item}|format-webp" for item in self.filters), f"{self.fallback}|format-jpeg"]


PRESETS = {
    "lead": Preset(
        "16x9",
        ("fill-480x270", "fill-800x450", "fill-1200x675"),
        "fill-800x450",
        "(min-width: 64rem) 760px, 100vw",
    ),
    "card": Preset(
        "16x9",
        ("fill-320x180", "fill-640x360", "fill-960x540"),
        "fill-640x360",
        "(min-width: 64rem) 376px, (min-width: 40rem) 46vw, 92vw",
    ),
    "thumb": Preset("16x9", ("fill-160x90", "fill-320x180"), "fill-320x180", "128px"),
    "figure": Preset(
        "free",
        ("width-480", "width-800", "width-1200", "width-1600"),
        "width-800",
        "(min-width: 48rem) 720px, 92vw",
    ),
    "photo": Preset(
        "3x2",
        ("fill-360x240", "fill-720x480"),
        "fill-720x480",
        "(min-width: 64rem) 280px, (min-width: 40rem) 30vw, 46vw",
    ),
    "cover": Preset("3x4", ("max-300x400", "max-600x800"), "max-600x800", "(min-width: 40rem) 220px, 44vw"),
    "logo": Preset("free", ("max-160x160",), "max-160x160", "64px"),
}
"""Uses of pictures, by the name that the tag ``picture`` takes."""

LARGE = "max-1600x1600|format-jpeg"
"""The picture that the viewer shows."""

SHARED = "fill-1200x630|format-jpeg"
"""The picture for OpenGraph."""


def specs(*presets: str) -> list[str]:
    """Return the rendition specs of ``presets``, for ``Picture.objects.prefetch_renditions(*specs("card"))``."""
    return [spec for preset in presets for spec in PRESETS[preset].specs]


def rendition(image: Any, spec: str) -> Any | None:
    """Return one rendition; ``None`` when there is no picture or its file cannot be read."""
    found = _renditions(image, [spec])
    return found.get(spec)


def picture(
    image: Any, preset: str, *, alt: str | None = None, sizes: str = "", eager: bool = False
) -> SafeString:
    """Return ``<picture>`` with WebP in several widths and one JPEG; a quiet placeholder when there is no picture.

    ``alt`` is the text instead of the picture; "" says that the words beside it are enough; ``None`` takes the text of
    the picture itself. ``eager`` is for the one picture that a reader sees first.
    """
    use = PRESETS[preset]
    found = _renditions(image, use.specs)
    fallback = found.get(f"{use.fallback}|format-jpeg")
    if fallback is None:
        return format_html('<span class="picture picture--{} picture--empty"></span>', use.shape)
    by_width = {}
    for item in use.filters:
        webp = found.get(f"{item}|format-webp")
        if webp is not None:
            by_width[webp.width] = webp.url
    return format_html(
        '<picture class="picture picture--{}"><source type="image/webp" srcset="{}" sizes="{}">'
        '<img src="{}" alt="{}" width="{}" height="{}" {}></picture>',
        use.shape,
        format_html_join(", ", "{} {}w", ((url, width) for width, url in sorted(by_width.items()))),
        sizes or use.sizes,
        fallback.url,
        image.default_alt_text if alt is None else alt,
        fallback.width,
        fallback.height,
        SafeString('fetchpriority="high"' if eager else 'loading="lazy" decoding="async"'),
    )


def _renditions(image: Any, wanted: Sequence[str]) -> dict[str, Any]:
    if not image:
        return {}
    try:
        renditions: dict[str, Any] = image.get_renditions(*wanted)
    except (SourceImageIOError, InvalidFilterSpecError, OSError, ValueError):
        # A page is worth reading without a picture whose file is lost or broken.
        _log.warning("picture cannot be shown", image=image.pk, exc_info=True)
        return {}
    return renditions
