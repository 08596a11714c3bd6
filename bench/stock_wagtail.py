"""The peer: a news site as Wagtail's own documentation teaches to build one, with the same article in it.

The project is the one that ``wagtail start`` makes, with DEBUG off, cached templates and manifest static files. Its
article shows what ours shows, in the plain way: menu and breadcrumb from the page tree, a StreamField, two pictures
through ``{% image %}``, tags, and six other articles. Nothing is cached by page; that is what is compared.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from bench.processes import free_port, running

ADDRESS = "/news/article/"

_MODELS = """
from django.db import models
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page


class HomePage(Page):
    pass


class NewsIndexPage(Page):
    pass


class ArticleTag(TaggedItemBase):
    content_object = ParentalKey("ArticlePage", on_delete=models.CASCADE, related_name="tagged_items")


class ArticlePage(Page):
    lead = models.TextField()
    date = models.DateField(auto_now_add=True)
    tags = ClusterTaggableManager(through=ArticleTag, blank=True)
    body = StreamField([("paragraph", blocks.RichTextBlock()), ("image", ImageChooserBlock())])

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["others"] = ArticlePage.objects.live().sibling_of(self, inclusive=False).order_by("-date")[:6]
        return context
"""
_TEMPLATE = """
{% extends "base.html" %}
{% load wagtailcore_tags wagtailimages_tags %}
{% block content %}
{% wagtail_site as site %}
<nav>{% for item in site.root_page.get_children.live.in_menu %}<a href="{% pageurl item %}">{{ item.title }}</a>
{% for child in item.get_children.live.in_menu %}<a href="{% pageurl child %}">{{ child.title }}</a>{% endfor %}{% endfor %}</nav>
<nav>{% for above in page.get_ancestors %}{% if not above.is_root %}<a href="{% pageurl above %}">{{ above.title }}</a>{% endif %}{% endfor %}</nav>
<h1>{{ page.title }}</h1><p>{{ page.date }}</p><p>{{ page.lead }}</p>
{% for block in page.body %}
{% if block.block_type == "image" %}<figure>{% image block.value width-800 %}<figcaption>{{ block.value.title }}</figcaption></figure>
{% else %}{% include_block block %}{% endif %}
{% endfor %}
<ul>{% for tag in page.tags.all %}<li>{{ tag }}</li>{% endfor %}</ul>
<ul>{% for other in others %}<li><a href="{% pageurl other %}">{{ other.title }}</a> {{ other.date }}</li>{% endfor %}</ul>
{% endblock %}
"""
_FILL = """
import io, json, sys
import django
django.setup()
from django.core.files.images import ImageFile
from PIL import Image as Picture
from wagtail.images import get_image_model
from wagtail.models import Site
from home.models import ArticlePage, NewsIndexPage

article = json.load(sys.stdin)
home = Site.objects.get(is_default_site=True).root_page
for title in ("About", "Documents", "Albums", "Bulletin", "Links", "Contact"):
    home.add_child(instance=NewsIndexPage(title=title, show_in_menus=True))
news = home.add_child(instance=NewsIndexPage(title="News", slug="news", show_in_menus=True))
pictures = []
for name in ("first", "second"):
    file = io.BytesIO()
    Picture.new("RGB", (1200, 800), "navy").save(file, "JPEG")
    pictures.append(get_image_model().objects.create(title=name, file=ImageFile(file, name=name + ".jpg")))
body = [("paragraph", f"<p>{text}</p>") for text in article["paragraphs"]]
body[1:1] = [("image", pictures[0])]
body[4:4] = [("image", pictures[1])]
for number in range(60):
    page = ArticlePage(title=f"Article {number}", lead="Lead", body=body)
    news.add_child(instance=page)
page = ArticlePage(title=article["title"], slug="article", lead=article["title"], body=body)
news.add_child(instance=page)
page.tags.add("union", "women", "law")
page.save()
page.save_revision().publish()

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
client = Client(headers={"host": "localhost"})
client.get("/news/article/")
with CaptureQueriesContext(connection) as queries:
    answer = client.get("/news/article/")
print(json.dumps({"status": answer.status_code, "queries": len(queries), "bytes": len(answer.content)}))
"""
_SETTINGS = """
from .base import *
DEBUG = False
SECRET_KEY = "only-for-a-benchmark"
ALLOWED_HOSTS = ["*"]
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
LOGGING = {"version": 1}
"""
_SERVE = """
import sys
from congdoan.config.serving import granian_options
from granian.server import Server
Server(**{**granian_options(host="127.0.0.1", port=int(sys.argv[1]), workers=1), "target": "stock.wsgi:application"}).serve()
"""


class StockWagtail:
    """The generated project."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "stock"
        self.log = folder / "stock.log"
        self.described: dict[str, Any] = {}

    def build(self, article: dict[str, Any]) -> None:
        """Generate the project and put ``article`` and sixty others into it."""
        self.folder.mkdir()
        self._run(str(Path(sys.executable).with_name("wagtail")), "start", "stock", str(self.folder), env={})
        (self.folder / "home" / "models.py").write_text(_MODELS)
        template = self.folder / "home" / "templates" / "home" / "article_page.html"
        template.write_text(_TEMPLATE)
        (self.folder / "stock" / "settings" / "bench.py").write_text(_SETTINGS)
        (self.folder / "fill.py").write_text(_FILL)
        (self.folder / "serve.py").write_text(_SERVE)
        for command in (["makemigrations"], ["migrate"], ["collectstatic", "--noinput"]):
            self._run(sys.executable, "manage.py", *command)
        self.described = json.loads(self._run(sys.executable, "fill.py", given=json.dumps(article)))

    def server(self) -> tuple[str, AbstractContextManager[int]]:
        """Return its address and the context in which it runs, on the servers' core."""
        port = free_port()
        base = f"http://127.0.0.1:{port}"
        command = [sys.executable, "serve.py", str(port)]
        return base, running(command, url=base + ADDRESS, log=self.log, env=self._env, cwd=self.folder)

    @property
    def _env(self) -> dict[str, str]:
        return {"DJANGO_SETTINGS_MODULE": "stock.settings.bench", "PYTHONPATH": str(self.folder)}

    def _run(self, *command: str, given: str = "", env: dict[str, str] | None = None) -> str:
        with self.log.open("a") as log:
            return subprocess.run(
                command,
                cwd=self.folder,
                env={**os.environ, **(self._env if env is None else env)},
                input=given,
                text=True,
                stdout=subprocess.PIPE,
                stderr=log,
                check=True,
            ).stdout
