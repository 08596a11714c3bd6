"""Pictures made fit for paper: upright, not larger than printing needs, in a format that every reader knows."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageOps

from congdoan.printing.errors import PictureError

LARGEST_SIDE = 1900
"""Dots; 165 mm at 290 dots an inch."""
MOST_DOTS = 60_000_000


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture ready to be put into a file: ``kind`` is "png" or "jpg"; sizes in dots."""

    content: bytes
    kind: str
    width: int
    height: int


@lru_cache(maxsize=8)
def prepared(content: bytes) -> Prepared:
    """Return the picture in RGB without what its camera wrote. Raises ``PictureError``."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP", "GIF")) as opened:
                if opened.width * opened.height > MOST_DOTS:
                    raise PictureError(f"{opened.width} × {opened.height} dots are too many")
                is_photo = opened.format in ("JPEG", "WEBP")
                image = ImageOps.exif_transpose(opened).convert("RGBA" if _has_holes(opened) else "RGB")
    except PictureError:
        raise
    except (
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise PictureError(f"not a picture that can be read: {error}") from error
    if image.mode == "RGBA":  # paper is white
        white = Image.new("RGB", image.size, "white")
        white.paste(image, mask=image.getchannel("A"))
        image = white
    image.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    stream = io.BytesIO()
    if is_photo:
        image.save(stream, "JPEG", quality=88)
    else:
        image.save(stream, "PNG")
    return Prepared(stream.getvalue(), "jpg" if is_photo else "png", image.width, image.height)


def _has_holes(image: Image.Image) -> bool:
    return "A" in image.getbands() or "transparency" in image.info


def share(picture: Prepared) -> float:
    """Return the share of the text's width that a picture takes: at most 160 dots an inch, at most half a page high."""
    wide = min(1.0, picture.width / 1040)
    return round(min(wide, 0.75 * picture.width / picture.height), 3)
