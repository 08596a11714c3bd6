"""Writing an article in the admin: drafts, what is asked before publishing, schedule, comparison, addresses, English."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pillow_heif import register_heif_opener
from wagtail.models import Collection

from congdoan.media.models import File, Picture
from congdoan.portal.actions.publishing import publish_due
from congdoan.portal.blocks import BodyBlock
from congdoan.portal.models import AlbumPage, AlbumPhoto, ArticlePage
from tests.factories import PictureFactory
from tests.portal.newsroom import Newsroom, article_data, told

pytestmark = pytest.mark.django_db

PUBLISH = {"action-publish": "1"}
ASKED = "Ảnh đại diện chưa có mô tả."


def edit(newsroom: Newsroom, page: Any, user: Any = None, **data: Any) -> Any:
    client = newsroom.signed_in(user or newsroom.approver)
    return client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        article_data(**{"title": page.title, "slug": page.slug, **data}),
    )


def latest(page: Any) -> Any:
    return ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()


# --- Words for pictures ----------------------------------------------------------------------------


def test_a_lead_picture_without_words_may_be_drafted_but_not_published(newsroom):
    picture = PictureFactory(description="")
    article = newsroom.our_article
    assert edit(newsroom, article, picture=picture.pk).status_code == 302
    assert latest(article).picture == picture
    answer = edit(newsroom, article, picture=picture.pk, **PUBLISH)
    assert answer.status_code == 200
    assert ASKED in answer.content.decode()
    assert ArticlePage.objects.get(pk=article.pk).picture is None


def test_nor_sent_for_approval(newsroom):
    picture = PictureFactory(description="")
    answer = edit(
        newsroom, newsroom.our_article, newsroom.editor, picture=picture.pk, **{"action-submit": "1"}
    )
    assert ASKED in answer.content.decode()


@pytest.mark.parametrize(("description", "alt"), [("Ruộng bậc thang", ""), ("", "Ruộng bậc thang")])
def test_words_in_the_library_or_in_the_article_are_enough(newsroom, description, alt):
    picture = PictureFactory(description=description)
    answer = edit(newsroom, newsroom.our_article, picture=picture.pk, picture_alt=alt, **PUBLISH)
    assert answer.status_code == 302
    assert ArticlePage.objects.get(pk=newsroom.our_article.pk).picture == picture


def figure(picture: Picture, **words: str) -> dict[str, Any]:
    fields = {
        "image-image": picture.pk,
        "image-alt_text": "",
        "image-decorative": "",
        "caption": "",
        "credit": "",
    }
    data: dict[str, Any] = {
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "figure",
        "body-0-id": "",
    }
    data |= {f"body-0-value-{name}": value for name, value in {**fields, **words}.items()}
    return {name: value for name, value in data.items() if not name.endswith("decorative") or value}


def test_a_figure_in_the_text_needs_words_or_is_decorative(newsroom):
    picture = PictureFactory(description="")
    article = newsroom.our_article
    assert edit(newsroom, article, **figure(picture), **PUBLISH).status_code == 200
    assert not ArticlePage.objects.get(pk=article.pk).body
    assert edit(newsroom, article, **figure(picture)).status_code == 302
    assert (
        edit(newsroom, article, **figure(picture, **{"image-alt_text": "Ruộng"}), **PUBLISH).status_code
        == 302
    )
    decorative = figure(picture, **{"image-decorative": "on"})
    assert edit(newsroom, article, **decorative, **PUBLISH).status_code == 302


def album_data(album: AlbumPage, picture: Picture, **words: str) -> dict[str, Any]:
    data = {
        "title": album.title,
        "slug": album.slug,
        "intro": "",
        "intro_en": "",
        "title_en": "",
        "taken_on": "17/10/2019",
        "seo_title": "",
        "search_description": "",
        "go_live_at": "",
        "expire_at": "",
        "photos-0-id": "",
        "photos-0-image": picture.pk,
        "photos-0-caption": "",
        "photos-0-alt": "",
        "photos-0-ORDER": "1",
        "photos-0-DELETE": "",
        **{f"photos-0-{name}": text for name, text in words.items()},
    }
    for formset, count in (("photos", 1), ("comments", 0)):
        data |= {
            f"{formset}-TOTAL_FORMS": str(count),
            f"{formset}-INITIAL_FORMS": "0",
            f"{formset}-MIN_NUM_FORMS": "0",
            f"{formset}-MAX_NUM_FORMS": "1000",
        }
    return data


def test_photos_of_an_album_need_words_before_readers_see_them(newsroom):
    album = newsroom.album
    picture = PictureFactory(description="")
    client = newsroom.signed_in(newsroom.approver)
    address = reverse("wagtailadmin_pages:edit", args=[album.pk])
    answer = client.post(address, {**album_data(album, picture), **PUBLISH})
    assert "Ảnh chưa có chú thích hay mô tả." in answer.content.decode()
    assert not AlbumPhoto.objects.exists()
    assert client.post(address, album_data(album, picture)).status_code == 302
    answer = client.post(address, {**album_data(album, picture, caption="Kéo co"), **PUBLISH})
    assert answer.status_code == 302
    assert AlbumPhoto.objects.get().caption == "Kéo co"
    assert str(AlbumPage.objects.get(pk=album.pk).taken_on) == "2019-10-17"


def test_pictures_of_the_library_are_chosen_many_at_once(newsroom):
    PictureFactory(collection=Collection.objects.get(name="Album ảnh"))
    client = newsroom.signed_in(newsroom.editor)
    body = client.get(reverse("wagtailadmin_pages:edit", args=[newsroom.album.pk])).content.decode()
    assert "MultipleChooserPanel" in body
    chooser = client.get(reverse("wagtailimages_chooser:choose") + "?multiple=1").content.decode()
    assert 'type=\\"checkbox\\"' in chooser or 'type="checkbox"' in chooser


# --- Drafts, schedule, comparison ------------------------------------------------------------------


def test_a_draft_of_a_published_article_is_seen_in_the_admin_only(newsroom, client):
    article = newsroom.our_article
    edit(newsroom, article, title="Tiêu đề chưa ai thấy")
    assert "Tiêu đề chưa ai thấy" not in client.get(article.url).content.decode()
    draft = newsroom.signed_in(newsroom.department).get(
        reverse("wagtailadmin_pages:view_draft", args=[article.pk])
    )
    assert "Tiêu đề chưa ai thấy" in draft.content.decode()


def test_an_article_is_scheduled_and_published_at_its_hour(newsroom, client):
    later = timezone.localtime() + timedelta(hours=2)
    answer = edit(
        newsroom, newsroom.our_article, title="Đến giờ", go_live_at=f"{later:%d/%m/%Y %H:%M}", **PUBLISH
    )
    assert answer.status_code == 302
    assert publish_due() == 0
    revision = newsroom.our_article.scheduled_revision
    assert revision is not None
    hour = timezone.now() - timedelta(minutes=1)  # the hour comes
    revision.content["go_live_at"], revision.approved_go_live_at = hour.isoformat(), hour
    revision.save()
    assert publish_due() == 1
    assert ArticlePage.objects.get(pk=newsroom.our_article.pk).title == "Đến giờ"


def test_two_revisions_are_compared(newsroom):
    article = newsroom.our_article
    edit(newsroom, article, lead="Ba mươi đội dự thi.")
    edit(newsroom, article, lead="Ba mươi lăm đội dự thi.")
    body = (
        newsroom.signed_in(newsroom.department)
        .get(reverse("wagtailadmin_pages:revisions_compare", args=[article.pk, "earliest", "latest"]))
        .content.decode()
    )
    assert "Ba mươi lăm đội dự thi." in body


# --- Addresses, languages ----------------------------------------------------------------------------


def test_a_new_title_keeps_the_address_of_a_published_article(newsroom, client):
    article = newsroom.our_article
    edit(newsroom, article, title="Kết quả chung cuộc", **PUBLISH)
    changed = ArticlePage.objects.get(pk=article.pk)
    assert (changed.title, changed.slug) == ("Kết quả chung cuộc", article.slug)
    assert "Kết quả chung cuộc" in client.get(article.url).content.decode()


def test_the_english_text_stands_in_a_tab_of_the_same_form(newsroom, client):
    article = newsroom.our_article
    body = (
        newsroom.signed_in(newsroom.department)
        .get(reverse("wagtailadmin_pages:edit", args=[article.pk]))
        .content.decode()
    )
    assert "Tiếng Anh" in body
    assert 'name="title_en"' in body
    english = {
        "body_en-count": "1",
        "body_en-0-deleted": "",
        "body_en-0-order": "0",
        "body_en-0-type": "heading",
        "body_en-0-id": "",
        "body_en-0-value": "Results",
    }
    edit(newsroom, article, title_en="Story contest", **english, **PUBLISH)
    assert ArticlePage.objects.get(pk=article.pk).has_english()


def test_empty_paragraphs_of_a_paste_are_dropped_and_others_stay():
    block = BodyBlock().child_blocks["paragraph"]
    content = (
        '{"blocks": [{"key": "a", "text": " ", "type": "unstyled"}, {"key": "b", "text": "Hội nghị", "type": "unstyled"},'
        ' {"key": "c", "text": "", "type": "unstyled"}], "entityMap": {}}'
    )
    value = block.value_from_datadict({"x": content}, {}, "x")
    assert value.source.count("<p") == 1
    assert "Hội nghị" in value.source


# --- Files ---------------------------------------------------------------------------------------------


def upload_picture(newsroom: Newsroom, name: str, data: bytes) -> Any:
    return newsroom.signed_in(newsroom.editor).post(
        reverse("wagtailimages:add_multiple"),
        {
            "title": name,
            "collection": Collection.objects.get(name="Ảnh bài viết").pk,
            "files[]": SimpleUploadedFile(name, data),
        },
        headers={"X-Requested-With": "XMLHttpRequest"},
    )


def encoded(kind: str, **options: Any) -> bytes:
    output = BytesIO()
    Image.new("RGB", (640, 360), "#2f6f4f").save(output, kind, **options)
    return output.getvalue()


@pytest.mark.parametrize(("name", "kind"), [("anh.avif", "AVIF"), ("anh.heic", "HEIF"), ("anh.webp", "WEBP")])
def test_photos_of_new_telephones_become_pictures_for_every_browser(newsroom, name, kind):
    if kind == "HEIF":
        register_heif_opener()
    answer = upload_picture(newsroom, name, encoded(kind))
    assert answer.json()["success"], answer.json()
    picture = Picture.objects.get()
    for spec, suffix in (("width-320|format-webp", ".webp"), ("width-320|format-jpeg", ".jpg")):
        rendition = picture.get_rendition(spec)
        assert rendition.file.name.endswith(suffix)
        assert rendition.width == 320


def test_a_drawing_with_a_script_in_it_is_refused(newsroom):
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    for name in ("ve.svg", "ve.jpg"):
        assert not upload_picture(newsroom, name, svg).json()["success"]
    assert not Picture.objects.exists()


def test_a_photo_held_upright_stands_upright(newsroom):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    upload_picture(newsroom, "dung.jpg", encoded("JPEG", exif=exif))
    rendition = Picture.objects.get().get_rendition("width-180|format-jpeg")
    assert (rendition.width, rendition.height) == (180, 320)


def test_a_pdf_is_kept_and_a_page_that_runs_is_not(newsroom):
    client = newsroom.signed_in(newsroom.editor)
    for name, data in (("ke-hoach.pdf", b"%PDF-1.4\n%%EOF\n"), ("trang.html", b"<script>alert(1)</script>")):
        client.post(
            reverse("wagtaildocs:add_multiple"),
            {
                "title": name,
                "collection": Collection.objects.get(name="Văn bản").pk,
                "files[]": SimpleUploadedFile(name, data),
            },
            headers={"X-Requested-With": "XMLHttpRequest"},
        )
    assert [file.title for file in File.objects.all()] == ["ke-hoach.pdf"]


# --- The frame around it -----------------------------------------------------------------------------


def test_the_admin_shows_whose_it_is_and_the_ways_out(newsroom, settings):
    settings.IS_DEMO = True
    body = newsroom.signed_in(newsroom.department).get("/quan-tri/").content.decode()
    for part in (
        "Trang trình diễn",
        "ui/mark.svg",
        "/lam-viec/",
        "Nhập trang cũ",
        "Hình ảnh",
        "portal/admin.css",
    ):
        assert told(body, part), part
    assert "guide.wagtail.org" not in body
    settings.IS_DEMO = False
    assert (
        "Trang trình diễn" not in newsroom.signed_in(newsroom.department).get("/quan-tri/").content.decode()
    )


def test_a_visitor_is_sent_to_the_sign_in_of_ours(client):
    answer = client.get("/quan-tri/pages/")
    assert answer.status_code == 302
    assert answer.url.startswith("/dang-nhap/")
