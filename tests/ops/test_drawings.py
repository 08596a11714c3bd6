"""The drawings of the demonstration portal."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageChops, ImageStat

from congdoan.ops.demo.drawings import KEYS, draw, logo_svg

SMALL = (300, 200)


def _jpeg_bytes(image: Image.Image) -> int:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82)
    return len(out.getvalue())


@pytest.mark.parametrize("key", KEYS)
def test_every_key_gives_a_full_picture_in_every_variant(key: str) -> None:
    for variant in range(7):
        picture = draw(key, variant, SMALL)

        assert picture.size == SMALL
        assert picture.mode == "RGB"
        assert min(ImageStat.Stat(picture).stddev) > 12, f"variant {variant} is nearly empty"


def test_the_same_key_and_variant_give_the_same_picture() -> None:
    first = draw("market", 4, SMALL)
    draw("tea", 1, SMALL)
    assert draw("market", 4, SMALL).tobytes() == first.tobytes()


def test_two_variants_are_two_pictures() -> None:
    pictures = [draw("terraces", variant, SMALL) for variant in range(7)]
    for index, picture in enumerate(pictures):
        for other in pictures[index + 1 :]:
            difference = ImageStat.Stat(ImageChops.difference(picture, other)).mean
            assert max(difference) > 5


def test_two_keys_are_two_pictures() -> None:
    pictures = {draw(key, 0, SMALL).tobytes() for key in KEYS}
    assert len(pictures) == len(KEYS)


def test_another_proportion_shows_the_middle_of_the_same_picture() -> None:
    whole = draw("bridge", 0, (300, 200))
    wide = draw("bridge", 0, (300, 168))

    middle = whole.crop((0, 16, 300, 184))
    assert max(ImageStat.Stat(ImageChops.difference(middle, wide)).mean) < 6


def test_a_full_size_picture_is_light_enough_for_a_web_page() -> None:
    for key in ("tree-planting", "meeting"):
        assert _jpeg_bytes(draw(key, 0)) < 200_000


def test_an_unknown_key_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="terraces"):
        draw("portrait")


@pytest.mark.parametrize(("variant", "size"), [(-1, SMALL), (0, (0, 200))])
def test_a_negative_variant_or_an_empty_size_is_refused(variant: int, size: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match=r"negative|empty"):
        draw("tea", variant, size)


def test_the_logo_is_plain_svg_in_blue_and_gold() -> None:
    svg = logo_svg()
    root = ElementTree.fromstring(svg)

    assert root.attrib["viewBox"] == "0 0 64 64"
    assert "#0b4a99" in svg
    assert "#f4b93e" in svg
    assert {child.tag.split("}")[1] for child in root} == {"path"}
