"""Objects for tests, without surprises: what is not said is plain."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import factory
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image
from wagtail.models import Locale, Page, Site

from congdoan.accounts.models import User
from congdoan.documents.models import Document, DocumentKind
from congdoan.media.models import File, Picture
from congdoan.portal.models import ArticlePage, CategoryPage, HomePage, NewsIndexPage


def picture_file(
    name: str = "ruong-bac-thang.jpg", *, size: tuple[int, int] = (1200, 800), exif: Image.Exif | None = None
) -> ContentFile:
    """Return an upload: a JPEG in one colour."""
    output = BytesIO()
    Image.new("RGB", size, "#2f6f4f").save(output, "JPEG", **({"exif": exif} if exif else {}))
    return ContentFile(output.getvalue(), name=name)


class UserFactory(factory.django.DjangoModelFactory):
    """A person who may sign in, with no rights."""

    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"nguoi-dung-{n}")
    last_name = "Lý Thị"
    first_name = "Mẩy"
    password = factory.django.Password("mat-khau-du-dai")


class PictureFactory(factory.django.DjangoModelFactory):
    """A picture with alternative text."""

    class Meta:
        model = Picture

    title = "Ruộng bậc thang"
    description = "Ruộng bậc thang mùa lúa chín"
    file = factory.LazyFunction(picture_file)


class FileFactory(factory.django.DjangoModelFactory):
    """A small PDF."""

    class Meta:
        model = File

    title = "Kế hoạch"
    file = factory.LazyFunction(lambda: ContentFile(b"%PDF-1.4\n%%EOF\n", name="ke-hoach.pdf"))


class DocumentKindFactory(factory.django.DjangoModelFactory):
    """A kind of document."""

    class Meta:
        model = DocumentKind
        django_get_or_create = ("code",)

    code = "plan"
    name = "Kế hoạch"
    name_en = "Plan"
    abbreviation = "KH"


class DocumentFactory(factory.django.DjangoModelFactory):
    """A public document of the federation."""

    class Meta:
        model = Document

    title = factory.Sequence(lambda n: f"Kế hoạch tuyên truyền pháp luật đợt {n}")
    slug = factory.Sequence(lambda n: f"ke-hoach-{n}")
    kind = factory.SubFactory(DocumentKindFactory)
    symbol = factory.Sequence(lambda n: f"{n:02d}/KH-LĐLĐ")
    issuer = "Liên đoàn Lao động tỉnh Lào Cai"
    issued_on = factory.LazyFunction(timezone.localdate)


def make_site() -> HomePage:
    """Return the front page of an empty site, with its news index below."""
    # A transactional test leaves empty tables, without what Wagtail's migrations put there.
    Locale.objects.get_or_create(language_code="vi")
    root = Page.get_first_root_node()
    if root is None:
        root = Page.add_root(title="Root", slug="root")
    home = HomePage.objects.first()
    if home is None:
        for page in root.get_children():
            page.delete()
        root = Page.objects.get(pk=root.pk)
        home = root.add_child(instance=HomePage(title="Trang chủ", title_en="Home", slug="trang-chu"))
        Site.objects.all().delete()
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
        home.add_child(instance=NewsIndexPage(title="Tin tức", title_en="News", slug="tin-tuc"))
        home = HomePage.objects.get(pk=home.pk)
    return home


def make_category(title: str = "Hoạt động công đoàn", parent: Any = None, **fields: Any) -> CategoryPage:
    """Return a category below ``parent`` (the news index when nothing is said)."""
    make_site()
    above = parent or NewsIndexPage.objects.get()
    category: CategoryPage = above.add_child(instance=CategoryPage(title=title, **fields))
    return category


def make_article(category: CategoryPage | None = None, *, publish: bool = True, **fields: Any) -> ArticlePage:
    """Return an article in ``category``, published unless said otherwise."""
    category = category or CategoryPage.objects.first() or make_category()
    fields.setdefault("title", "Công đoàn cơ sở tổ chức đối thoại")
    tags = fields.pop("tags", [])
    article: ArticlePage = category.add_child(instance=ArticlePage(live=False, **fields))
    if tags:
        article.tags.add(*tags)
        article.save()
    if publish:
        article.save_revision().publish()
        article.refresh_from_db()
    return article
