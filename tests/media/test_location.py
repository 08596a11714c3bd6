"""A photo does not tell where it was taken."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import ExifTags, Image

from congdoan.media.engine import GPS_INFO, without_location
from congdoan.media.models import Picture
from tests.factories import PictureFactory, picture_file


def photo_of_a_place(image_format: str = "JPEG") -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.DateTime] = "2019:07:22 08:30:00"
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(GPS_INFO)[ExifTags.GPS.GPSLatitude] = (22.0, 20.0, 8.0)
    exif.get_ifd(GPS_INFO)[ExifTags.GPS.GPSLatitudeRef] = "N"
    output = BytesIO()
    Image.effect_noise((64, 48), 40).convert("RGB").save(output, image_format, exif=exif)
    return output.getvalue()


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_the_place_goes_and_the_rest_stays(image_format):
    data = photo_of_a_place(image_format)
    assert Image.open(BytesIO(data)).getexif().get_ifd(GPS_INFO), "there is something that could leak"

    image = Image.open(BytesIO(without_location(data)))

    assert not image.getexif().get_ifd(GPS_INFO)
    assert image.getexif()[ExifTags.Base.DateTime] == "2019:07:22 08:30:00"
    assert image.getexif()[ExifTags.Base.Orientation] == 6
    assert image.format == image_format


def test_a_jpeg_looks_the_same_afterwards():
    data = photo_of_a_place()
    before, after = (Image.open(BytesIO(d)).tobytes() for d in (data, without_location(data)))
    assert max(abs(a - b) for a, b in zip(before, after, strict=True)) <= 2


def test_a_picture_without_a_place_is_left_alone():
    data = picture_file().read()
    assert without_location(data) is data


def test_what_is_no_picture_is_left_alone():
    assert without_location(b"%PDF-1.4 not a picture") == b"%PDF-1.4 not a picture"


def test_xmp_may_not_tell_the_place_either():
    output = BytesIO()
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf exif:GPSLatitude="22,20.13N"/></x:xmpmeta>'
    Image.new("RGB", (8, 8)).save(output, "JPEG", xmp=xmp)
    assert b"GPSLatitude" in output.getvalue()
    assert b"GPSLatitude" not in without_location(output.getvalue())


@pytest.mark.django_db
def test_an_uploaded_photo_is_stored_without_its_place():
    upload = picture_file()
    upload = type(upload)(photo_of_a_place(), name="doi-thoai.jpg")
    picture = PictureFactory(file=upload)

    stored = Picture.objects.get(pk=picture.pk)
    data = stored.file.read()

    assert not Image.open(BytesIO(data)).getexif().get_ifd(GPS_INFO)
    assert stored.get_file_size() == len(data)


@pytest.mark.django_db
def test_the_original_is_not_public_but_its_rendition_is(client):
    picture = PictureFactory()
    rendition = picture.get_rendition("width-100")
    assert client.get(f"/media/{picture.file.name}").status_code == 404
    assert client.get(f"/media/images/../{picture.file.name}").status_code == 404
    response = client.get(f"/media/{rendition.file.name}")
    assert response.status_code == 200
    assert "immutable" in response["Cache-Control"]
