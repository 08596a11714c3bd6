"""Pictures in the sizes that a page needs."""

from __future__ import annotations

import re

import pytest

from congdoan.media.models import Picture
from congdoan.ui import pictures
from tests.factories import PictureFactory, picture_file

pytestmark = pytest.mark.django_db


def test_a_picture_comes_in_several_widths_with_its_size_and_words():
    markup = pictures.picture(PictureFactory(), "card")

    assert re.findall(r" (\d+)w", markup) == ["320", "640", "960"]
    assert 'type="image/webp"' in markup
    assert 'width="640" height="360"' in markup
    assert 'alt="Ruộng bậc thang mùa lúa chín"' in markup
    assert 'loading="lazy"' in markup


def test_the_first_picture_of_a_page_does_not_wait():
    markup = pictures.picture(PictureFactory(), "lead", eager=True)

    assert "lazy" not in markup
    assert 'fetchpriority="high"' in markup


def test_a_small_picture_is_not_blown_up_nor_named_twice():
    markup = pictures.picture(PictureFactory(file=picture_file(size=(400, 300))), "figure")

    assert re.findall(r" (\d+)w", markup) == ["400"]


def test_an_empty_alt_stays_empty_and_quotes_are_escaped():
    picture = PictureFactory()

    assert 'alt=""' in pictures.picture(picture, "card", alt="")
    assert 'alt="Biển &quot;Mái ấm&quot;"' in pictures.picture(picture, "card", alt='Biển "Mái ấm"')


def test_without_a_picture_stands_a_placeholder_of_the_same_shape():
    assert pictures.picture(None, "card") == '<span class="picture picture--16x9 picture--empty"></span>'


def test_a_lost_file_does_not_take_the_page_with_it():
    picture = PictureFactory()
    picture.file.storage.delete(picture.file.name)

    assert "picture--empty" in pictures.picture(Picture.objects.get(pk=picture.pk), "card")


def test_prefetched_renditions_cost_no_query_each(django_assert_num_queries):
    for _ in range(3):
        pictures.picture(PictureFactory(), "card")

    with django_assert_num_queries(2):
        for picture in Picture.objects.prefetch_renditions(*pictures.specs("card")):
            assert "<source" in pictures.picture(picture, "card")
