"""Taking the place where a photo was made out of its file."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image, UnidentifiedImageError

GPS_INFO = 0x8825
"""Exif tag of the GPS part (Exif 3.0, 4.6.3)."""


def without_location(data: bytes) -> bytes:
    """Return the picture without the data that tell where it was taken; the same bytes when there are none.

    A JPEG keeps its own compression tables, so nothing is lost that an eye could see. Date and camera stay: they are
    evidence in a photo contest. A file that is not a picture is returned as it is; refusing it is the form's task.
    """
    try:
        with Image.open(BytesIO(data)) as image:
            if not _tells_location(image) or getattr(image, "is_animated", False):
                return data
            return _saved_again(image)
    except (UnidentifiedImageError, OSError, SyntaxError):
        return data


def _tells_location(image: Image.Image) -> bool:
    if image.getexif().get_ifd(GPS_INFO):
        return True
    xmp = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    return b"GPS" in (xmp.encode() if isinstance(xmp, str) else xmp)


def _saved_again(image: Image.Image) -> bytes:
    exif = image.getexif()
    exif.pop(GPS_INFO, None)
    options: dict[str, Any] = {"exif": exif.tobytes(), "icc_profile": image.info.get("icc_profile")}
    if image.format == "JPEG":
        options |= {"quality": "keep", "comment": image.info.get("comment", b"")}
    elif image.format == "WEBP":
        options |= {"quality": 92, "xmp": b""}
    elif image.format in ("AVIF", "HEIF"):
        options |= {"quality": 92}
    image.info.pop("xmp", None)
    image.info.pop("XML:com.adobe.xmp", None)
    output = BytesIO()
    image.save(
        output, format=image.format, **{key: value for key, value in options.items() if value is not None}
    )
    return output.getvalue()
