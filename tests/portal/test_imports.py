"""Taking over saved pages: the action, the command, the editors' screen."""

from __future__ import annotations

import datetime as dt
import json
import threading
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Locale, Site

from congdoan.audit.models import Entry
from congdoan.config.cli.main import main
from congdoan.media.models import Picture
from congdoan.pages.models import Fact, SiteSettings
from congdoan.participation.models import Call
from congdoan.portal.actions import imports, site_parts
from congdoan.portal.errors import MayNotAdoptError, MayNotImportError
from congdoan.portal.importing import Figure, parse, parse_file
from congdoan.portal.models import ArticlePage, CategoryPage, NewsIndexPage
from tests.factories import UserFactory, make_article, make_category, make_site, picture_file
from tests.races import wait_until_somebody_is_blocked

pytestmark = pytest.mark.django_db

PAGES = Path(__file__).parent / "importing" / "pages"
TEXT = (PAGES / "van_ban.txt").read_bytes()
SCREEN = "/quan-tri/nhap-trang/"


@pytest.fixture
def page():
    make_site()
    return parse_file(PAGES / "van_ban.txt")


def editor_of(*categories, publish=False, permissions=()):
    """Return somebody who may write (and publish) in these categories alone."""
    group = Group.objects.create(name=f"Biên tập {Group.objects.count()}")
    group.permissions.add(Permission.objects.get(codename="access_admin"), *permissions)
    for category in categories:
        for codename in ["add_page", "change_page", *(["publish_page"] if publish else [])]:
            GroupPagePermission.objects.create(
                group=group, page=category, permission=Permission.objects.get(codename=codename)
            )
    user = UserFactory()
    user.groups.add(group)
    return user


def state():
    """Everything that an import may change."""
    return (
        list(ArticlePage.objects.order_by("pk").values_list("pk", "title", "latest_revision_id", "live")),
        list(CategoryPage.objects.order_by("pk").values_list("pk", "title")),
        list(Fact.objects.values_list("label", "value")),
        list(Call.objects.values_list("title", flat=True)),
        list(SiteSettings.objects.values_list("slogan", "visits_start")),
        Entry.objects.count(),
    )


def make_site_anew():
    """Make the site where an earlier test has emptied every table, migrations' rows included."""
    with transaction.atomic():
        Locale.objects.get_or_create(language_code="vi")
        make_site()


# --- The article -----------------------------------------------------------------------------------


def test_a_page_becomes_a_published_article_that_readers_find(page, client):
    imported = imports.import_page(page, by=None, publish=True)
    article = imported.article

    assert imported.created
    assert (
        article.url
        == "/tin-tuc/to-giup-viec/to-giup-viec-o-ben-doi-che-va-chin-ngay-sua-lai-mai-nha-cho-nguoi-gac-do/"
    )
    html = client.get(article.url).content.decode()
    for words in [
        page.title,
        page.lead,
        *page.captions,
        "Ma Thị Dín",
        "MỘT CUỐN SỔ MỞ",
        "Ngày đầu: dỡ mái cũ",
    ]:
        assert words in html
    assert [block.block_type for block in article.body] == [
        *("paragraph", "figure", "paragraph", "heading", "paragraph", "paragraph", "paragraph")
    ]
    assert article.body[1].value["caption"] == page.captions[0]
    assert article.body[1].value["image"] is None


def test_a_draft_is_not_for_readers(page, client):
    article = imports.import_page(page, by=None, publish=False).article
    assert not article.live
    assert article.url is None or client.get(article.url).status_code == 404
    assert article.get_latest_revision_as_object().title == page.title


def test_a_page_that_only_has_a_clock_is_dated_not_later_than_that_day(page):
    article = imports.import_page(page, by=None, publish=True).article
    assert article.date_precision == ArticlePage.DatePrecision.NOT_LATER
    local = timezone.localtime(article.dated)
    assert (local.date(), local.time()) == (dt.date(2018, 4, 3), dt.time(23, 59, 59))
    assert article.sort_at == article.dated


def test_a_page_with_its_own_date_keeps_it(page):
    article = imports.import_page(parse_file(PAGES / "table_layout.html"), by=None, publish=True).article
    assert article.date_precision == ArticlePage.DatePrecision.EXACT
    assert timezone.localtime(article.dated).replace(tzinfo=None) == dt.datetime.fromisoformat(
        "2020-05-06T08:32"
    )
    assert article.source_lines == ["http://congdoan.vidu.example/vi/news/Doi-song/bep-an-ca/"]


def test_tables_lists_and_links_of_a_web_page_arrive(page, client):
    article = imports.import_page(parse_file(PAGES / "table_layout.html"), by=None, publish=True).article
    html = client.get(article.url).content.decode()
    assert "Giá suất ăn (đồng)" in html
    assert "<li>Cân lại hàng trước mặt người giao.</li>" in html
    assert 'href="http://congdoan.vidu.example/tin/doi-thoai"' in html
    assert "javascript:" not in html
    table = next(block.value["table"] for block in article.body if block.block_type == "table")
    assert [column["block"].name for column in table.columns] == ["text", "number", "number"]


def test_a_picture_beside_the_page_is_stored_with_its_words(page, tmp_path):
    html = (PAGES / "table_layout.html").read_text(encoding="utf-8")
    (tmp_path / "trang.html").write_text(html, encoding="utf-8")
    (tmp_path / "index_files").mkdir()
    (tmp_path / "index_files" / "cho-sang.jpg").write_bytes(picture_file().read())

    article = imports.import_page(parse_file(tmp_path / "trang.html"), by=None, publish=True).article
    picture = Picture.objects.get()
    assert (picture.title, picture.description) == ("Ba người bên sạp rau", "Ba người bên sạp rau")
    figure = next(block.value for block in article.body if block.block_type == "figure")
    assert figure["image"].pk == picture.pk
    assert figure["caption"] == "Tổ đi chợ của chuyền may số hai chọn rau ở sạp quen."


def test_a_file_that_only_calls_itself_a_picture_is_left_out(page, tmp_path):
    html = (PAGES / "table_layout.html").read_text(encoding="utf-8")
    (tmp_path / "trang.html").write_text(html, encoding="utf-8")
    (tmp_path / "index_files").mkdir()
    (tmp_path / "index_files" / "cho-sang.jpg").write_bytes(b"<script>alert(1)</script>")

    parsed = parse_file(tmp_path / "trang.html")
    assert [block.src for block in parsed.blocks if isinstance(block, Figure)] == ["index_files/cho-sang.jpg"]
    article = imports.import_page(parsed, by=None, publish=True).article
    assert not Picture.objects.exists()
    assert [
        block.value["caption"] for block in article.body if block.block_type == "figure"
    ] == parsed.captions


def test_importing_is_told_by_the_trail(page):
    editor = editor_of(make_category("Tổ giúp việc"), publish=True)
    article = imports.import_page(page, by=editor, publish=True).article
    entry = Entry.objects.get(verb="article.imported")
    assert (entry.object_id, entry.actor_id) == (str(article.pk), str(editor.pk))
    assert entry.after["file"] == "van_ban.txt"


# --- Once and once only ----------------------------------------------------------------------------


def test_importing_twice_changes_nothing(page):
    first = imports.import_page(page, by=None, publish=True)
    before = state()
    second = imports.import_page(page, by=None, publish=False)
    assert (second.created, second.article.pk) == (False, first.article.pk)
    assert state() == before


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_the_same_page_in_another_encoding_is_the_same_article(page, encoding):
    first = imports.import_page(page, by=None, publish=True)
    decomposed = unicodedata.normalize("NFD", TEXT.decode()).encode(encoding)
    assert imports.import_page(parse(decomposed), by=None, publish=True).article.pk == first.article.pk
    assert ArticlePage.objects.count() == 1


def test_another_text_under_the_same_title_is_another_article_with_its_own_address(page):
    first = imports.import_page(page, by=None, publish=True)
    other = parse(TEXT.decode().replace("mười bốn người", "hai mươi người").encode())
    second = imports.import_page(other, by=None, publish=True)
    assert second.created
    assert second.article.title == first.article.title
    assert second.article.slug == f"{first.article.slug}-2"


def test_a_copy_of_an_imported_article_is_an_article_of_its_own(page):
    article = imports.import_page(page, by=None, publish=True).article
    copy = article.copy(update_attrs={"slug": "ban-sao"})
    assert copy.import_key == ""
    assert imports.import_page(page, by=None, publish=True).article.pk == article.pk


@pytest.mark.django_db(transaction=True)
def test_ten_imports_at_the_same_moment_make_one_article():
    make_site_anew()
    page = parse_file(PAGES / "van_ban.txt")
    start = threading.Barrier(10)

    def run(_number):
        try:
            start.wait(timeout=20)
            imported = imports.import_page(page, by=None, publish=True)
            return imported.article.pk, imported.created
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        results = list(pool.map(run, range(10)))
    assert len({pk for pk, _ in results}) == 1
    assert sum(created for _, created in results) == 1
    assert (ArticlePage.objects.count(), CategoryPage.objects.count()) == (1, 1)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_second_of_two_imports_waits_for_the_first():
    make_site_anew()
    page = parse_file(PAGES / "van_ban.txt")

    def run():
        try:
            return imports.import_page(page, by=None, publish=True)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first = imports.import_page(page, by=None, publish=True)
            attempt = pool.submit(run)
            wait_until_somebody_is_blocked()
        second = attempt.result(timeout=10)
    assert (first.created, second.created) == (True, False)
    assert first.article.pk == second.article.pk


# --- Categories and rights -------------------------------------------------------------------------


def test_a_category_is_found_without_regard_to_diacritics_and_case(page):
    above = make_category("Đời sống")
    category = make_category("TO GIUP VIEC", parent=above)
    assert imports.import_page(page, by=None, publish=True).category == category
    assert CategoryPage.objects.count() == 2


def test_a_missing_category_is_made_below_the_one_that_the_breadcrumb_names(page):
    above = make_category("Việc của tổ")
    text = TEXT.decode().replace("Tin tức › Tổ giúp việc", "Việc của tổ › Tổ giúp việc")
    category = imports.import_page(parse(text.encode()), by=None, publish=True).category
    assert (category.title, category.get_parent().pk, category.live) == ("Tổ giúp việc", above.pk, True)


def test_of_two_categories_of_one_name_the_breadcrumb_tells_which(page):
    first = make_category("Tổ giúp việc", parent=make_category("Miền xuôi"))
    wanted = make_category("Tổ giúp việc", parent=make_category("Bến sông"), slug="to-giup-viec-2")
    text = TEXT.decode().replace("Tin tức › Tổ giúp việc", "Bến sông › Tổ giúp việc")
    category = imports.import_page(parse(text.encode()), by=None, publish=True).category
    assert category == wanted
    assert category != first


def test_a_page_without_a_breadcrumb_goes_to_the_common_category(page):
    text = TEXT.decode().replace("Trang chủ › Tin tức › Tổ giúp việc\n", "")
    assert (
        imports.import_page(parse(text.encode()), by=None, publish=True).category.title
        == imports.DEFAULT_CATEGORY
    )


def test_an_article_never_takes_the_address_of_a_category(page):
    make_category("Khác", slug="to-giup-viec-o-ben-doi-che-va-chin-ngay-sua-lai-mai-nha-cho-nguoi-gac-do")
    article = imports.import_page(page, by=None, publish=True).article
    assert article.slug.endswith("-2")


def test_an_editor_imports_only_into_their_own_category(page):
    make_category("Tổ giúp việc")
    stranger = editor_of(make_category("Ban khác"), publish=True)
    with pytest.raises(MayNotImportError) as refused:
        imports.import_page(page, by=stranger, publish=False)
    assert "Tổ giúp việc" in refused.value.user_message
    assert not ArticlePage.objects.exists()


def test_who_may_not_publish_may_import_a_draft(page):
    writer = editor_of(make_category("Tổ giúp việc"))
    with pytest.raises(MayNotImportError) as refused:
        imports.import_page(page, by=writer, publish=True)
    assert refused.value.publishing
    assert not ArticlePage.objects.exists()

    assert not imports.import_page(page, by=writer, publish=False).article.live


def test_a_stranger_learns_nothing_of_an_article_that_was_imported_before(page):
    imports.import_page(page, by=None, publish=False)
    with pytest.raises(MayNotImportError):
        imports.import_page(page, by=editor_of(make_category("Ban khác")), publish=False)


# --- Parts of the site -----------------------------------------------------------------------------


def site_settings():
    return SiteSettings.for_site(Site.objects.get(is_default_site=True))


def test_the_parts_of_the_old_site_are_taken_over(page):
    assert site_parts.adopt_parts(page, site_parts.PARTS, by=None) == dict.fromkeys(
        site_parts.PARTS, "adopted"
    )

    assert site_settings().slogan == "Sáng giếng, trong làng, ấm lòng người thợ."
    assert site_settings().visits_start == 98_765
    poll = Call.objects.get()
    assert (poll.title, poll.options.count()) == ("Bạn đọc trang này để làm gì?", 3)
    facts = list(Fact.objects.values_list("label", "value", "measure_unit", "as_of"))
    assert facts == [("Diện tích", "312,4", "km²", ""), ("Dân số", "20.415", "", "2017")]
    assert Fact.objects.first().source == "Trang cũ (van_ban.txt), lưu ngày 03/04/2018"
    assert Entry.objects.filter(verb__in=["site.changed", "fact.created", "call.created"]).count() == 5


def test_taking_the_parts_over_twice_changes_nothing(page):
    site_parts.adopt_parts(page, site_parts.PARTS, by=None)
    before = state()
    assert site_parts.adopt_parts(page, site_parts.PARTS, by=None) == dict.fromkeys(site_parts.PARTS, "kept")
    assert state() == before


def test_only_the_parts_that_were_chosen_are_taken_over(page):
    assert site_parts.adopt_parts(page, ["visits"], by=None) == {"visits": "adopted"}
    assert (site_settings().slogan, Fact.objects.count(), Call.objects.count()) == ("", 0, 0)


def test_counted_visits_are_never_taken_back(page):
    settings = site_settings()
    settings.visits_start = 100_000
    settings.save()
    assert site_parts.adopt_parts(page, ["visits"], by=None) == {"visits": "kept"}
    assert site_settings().visits_start == 100_000


def test_a_fact_that_an_editor_corrected_is_kept(page):
    Fact.objects.create(label="Dân số", as_of="2017", value="20.500")
    site_parts.adopt_parts(page, ["facts"], by=None)
    assert Fact.objects.get(label="Dân số").value == "20.500"
    assert Fact.objects.count() == 2


def test_parts_that_are_not_on_the_page_are_absent(page):
    parsed = parse_file(PAGES / "article_element.html")
    assert site_parts.adopt_parts(parsed, site_parts.PARTS, by=None) == dict.fromkeys(
        site_parts.PARTS, "absent"
    )


def test_who_may_not_change_the_site_may_not_take_its_parts_over(page):
    with pytest.raises(MayNotAdoptError):
        site_parts.adopt_parts(page, ["slogan"], by=editor_of(make_category("Tổ giúp việc"), publish=True))
    assert not Entry.objects.filter(verb="site.changed").exists()


# --- The command -----------------------------------------------------------------------------------


def run(*arguments):
    return CliRunner().invoke(main, ["import-page", *map(str, arguments)])


def test_the_command_prints_what_the_contract_promises(page):
    result = run(PAGES / "van_ban.txt", "--publish", "--adopt", "slogan,poll", "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    article = ArticlePage.objects.get()
    assert (told["id"], told["url"], told["title"], told["created"]) == (
        article.pk,
        article.url,
        article.title,
        True,
    )
    assert (told["category"], told["byline"]) == ("Tổ giúp việc", "Tin, ảnh: Ma Thị Dín")
    assert told["captions"] == page.captions
    assert (told["date"], told["captured_on"]) == (None, "2018-04-03")
    assert told["adopted"] == {"slogan": "adopted", "poll": "adopted"}
    assert {"role": "title", "text": page.title}.items() <= next(
        part for part in told["parts"] if part["role"] == "title"
    ).items()


def test_the_command_said_twice_tells_that_nothing_changed(page):
    run(PAGES / "van_ban.txt")
    result = run(PAGES / "van_ban.txt")
    assert result.exit_code == 0
    assert "không thay đổi gì" in result.stdout
    assert "Trang cũ còn có: khẩu hiệu" in result.stdout


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "trống"),
        (b"%PDF-1.7 \x00\x01", "PDF"),
        (bytes(range(256)) * 8, "không phải là văn bản"),
        (b"x" * (20 * 1024 * 1024), "20 MB"),
        ("Một dòng.".encode(), "Không tìm thấy bài viết"),
    ],
)
def test_a_refused_file_changes_nothing_and_says_why(page, tmp_path, data, says):
    file = tmp_path / "trang.txt"
    file.write_bytes(data)
    before = state()
    result = run(file, "--publish", "--adopt", "all")
    assert result.exit_code == 1
    assert says in result.stderr
    assert result.stdout == ""
    assert state() == before


def test_wrong_use_is_told_apart_from_failure(page, tmp_path):
    assert run(tmp_path / "khong-co.txt").exit_code == 2
    assert run(PAGES / "van_ban.txt", "--adopt", "logo").exit_code == 2


def test_without_a_news_index_the_command_says_what_to_do(page):
    NewsIndexPage.objects.get().delete()
    result = run(PAGES / "van_ban.txt")
    assert result.exit_code == 1
    assert "congdoan setup" in result.stderr


@pytest.mark.seed
def test_the_seed_page_is_imported_with_everything_around_it(seed, client):
    make_site()
    make_category("Ban Tuyên giáo NC")
    result = run(seed / "page.txt", "--publish", "--adopt", "all", "--json")
    told = json.loads(result.stdout)
    assert (told["category"], len(told["captions"]), len(told["parts"])) == ("Ban Tuyên giáo NC", 2, 29)
    assert told["byline"] == "Phương Thúy(LĐLĐ tỉnh)"
    html = client.get(told["url"]).content.decode()
    assert all(caption in html for caption in told["captions"])
    assert site_settings().visits_start == 315_120


# --- The editors' screen ---------------------------------------------------------------------------


def upload(client, data=TEXT, name="van_ban.txt"):
    return client.post(SCREEN, {"file": SimpleUploadedFile(name, data)})


def hidden(response):
    form = response.context["form"]
    return {"packed": form["packed"].value(), "filename": form["filename"].value()}


@pytest.fixture
def category(page):
    return make_category("Tổ giúp việc")


def test_an_editor_sees_what_was_recognised_before_anything_is_made(page, category, client):
    client.force_login(editor_of(category, publish=True))
    assert client.get(SCREEN).status_code == 200

    response = upload(client)
    html = response.content.decode()
    for words in [page.title, page.lead, *page.captions, "Tin, ảnh: Ma Thị Dín", "không muộn hơn 03/04/2018"]:
        assert words in html
    assert "Tạo và xuất bản" in html
    assert response.context["form"]["category"].value() == str(category.pk)
    assert not ArticlePage.objects.exists()


def test_an_editor_makes_a_draft_or_publishes_at_once(page, category, client):
    client.force_login(editor_of(category, publish=True))
    sent = {**hidden(upload(client)), "category": category.pk}
    response = client.post(SCREEN, sent)
    article = ArticlePage.objects.get()
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[article.pk])
    assert not article.live

    other = TEXT.decode().replace("mười bốn người", "hai mươi người").encode()
    client.post(SCREEN, {**hidden(upload(client, other)), "category": category.pk, "publish": "1"})
    assert ArticlePage.objects.live().count() == 1


def test_the_file_of_the_preview_is_the_file_that_is_imported(page, category, client):
    client.force_login(editor_of(category))
    client.post(SCREEN, {**hidden(upload(client)), "category": category.pk})
    assert ArticlePage.objects.get().import_key == page.source_digest


def test_parts_are_offered_to_those_who_may_change_the_site(page, category, client):
    permission = Permission.objects.get(codename="change_sitesettings")
    client.force_login(editor_of(category, permissions=[permission]))
    response = upload(client)
    assert [value for value, _ in response.context["form"].fields["adopt"].choices] == ["slogan", "visits"]
    assert not response.context["form"]["adopt"].value()

    client.post(SCREEN, {**hidden(response), "category": category.pk, "adopt": ["slogan"]})
    assert site_settings().slogan == page.slogan
    assert site_settings().visits_start == 0


def test_parts_are_not_offered_to_others_and_cannot_be_forced(page, category, client):
    client.force_login(editor_of(category))
    response = upload(client)
    assert "adopt" not in response.context["form"].fields
    client.post(SCREEN, {**hidden(response), "category": category.pk, "adopt": ["slogan"]})
    assert site_settings().slogan == ""


def test_who_may_not_publish_is_told_so_and_loses_nothing(page, category, client):
    client.force_login(editor_of(category))
    preview = upload(client)
    assert "Tạo và xuất bản" not in preview.content.decode()
    response = client.post(SCREEN, {**hidden(preview), "category": category.pk, "publish": "1"})
    assert response.status_code == 422
    assert "chưa được quyền xuất bản" in response.content.decode()
    assert hidden(response) == hidden(preview)
    assert not ArticlePage.objects.exists()


def test_a_category_of_others_cannot_be_chosen(page, category, client):
    foreign = make_category("Ban khác")
    client.force_login(editor_of(category, publish=True))
    response = client.post(SCREEN, {**hidden(upload(client)), "category": foreign.pk})
    assert response.status_code == 422
    assert not ArticlePage.objects.exists()


@pytest.mark.parametrize(
    ("data", "says"), [(b"%PDF-1.4 ", "PDF"), ("Một dòng.".encode(), "Không tìm thấy bài viết")]
)
def test_a_file_that_cannot_be_read_says_why_next_to_the_field(page, category, client, data, says):
    client.force_login(editor_of(category))
    response = upload(client, data)
    assert response.status_code == 422
    assert says in response.content.decode()


@pytest.mark.parametrize("packed", ["", "không", "eJw=", "AAAA"])
def test_a_spoiled_hidden_field_asks_for_the_file_again(page, category, client, packed):
    client.force_login(editor_of(category))
    response = client.post(SCREEN, {"packed": packed, "category": category.pk})
    assert (response.status_code, response["Location"]) == (302, SCREEN)


def test_who_may_write_nowhere_does_not_get_in(page, category, client):
    make_article(category)
    client.force_login(editor_of())
    assert client.get(SCREEN).status_code in (302, 403)
    assert upload(client).status_code in (302, 403)
    assert SCREEN not in client.get("/quan-tri/").content.decode()


def test_a_visitor_is_sent_to_sign_in(page, client):
    assert client.get(SCREEN)["Location"].startswith("/dang-nhap/")
