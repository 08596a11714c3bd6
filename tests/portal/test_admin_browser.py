"""The editors' admin in a real browser: addresses, paste from Word, preview, and what its screens ask for."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import Page, expect

from congdoan import vntext
from congdoan.accounts.models import User
from congdoan.portal.models import ArticlePage
from tests.browser import OpenPage, assert_fits
from tests.factories import PictureFactory
from tests.portal.newsroom import Newsroom, make_newsroom

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

TITLE = "Liên đoàn Lao động tỉnh Lào Cai: Đổi mới"

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0cm;color:red}</style>
</head><body><!--StartFragment-->
<p class="MsoNormal" style="text-align:justify;font-family:'Times New Roman'"><b style="mso-bidi-font-weight:normal"><span
lang="VI" style="font-size:14.0pt">Hội nghị</span></b><span style="color:#C00000"> đã thông qua </span><i><span>nghị
quyết</span></i><o:p></o:p></p>
<p class="MsoNormal"><o:p>&nbsp;</o:p></p>
<p class="MsoNormal">&nbsp;</p>
<ul type="disc"><li class="MsoNormal" style="mso-list:l0 level1 lfo1">Nâng mức hỗ trợ</li><li class="MsoNormal">Mở lớp học
đêm</li></ul>
<p class="MsoNormal">Xem <a href="https://example.org/nghi-quyet" style="color:#0563C1"><span class="MsoHyperlink">toàn
văn</span></a>.<!-- ghi chú của người soạn --></p>
<!--EndFragment--></body></html>"""


@pytest.fixture
def desk(django_db_serialized_rollback: None, live_server: Any) -> Newsroom:
    """The newsroom, committed, so that the server sees it."""
    return make_newsroom()


def sign_in(page: Page, user: User) -> None:
    """Sign in as a person does."""
    page.goto("/dang-nhap/?next=/quan-tri/")
    page.fill("input[name=username]", user.username)
    page.fill("input[name=password]", "mat-khau-du-dai")
    page.click("main button[type=submit]")
    page.wait_for_url("**/quan-tri/")


def edit_address(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_the_address_that_the_browser_makes_is_the_servers(desk: Newsroom, browser_page: OpenPage) -> None:
    page = browser_page()
    sign_in(page, desk.department)
    page.goto(reverse("wagtailadmin_pages:add", args=["portal", "articlepage", desk.ours.pk]))
    page.locator("[name=title]").press_sequentially(TITLE)
    page.locator("[name=title]").blur()
    expect(page.locator("[name=slug]")).to_have_value(vntext.slugify(TITLE))
    assert vntext.slugify(TITLE) == "lien-doan-lao-dong-tinh-lao-cai-doi-moi"


def test_a_new_title_leaves_the_address_of_a_published_article_alone(
    desk: Newsroom, browser_page: OpenPage
) -> None:
    page = browser_page()
    sign_in(page, desk.department)
    page.goto(edit_address(desk.our_article))
    page.locator("[name=title]").fill("Hội thi kể chuyện: kết quả chung cuộc")
    page.locator("[name=title]").blur()
    expect(page.locator("[name=slug]")).to_have_value(desk.our_article.slug)


def paste(page: Page, html: str) -> None:
    """Paste ``html`` into the first text field of the body."""
    page.locator(
        "[data-streamfield-child] .public-DraftEditor-content, .public-DraftEditor-content"
    ).first.click()
    page.evaluate(
        """html => {
            const data = new DataTransfer();
            data.setData('text/html', html);
            data.setData('text/plain', 'Hội nghị');
            document.querySelector('.public-DraftEditor-content').dispatchEvent(
                new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        html,
    )


def test_text_pasted_from_word_keeps_its_meaning_and_loses_its_dress(
    desk: Newsroom, browser_page: OpenPage
) -> None:
    with transaction.atomic():
        article = desk.our_article
        article.body = [("paragraph", "<p></p>")]
        article.save_revision(user=desk.department)
    page = browser_page()
    sign_in(page, desk.department)
    page.goto(edit_address(article))
    paste(page, WORD)
    expect(page.locator(".public-DraftEditor-content").first).to_contain_text("Mở lớp học đêm")
    expect(page.locator("[name=body-0-value]")).to_have_value(
        re.compile("đêm")
    )  # the field follows a moment later
    page.locator("#page-edit-form").evaluate("form => form.requestSubmit()")
    page.wait_for_load_state("load")
    expect(page.locator(".messages .success")).to_be_visible()

    stored = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    html = "".join(str(block.value.source) for block in stored.body)
    assert "<b>Hội nghị</b> đã thông qua <i>nghị quyết</i>" in html
    assert "Nâng mức hỗ trợ</li>" in html
    assert "Mở lớp học đêm</li>" in html
    assert 'href="https://example.org/nghi-quyet"' in html
    assert "toàn văn</a>" in html
    for dress in ("style", "class", "Mso", "span", "<o:p", "color", "ghi chú", "Times", "&nbsp;", "\xa0"):
        assert dress not in html
    assert html.count("<p") == 2, html


def test_the_preview_of_a_draft_is_the_readers_page(desk: Newsroom, browser_page: OpenPage) -> None:
    page = browser_page()
    sign_in(page, desk.department)
    page.goto(edit_address(desk.our_article))
    page.locator("[name=title]").fill("Tiêu đề chưa ai thấy")
    page.get_by_role("button", name="preview", exact=False).first.click()
    frame = page.frame_locator("iframe.w-preview__iframe:not(.w-preview__proxy)")
    expect(frame.locator("h1")).to_have_text("Tiêu đề chưa ai thấy")
    assert ArticlePage.objects.get(pk=desk.our_article.pk).title == "Hội thi kể chuyện về Bác"


def test_no_screen_of_the_admin_asks_another_host_or_breaks_its_policy(
    desk: Newsroom, browser_page: OpenPage, live_server: Any, settings: Any
) -> None:
    settings.IS_DEMO = True
    with transaction.atomic():
        picture = PictureFactory()
    page = browser_page()
    hosts: set[str] = set()
    broken: list[str] = []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("response", lambda answer: broken.append(answer.url) if answer.status >= 400 else None)
    sign_in(page, desk.admin)
    site = desk.home.get_site()
    for path in (
        "/quan-tri/",
        reverse("wagtailadmin_explore", args=[desk.ours.pk]),
        edit_address(desk.our_article),
        edit_address(desk.album),
        reverse("wagtailadmin_pages:add", args=["portal", "articlepage", desk.ours.pk]),
        reverse("wagtailadmin_pages:history", args=[desk.our_article.pk]),
        reverse("congdoan_album_upload", args=[desk.album.pk]),
        reverse("wagtailimages:index"),
        reverse("wagtailimages:add_multiple"),
        reverse("wagtailimages:edit", args=[picture.pk]),
        reverse("wagtaildocs:add_multiple"),
        "/quan-tri/snippets/pages/fact/add/",
        "/quan-tri/snippets/participation/call/add/",
        "/quan-tri/snippets/documents/document/add/",
        reverse("wagtailsettings:edit", args=["pages", "sitesettings", site.pk]),
        reverse("wagtailusers_users:index"),
        reverse("wagtailusers_groups:index"),
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailadmin_account"),
        "/quan-tri/nhap-trang/",
    ):
        answer = page.goto(path)
        assert answer is not None
        assert answer.ok, path
        page.wait_for_load_state("networkidle")
        expect(page.get_by_text("Trang trình diễn")).to_be_visible()
        expect(page.locator(".sidebar .admin-brand__mark")).to_be_visible()
    assert hosts == {urlsplit(live_server.url).netloc}
    assert broken == []


@pytest.mark.parametrize("width", [360, 1280])
def test_the_screen_for_many_photos_fits(desk: Newsroom, browser_page: OpenPage, width: int) -> None:
    page = browser_page(width=width)
    sign_in(page, desk.approver)
    page.goto(reverse("congdoan_album_upload", args=[desk.album.pk]))
    expect(page.get_by_label("Chọn ảnh")).to_be_visible()
    assert_fits(page)
