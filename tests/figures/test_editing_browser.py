"""An editor with a real browser puts a live figure into a sentence: by the button, by "#", with the keyboard alone."""

from __future__ import annotations

import re
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import transaction
from playwright.sync_api import expect

from congdoan.figures.engine.specs import Form, Spec
from congdoan.figures.engine.windows import Window
from congdoan.figures.models import PublishedFigure
from congdoan.figures.queries.texts import specs_of
from congdoan.portal.models import ArticlePage
from congdoan.reporting.actions.refreshing import refresh_all
from congdoan.reporting.models import Indicator, IndicatorVersion
from tests.browser import WCAG, assert_fits
from tests.portal.newsroom import make_newsroom
from tests.portal.test_admin_browser import WORD, edit_address, paste, sign_in
from tests.reporting import scenes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

NAME = "Buổi tuyên truyền pháp luật"
QUARTER = Window(date(2013, 10, 1), date(2013, 12, 31))


@pytest.fixture
def desk(django_db_serialized_rollback, live_server):
    """The newsroom and a union that has reported, committed, so that the server sees them."""
    with transaction.atomic():
        union = scenes.union()
        report = union.reports()[0]
        union.send(report, [12076, 7, None, 1, 1])
        union.accept(report)
        refresh_all()
        IndicatorVersion.objects.filter(indicator__code="f").update(name=NAME, measure_unit="buổi")
        IndicatorVersion.objects.filter(indicator__code="a").update(name="Đơn thư tố cáo")
        Indicator.objects.filter(code="a").update(is_sensitive=True, is_public=False)
    room = make_newsroom()
    with transaction.atomic():
        room.our_article.body = [("paragraph", "<p>Cả tỉnh có</p>")]
        room.our_article.save_revision(user=room.department)
    return room


def holding(words):
    return re.compile(re.escape(words))


def draft(article):
    return ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()


def to_the_end(page):
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.press("Control+End")


def choose_quarter(page):
    """In the open dialog: the fourth quarter of 2013 for VN, with the keyboard alone."""
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    search = dialog.get_by_role("combobox", name="Chỉ tiêu")
    expect(search).to_be_focused()
    page.keyboard.type("tuyen truyen")
    expect(dialog.locator("#figure-indicator-list [role=option]")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    unit = dialog.get_by_role("combobox", name="Đơn vị")
    expect(unit).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("VN")
    expect(dialog.locator("#figure-unit-list [role=option]").first).to_contain_text("VN")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(dialog.get_by_label("Thời gian")).to_be_focused()
    for _quarter in range(4):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("2013")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(dialog.locator("[data-preview=unit]")).to_have_text("12.076 buổi")
    expect(dialog.locator("[data-preview=change_word]")).to_have_text("…")
    return dialog


def save(page):
    page.locator("#page-edit-form").evaluate("form => form.requestSubmit()")
    page.wait_for_load_state("load")
    expect(page.locator(".messages .success")).to_be_visible()


def test_by_the_sign_with_the_keyboard_alone_then_saved_reopened_published(desk, browser_page):
    page = browser_page()
    sign_in(page, desk.department)
    page.goto(edit_address(desk.our_article))
    to_the_end(page)
    page.keyboard.type(" #")
    choose_quarter(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    figure = page.locator(".live-figure")
    expect(figure).to_have_attribute("data-words", "12.076 buổi")
    page.keyboard.type(", hơn năm trước")
    expect(page.locator("[name=body-0-value]")).to_have_value(holding("hơn năm trước"))
    save(page)
    spec = Spec("f", unit="VN", window=QUARTER, form=Form.UNIT)
    (paragraph,) = draft(desk.our_article).body
    assert specs_of(draft(desk.our_article)) == [spec]
    text = paragraph.value.source
    assert "Cả tỉnh có <embed" in text
    assert "/>, hơn năm trước</p>" in text
    assert "#" not in text

    # The editor is shown again after saving: let it ask its own question before those of a fresh one are counted.
    expect(page.locator(".live-figure")).to_have_attribute("data-words", "12.076 buổi")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "dien-giai" in request.url else None)
    page.goto(edit_address(desk.our_article))
    expect(page.locator(".live-figure")).to_have_attribute("data-words", "12.076 buổi")
    expect(page.locator(".live-figure")).to_have_attribute("title", holding(NAME))
    assert len(asked) == 1
    with page.expect_navigation():
        page.evaluate(
            """() => { const form = document.querySelector('#page-edit-form');
            const field = document.createElement('input'); field.type = 'hidden'; field.name = 'action-publish';
            field.value = '1'; form.append(field); form.submit(); }"""
        )
    published = PublishedFigure.objects.get()
    page.goto(ArticlePage.objects.get(pk=desk.our_article.pk).url)
    link = page.locator("a.figure")
    expect(link).to_contain_text("12.076 buổi")
    expect(link).to_have_attribute("href", f"/so-lieu/{published.pk}/")


def test_by_the_button_changed_by_a_click_and_removed_whole_by_backspace(desk, browser_page):
    page = browser_page()
    sign_in(page, desk.department)
    page.goto(edit_address(desk.our_article))
    to_the_end(page)
    page.keyboard.type(" x")
    page.keyboard.press("Shift+ArrowLeft")  # the toolbar floats above what is selected
    page.locator("[name=FIGURE]").first.click()
    choose_quarter(page)
    page.get_by_role("dialog").get_by_role("button", name="Chèn").click()
    figure = page.locator(".live-figure")
    expect(figure).to_have_attribute("data-words", "12.076 buổi")
    figure.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("combobox", name="Chỉ tiêu")).to_have_value(NAME)
    expect(dialog.get_by_label("Năm", exact=True)).to_have_value("2013")
    dialog.get_by_text("chỉ con số").click()
    dialog.get_by_role("button", name="Lưu").click()
    expect(figure).to_have_attribute("data-words", "12.076")
    page.keyboard.press("Control+End")
    page.keyboard.press("Backspace")
    expect(figure).to_have_count(0)
    expect(page.locator(".public-DraftEditor-content").first).to_have_text(re.compile(r"^Cả tỉnh có\s*$"))


def test_escape_leads_back_to_the_same_place_and_the_sign_stays_what_was_typed(desk, browser_page):
    page = browser_page()
    sign_in(page, desk.department)
    page.goto(edit_address(desk.our_article))
    to_the_end(page)
    for _step in range(2):
        page.keyboard.press("ArrowLeft")
    page.keyboard.type("#")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.type("1 ")
    expect(page.locator(".public-DraftEditor-content").first).to_have_text("Cả tỉnh #1 có")


def test_a_copy_inside_the_editor_keeps_the_figure_and_a_paste_from_word_makes_none(desk, browser_page):
    with transaction.atomic():
        spec = Spec("f", unit="VN", window=QUARTER)
        words = " ".join(f'{name}="{value}"' for name, value in spec.attributes().items())
        desk.our_article.body = [("paragraph", f'<p>Có <embed embedtype="figure" {words}/> buổi</p>')]
        desk.our_article.save_revision(user=desk.department)
    page = browser_page()
    sign_in(page, desk.department)
    page.goto(edit_address(desk.our_article))
    expect(page.locator(".live-figure")).to_have_attribute("data-words", "12.076")
    to_the_end(page)
    page.keyboard.press("Control+A")
    page.keyboard.press("Control+C")
    page.keyboard.press("Control+End")
    page.keyboard.press("Control+V")
    expect(page.locator(".live-figure")).to_have_count(2)
    paste(page, WORD)
    expect(page.locator(".public-DraftEditor-content").first).to_contain_text("Mở lớp học")
    expect(page.locator(".live-figure")).to_have_count(2)


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (360, "dark")])
def test_the_dialog_fits_and_is_accessible(desk, browser_page, width, theme):
    page = browser_page(width=width, theme=theme)
    sign_in(page, desk.department)
    page.goto(edit_address(desk.our_article))
    to_the_end(page)
    page.keyboard.type(" #")
    dialog = choose_quarter(page)
    wide = dialog.evaluate(
        "one => one.scrollWidth > one.clientWidth || one.getBoundingClientRect().right > innerWidth"
    )
    assert not wide
    assert_fits(page)
    # Of the dialog alone: the rest of the screen is Wagtail's.
    found = Axe().run(page, context=".figure-dialog", options={"runOnly": {"type": "tag", "values": WCAG}})
    assert [
        (one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found.response["violations"]
    ] == []
