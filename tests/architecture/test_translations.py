"""Every sentence has its English; and the check that says so can fail."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

PROJECT = Path(__file__).resolve().parents[2]

Site = Callable[[str, str], list[str]]
"""Takes a template and a catalogue's entries; returns what the check says about them."""


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations", PROJECT / "tools" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


translations = _load()


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    source = tmp_path / "src"
    catalogue = source / "locale" / "en" / "LC_MESSAGES" / "django.po"
    monkeypatch.setattr(translations, "PROJECT", tmp_path)
    monkeypatch.setattr(translations, "SOURCE", source)
    monkeypatch.setattr(translations, "CATALOGUE", catalogue)
    monkeypatch.setattr(translations, "COMPILED", catalogue.with_suffix(".mo"))

    def check(template: str, entries: str) -> list[str]:
        page = source / "news" / "templates" / "news" / "page.html"
        page.parent.mkdir(parents=True)
        page.write_text(template, encoding="utf-8")
        catalogue.parent.mkdir(parents=True)
        catalogue.write_text(entries, encoding="utf-8")
        translations.COMPILED.write_bytes(translations.compile_catalogue())
        return list(translations.faults())

    return check


HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'


def test_every_sentence_of_the_product_has_its_english() -> None:
    assert list(translations.faults()) == []


def test_a_page_whose_sentence_has_its_english_passes(site: Site) -> None:
    template = '{% load i18n %}<h1 title="{% translate "Chưa có ảnh" %}">{{ name }}</h1>{# Ghi chú #}'

    assert site(template, HEAD + 'msgid "Chưa có ảnh"\nmsgstr "No photos yet"\n') == []


def test_vietnamese_that_nobody_marked_is_found_in_a_template(site: Site) -> None:
    (fault,) = site("{% load i18n %}\n<p>Chưa có ảnh</p>", HEAD)

    assert fault == "news/templates/news/page.html:2: not marked for translation: <p>Chưa có ảnh</p>"


def test_vietnamese_that_nobody_marked_is_found_in_code_but_not_in_what_explains_it(
    site: Site, tmp_path: Path
) -> None:
    code = tmp_path / "src" / "news" / "views.py"
    code.parent.mkdir(parents=True)
    code.write_text('"""Tin tức."""\n\n# Lời chào\nTITLE = "Chưa có ảnh"\n', encoding="utf-8")

    (fault,) = site("", HEAD)

    assert fault == "news/views.py:4: not marked for translation: 'Chưa có ảnh'"


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("", "not in the catalogue"),
        ('msgid "Còn %(n)s ảnh"\nmsgstr ""\n', "without English"),
        ('#, fuzzy\nmsgid "Còn %(n)s ảnh"\nmsgstr "%(n)s photos left"\n', "without English"),
        ('msgid "Còn %(n)s ảnh"\nmsgstr "%(number)s photos left"\n', "placeholders differ"),
        ('msgid "Còn %(n)s ảnh"\nmsgstr "Some photos left"\n', "placeholders differ"),
    ],
    ids=["nowhere", "empty", "fuzzy", "another placeholder", "no placeholder"],
)
def test_a_sentence_without_good_english_is_found(site: Site, entry: str, said: str) -> None:
    template = "{% load i18n %}{% blocktranslate %}Còn {{ n }} ảnh{% endblocktranslate %}"

    (fault,) = site(template, HEAD + entry)

    assert fault.startswith(said)


def test_a_missing_form_of_a_plural_is_found(site: Site) -> None:
    template = "{% load i18n %}{% blocktranslate count n=n %}{{ n }} ảnh{% plural %}{{ n }} ảnh{% endblocktranslate %}"
    entry = 'msgid "%(n)s ảnh"\nmsgid_plural "%(n)s ảnh"\nmsgstr[0] "%(n)s photo"\nmsgstr[1] ""\n'

    (fault,) = site(template, HEAD + entry)

    assert fault.startswith("without English")


def test_english_that_no_sentence_asks_for_any_more_is_found(site: Site) -> None:
    (fault,) = site("", HEAD + 'msgid "Chưa có ảnh"\nmsgstr "No photos yet"\n')

    assert "nowhere in the source" in fault


def test_a_catalogue_newer_than_what_the_product_reads_is_found(site: Site) -> None:
    entries = HEAD + 'msgid "Chưa có ảnh"\nmsgstr "No photos yet"\n'
    assert site('{% load i18n %}{% translate "Chưa có ảnh" %}', entries) == []

    translations.CATALOGUE.write_text(entries.replace("No photos", "No pictures"), encoding="utf-8")

    (fault,) = translations.faults()
    assert "older than the catalogue" in fault
