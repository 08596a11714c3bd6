"""Many photos for an album at once."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.models import Collection

from congdoan.audit.models import Entry
from congdoan.media.engine import GPS_INFO
from congdoan.media.models import Picture
from congdoan.portal.actions import albums as actions
from congdoan.portal.errors import AlbumLockedError, MayNotChangeAlbumError, MayNotPublishAlbumError
from congdoan.portal.forms.albums import MOST_FILES
from congdoan.portal.models import AlbumPage
from tests.factories import PictureFactory
from tests.portal.newsroom import Newsroom

pytestmark = pytest.mark.django_db


def photo(name: str = "IMG_2041.jpg", *, colour: str = "#2f6f4f", **options: Any) -> SimpleUploadedFile:
    output = BytesIO()
    Image.new("RGB", (900, 600), colour).save(output, "JPEG", **options)
    return SimpleUploadedFile(name, output.getvalue(), content_type="image/jpeg")


def address(newsroom: Newsroom) -> str:
    return reverse("congdoan_album_upload", args=[newsroom.album.pk])


def collection() -> int:
    return int(Collection.objects.get(name="Album ảnh").pk)


def rows(pictures: list[Picture], **words: str) -> dict[str, Any]:
    data: dict[str, Any] = {"anh-count": len(pictures), "collection": collection()}
    for number, picture in enumerate(pictures):
        data[f"anh-{number}-picture"] = picture.pk
        for name, text in words.items():
            data[f"anh-{number}-{name}"] = text
    return data


def latest(newsroom: Newsroom) -> AlbumPage:
    album: AlbumPage = AlbumPage.objects.get(pk=newsroom.album.pk).get_latest_revision_as_object()
    return album


def test_the_way_to_the_screen_stands_on_the_album(newsroom):
    client = newsroom.signed_in(newsroom.editor)
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[newsroom.album.pk]))
    listing = client.get(reverse("wagtailadmin_explore", args=[newsroom.album.get_parent().pk]))
    assert address(newsroom) in edit.content.decode()
    assert address(newsroom) in listing.content.decode()
    body = client.get(address(newsroom)).content.decode()
    assert 'type="file"' in body
    assert " multiple" in body


def test_many_photos_go_into_the_draft_in_order_with_their_words(newsroom):
    client = newsroom.signed_in(newsroom.editor)
    files = [photo(f"anh_{number}.jpg", colour=f"#{number}{number}6f4f") for number in range(3)]
    answer = client.post(address(newsroom), {"images": files, "collection": collection(), "upload": "1"})
    assert answer.status_code == 200
    pictures = list(Picture.objects.order_by("pk"))
    assert [picture.title for picture in pictures] == ["anh 0", "anh 1", "anh 2"]
    assert {picture.collection_id for picture in pictures} == {collection()}
    assert {picture.uploaded_by_user for picture in pictures} == {newsroom.editor}
    for picture in pictures:
        assert f'value="{picture.pk}"' in answer.content.decode()

    data = rows(pictures, caption="Công nhân kéo co", alt="Hai đội kéo co trên sân")
    data |= {"save": "1", "anh-1-credit": "Mai Anh", "shared_credit": "LĐLĐ tỉnh", "anh-2-left_out": "on"}
    answer = client.post(address(newsroom), data)
    assert answer.status_code == 302
    kept = list(latest(newsroom).photos.all())
    assert [item.image for item in kept] == pictures[:2]
    assert {(item.caption, item.alt) for item in kept} == {("Công nhân kéo co", "Hai đội kéo co trên sân")}
    credited = dict(Picture.objects.values_list("pk", "credit"))
    assert [credited[picture.pk] for picture in pictures] == ["LĐLĐ tỉnh", "Mai Anh", ""]
    assert not AlbumPage.objects.get(pk=newsroom.album.pk).photos.exists()  # readers wait for publication

    client.post(address(newsroom), {**rows(pictures[2:], caption="Trao giải"), "save": "1"})
    assert [item.image for item in latest(newsroom).photos.all()] == pictures


def test_what_is_no_photo_is_refused_with_a_sentence_and_the_others_are_kept(newsroom, settings):
    client = newsroom.signed_in(newsroom.editor)
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 30_000
    noise = BytesIO()
    Image.effect_noise((600, 600), 90).save(noise, "PNG")
    files = [
        SimpleUploadedFile("ke-hoach.pdf", b"%PDF-1.4"),
        SimpleUploadedFile("gia.jpg", b"khong phai anh"),
        SimpleUploadedFile("trong.jpg", b""),
        SimpleUploadedFile("to.png", noise.getvalue()),
        SimpleUploadedFile(
            "ve.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
        ),
        photo("tot.jpg"),
    ]
    body = client.post(
        address(newsroom), {"images": files, "collection": collection(), "upload": "1"}
    ).content.decode()
    for name in ("ke-hoach.pdf", "gia.jpg", "trong.jpg", "to.png", "ve.svg"):
        assert f"“{name}”:" in body
    assert "quá mức" in body
    assert "tệp trống" in body
    assert [picture.title for picture in Picture.objects.all()] == ["tot"]


def test_uploading_more_keeps_what_was_typed(newsroom):
    client = newsroom.signed_in(newsroom.editor)
    first = PictureFactory(uploaded_by_user=newsroom.editor, title="Đầu")
    data = rows([first], caption="Chú thích đã gõ", alt="Mô tả đã gõ")
    body = client.post(
        address(newsroom), {**data, "images": [photo()], "upload": "1", "shared_credit": "Mai Anh"}
    ).content.decode()
    for words in ("Chú thích đã gõ", "Mô tả đã gõ", "Mai Anh"):
        assert words in body
    assert 'name="anh-count" value="2"' in body
    # Files chosen and then "save" pressed: they are received, nothing is thrown away.
    body = client.post(
        address(newsroom), {**data, "images": [photo("sau.jpg")], "save": "1"}
    ).content.decode()
    assert "Chú thích đã gõ" in body
    assert Picture.objects.filter(title="sau").exists()


def test_choosing_nothing_and_writing_too_much_are_answered_beside_the_field(newsroom):
    client = newsroom.signed_in(newsroom.editor)
    answer = client.post(address(newsroom), {"collection": collection(), "upload": "1"})
    assert answer.status_code == 422
    assert "Bạn chưa chọn ảnh nào" in answer.content.decode()
    picture = PictureFactory(uploaded_by_user=newsroom.editor)
    answer = client.post(address(newsroom), {**rows([picture], caption="á" * 401), "save": "1"})
    assert answer.status_code == 422
    assert "á" * 401 in answer.content.decode()
    assert not latest(newsroom).photos.exists()


def test_too_many_files_leave_the_first_ones(newsroom, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 200
    files = [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(MOST_FILES)] + [photo("cuoi.jpg")]
    body = (
        newsroom.signed_in(newsroom.editor)
        .post(address(newsroom), {"images": files, "collection": collection(), "upload": "1"})
        .content.decode()
    )
    assert "“cuoi.jpg”: quá 60 ảnh một lần" in body


def test_publishing_asks_for_words_and_a_draft_does_not(newsroom):
    picture = PictureFactory(uploaded_by_user=newsroom.approver, description="")
    client = newsroom.signed_in(newsroom.approver)
    answer = client.post(address(newsroom), {**rows([picture]), "publish": "1"})
    assert answer.status_code == 422
    assert "Hãy viết chú thích hoặc mô tả ảnh trước khi xuất bản." in answer.content.decode()
    assert client.post(address(newsroom), {**rows([picture]), "save": "1"}).status_code == 302
    other = PictureFactory(uploaded_by_user=newsroom.approver)
    answer = client.post(address(newsroom), {**rows([other], alt="Hai đội kéo co"), "publish": "1"})
    assert answer.status_code == 302
    assert AlbumPage.objects.get(pk=newsroom.album.pk).photos.count() == 2


def test_who_may_not_publish_gets_no_button_and_no_publication(newsroom):
    picture = PictureFactory(uploaded_by_user=newsroom.editor)
    client = newsroom.signed_in(newsroom.editor)
    data = rows([picture], caption="Kéo co")
    answer = client.post(address(newsroom), {**data, "images": [photo()], "upload": "1"})
    assert 'name="publish"' not in answer.content.decode()
    answer = client.post(address(newsroom), {**data, "publish": "1"})
    assert answer.status_code == 409
    assert "chưa được quyền xuất bản" in answer.content.decode()
    assert not latest(newsroom).photos.exists()
    with pytest.raises(MayNotPublishAlbumError):
        actions.add_photos(newsroom.album.pk, [], by=newsroom.editor, publish=True)


def test_who_may_not_change_the_album_adds_nothing(newsroom):
    picture = PictureFactory(uploaded_by_user=newsroom.department)
    client = newsroom.signed_in(newsroom.department)
    assert client.get(address(newsroom)).status_code in (302, 403)
    client.post(address(newsroom), {**rows([picture], caption="Kéo co"), "save": "1"})
    assert not latest(newsroom).photos.exists()
    with pytest.raises(MayNotChangeAlbumError):
        actions.add_photos(newsroom.album.pk, [], by=newsroom.department, publish=False)


def test_a_collection_without_the_right_takes_nothing(newsroom):
    foreign = Collection.get_first_root_node().add_child(name="Kho riêng")
    data = {"images": [photo()], "collection": foreign.pk, "upload": "1"}
    client = newsroom.signed_in(newsroom.editor)
    newsroom.editor.groups.first().collection_permissions.all().delete()
    assert client.post(address(newsroom), data).status_code in (302, 403)
    assert not Picture.objects.exists()


def test_pictures_of_others_cannot_be_smuggled_in_by_number(newsroom):
    foreign = PictureFactory(uploaded_by_user=newsroom.admin, title="Của người khác")
    client = newsroom.signed_in(newsroom.editor)
    answer = client.post(address(newsroom), {**rows([foreign], caption="Kéo co"), "save": "1"})
    assert answer.status_code == 422
    assert "Của người khác" not in answer.content.decode()
    assert not latest(newsroom).photos.exists()


def test_a_locked_album_takes_nothing_and_says_so(newsroom):
    picture = PictureFactory(uploaded_by_user=newsroom.editor)
    AlbumPage.objects.filter(pk=newsroom.album.pk).update(
        locked=True, locked_by=newsroom.approver, locked_at=timezone.now()
    )
    client = newsroom.signed_in(newsroom.editor)
    answer = client.post(address(newsroom), {**rows([picture], caption="Kéo co"), "save": "1"})
    assert answer.status_code == 409
    assert "đang bị khoá" in answer.content.decode()
    with pytest.raises(AlbumLockedError):
        actions.add_photos(newsroom.album.pk, [], by=newsroom.editor, publish=False)


def test_the_place_is_taken_out_and_the_trail_knows_who_uploaded(newsroom):
    exif = Image.Exif()
    exif.get_ifd(GPS_INFO)[1] = "N"
    client = newsroom.signed_in(newsroom.editor)
    client.post(address(newsroom), {"images": [photo(exif=exif)], "collection": collection(), "upload": "1"})
    picture = Picture.objects.get()
    with Image.open(picture.file) as stored:
        assert not stored.getexif().get_ifd(GPS_INFO)
    entry = Entry.objects.get(verb="picture.created")
    assert (entry.actor_id, entry.object_id) == (str(newsroom.editor.pk), str(picture.pk))
    client.post(address(newsroom), {**rows([picture], caption="Kéo co"), "save": "1"})
    assert Entry.objects.get(verb="album.photos_added").after == {
        "pictures": [picture.pk],
        "published": False,
    }


def test_saving_asks_the_database_equally_often_for_two_and_for_ten_photos(newsroom):
    def save(number: int) -> int:
        album = newsroom.album.get_parent().add_child(instance=AlbumPage(title=f"Album {number} ảnh"))
        pictures = PictureFactory.create_batch(number, uploaded_by_user=newsroom.editor)
        photos = [actions.NewPhoto(picture, "Kéo co", "Hai đội", "Mai Anh") for picture in pictures]
        with CaptureQueriesContext(connection) as counted:
            actions.add_photos(album.pk, photos, by=newsroom.editor, publish=False)
        return len(counted)

    save(1)
    assert save(2) == save(10)
