"""The demonstration's report page states the published figures, on screen and on paper, for others too, and for good."""

from __future__ import annotations

import io
import json
import re
import time
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import docx
import pypdfium2
import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from congdoan.documents.actions import load_kinds
from congdoan.figures import wording
from congdoan.figures.actions.copying import copy_report, plan
from congdoan.figures.actions.freezing import digest_of
from congdoan.figures.engine.windows import Window
from congdoan.figures.exports import files
from congdoan.figures.models import PageFigure, PublishedFigure
from congdoan.figures.queries.printing import printable
from congdoan.figures.queries.replaying import replay
from congdoan.figures.queries.showing import Shown
from congdoan.ops.demo import report_page
from congdoan.ops.demo.articles import read
from congdoan.organisation.actions import reorganisations
from congdoan.organisation.models import Reorganisation, Unit
from congdoan.organisation.rights import Role
from congdoan.reporting.engine.values import unscaled
from tests.conftest import seed_dir
from tests.factories import DocumentFactory, UserFactory, make_category, make_site
from tests.factories_organisation import acting
from tests.ops.test_demo_reporting import END, _cell, _window

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

STATED = (
    *(f"F{number:03}" for number in (*range(7, 14), *range(15, 20), 21, 22, *range(24, 32), 33, 34)),
    *(f"F{number:03}" for number in (*range(36, 40), *range(42, 45), *range(46, 60), 62)),
)
MEASURES = {
    "persons": {"người", "bằng"},
    "grassroots unions": {"công đoàn cơ sở"},
    "%": {""},
    "percentage points": {"điểm phần trăm"},
    "sessions": {"buổi"},
    "attendances": {"lượt người"},
    "copies": {"cuốn"},
    "events": {"cuộc"},
    "questions": {"ý kiến"},
    "topics": {"đề tài"},
    "editions": {"kỳ"},
    "initiatives": {"sáng kiến"},
    "VND": {"đồng"},
    "units": {"đơn vị", "cờ"},
    "recipients": {"bằng khen"},
    "collectives": {"cờ"},
    "entries": {"bài"},
    "photos": {"ảnh"},
    "followers": {"người theo dõi"},
    "likes": {"lượt thích"},
    "people reached": {"người tiếp cận"},
    "interactions": {"lượt tương tác"},
    "features": {"chuyên mục"},
    "items": {"tin, bài, ảnh"},
}
PROVINCES_OWN = (
    *("award.", "contest.", "media.", "social.", "party."),
    *("innovation.experience.count", "training.skills.target_gap"),
)
"""What no district reports: the province's awards, contests and channels, its target, and what is not public."""


def _number(shown: Shown) -> str:
    """Return the number as the text prints it: money with its word of magnitude."""
    if shown.indicator.is_money:
        return wording.with_unit(shown).removesuffix(" đồng")
    return wording.number(shown)


@pytest.fixture(scope="module")
def report(demo: float) -> Iterator[Any]:
    """The published page; how it comes into ``setup --demo``."""
    with transaction.atomic():
        make_site()
        load_kinds()
        DocumentFactory(symbol="993/CTr-LĐLĐ", title="Chương trình hành động về công tác dân vận")
        author = UserFactory(username="bien-tap", is_superuser=True)
        started = time.monotonic()
        page = report_page.load(make_category(), author=author, approver=author)
        print(f"the page was loaded in {time.monotonic() - started:.2f} s")  # noqa: T201
        yield page
        transaction.set_rollback(True)


def _seed() -> list[Any]:
    try:
        figures = json.loads((seed_dir() / "figures.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return [pytest.param({"id": "none"}, id="none")]
    return [pytest.param(figure, id=figure["id"]) for figure in figures if figure["id"] in STATED]


def _words(text: str) -> str:
    return " ".join(re.sub(r"[\u200b\u00ad]", "", text).split())


def _pdf_text(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return _words(" ".join(page.get_textpage().get_text_range() for page in document))


def _docx_text(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    return _words(" ".join("".join(node.itertext()) for node in document.element.body))


@pytest.mark.seed
def test_the_page_has_words_of_its_own():
    def words(text: str) -> list[str]:
        return re.findall(r"\w+", text.casefold())

    theirs = words((seed_dir() / "page.txt").read_text(encoding="utf-8"))
    runs = {tuple(theirs[at : at + 8]) for at in range(len(theirs) - 7)}
    entry = read(report_page.FILE)
    ours = words(" ".join((entry["title"], entry["lead"], re.sub(r"\[\[[^\]]+\]\]", "§", entry["body"]))))
    assert len(ours) > 400
    assert not {tuple(ours[at : at + 8]) for at in range(len(ours) - 7)} & runs


@pytest.mark.seed
@pytest.mark.parametrize("figure", _seed())
def test_the_page_states_a_published_figure_with_its_value_measure_and_days(report, figure):
    start, end = _window(figure)
    rows = PageFigure.objects.filter(
        page=report.pk,
        is_shown=True,
        figure__indicator__code=figure["indicator_code"],
        figure__cell=_cell(figure),
        figure__unit__code="LC",
        figure__basis="as-was",
    )
    found = rows.get().figure
    value = None if figure["value"] is None else Decimal(str(figure["value"]))
    stated = None if found.value is None else Decimal(unscaled(found.value, found.decimals))
    assert stated == value
    assert (found.low, found.high) == (figure["value_min"], figure["value_max"])
    assert wording.measure(Shown.frozen(found)) in MEASURES[figure["unit"]]
    assert found.end == end
    # A stock speaks of the last day of the page's window; everything else of all its days.
    assert found.start == start or start == end == END
    if figure["id"] in ("F046", "F047", "F048", "F049"):
        assert (found.origin, bool(found.source), bool(found.source_on)) == ("outside", True, True)
    if figure["id"] == "F011":
        assert found.origin == "tree"


def test_every_figure_is_computed_and_none_was_written_by_hand(report):
    origins = dict(
        PageFigure.objects.filter(page=report.pk).values_list("figure__indicator__code", "figure__origin")
    )
    assert "paper" not in origins.values()
    assert (origins["party.introduced"], origins["party.admitted"]) == ("reports", "reports")
    for figure in PublishedFigure.objects.filter(pages__page=report.pk, indicator__code__startswith="party."):
        assert figure.reported > 20_000
        assert figure.reported + figure.inapplicable >= figure.expected
        assert figure.indicator.is_sensitive


def test_readers_of_a_total_of_what_is_sensitive_get_nothing_finer(report, client):
    figure = PublishedFigure.objects.get(pages__page=report.pk, indicator__code="party.introduced")
    page = client.get(f"/so-lieu/{figure.pk}/")
    assert page.status_code == 200
    assert "<b>12.512</b>" in page.text
    assert "LC-SP" not in page.text
    assert client.get(f"/api/v1/figures/{figure.pk}/sources").json()["items"] == []


def test_the_page_states_nothing_else(report):
    assert PageFigure.objects.filter(page=report.pk).count() == len(STATED)
    assert not printable(report).without_data


def test_paper_says_every_figure_and_who_signs(report):
    whole = printable(report)
    assert whole.superior == "Tổng Liên đoàn Lao động Việt Nam"
    said = [_number(entry.shown) for entry in whole.entries if entry.shown]
    assert len(said) == len(STATED)
    times = {}
    for ending, text_of in (("pdf", _pdf_text), ("docx", _docx_text)):
        started = time.monotonic()
        content = files.write(whole, ending)
        times[ending] = time.monotonic() - started
        text = text_of(content)
        assert not [words for words in said if words not in text], ending
        for words in ("Số: 05/BC-LĐLĐ", "Lào Cai, ngày 14 tháng 10 năm 2019", "993/CTr-LĐLĐ", "Lưu: VT"):
            assert words in text, ending
        assert report.report_signer
        assert report.report_signer in text
    print(f"printed: {times}")  # noqa: T201
    assert max(times.values()) < 5


def test_readers_see_every_figure_in_few_queries(report, client):
    client.get(report.url)
    cache.clear()
    started = time.monotonic()
    with CaptureQueriesContext(connection) as queries:
        response = client.get(report.url, headers={"cookie": "x=1"})
    print(f"page: {time.monotonic() - started:.3f} s, {len(queries)} queries")  # noqa: T201
    text = response.text
    figures = PublishedFigure.objects.filter(pages__page=report.pk)
    assert not [one.pk for one in figures if f'href="/so-lieu/{one.pk}/"' not in text]
    assert f'href="/bao-cao/{report.pk}.pdf"' in text
    assert len(queries) <= 30


@pytest.mark.parametrize(
    ("code", "window"),
    [
        ("LC-SP", Window(*_window({"period": None}))),
        ("LC", Window.parse("2018-01-01..2018-12-31")),
        ("LC-SP", Window.parse("2018-01-01..2018-12-31")),
    ],
)
def test_the_same_text_is_complete_for_a_district_and_for_one_year(report, code, window):
    (planned,) = plan(report, [Unit.objects.get(code=code)], window)
    missing = {entry.asked.indicator for entry in planned.printable.without_data}
    assert missing
    assert not [one for one in missing if not one.startswith(PROVINCES_OWN)]
    if code == "LC":
        assert not [one for one in missing if one.startswith(("award.", "media.", "contest.photo"))]
        assert planned.title == "Liên đoàn Lao động tỉnh Lào Cai: một năm làm công tác dân vận, 2018"
    else:
        assert "Lào Cai:" not in planned.title
    whole = planned.printable
    why = {entry.asked.indicator: entry.why_missing for entry in whole.without_data}
    if code == "LC":
        assert not {"party.introduced", "party.admitted"} & set(why)
    else:
        assert why["party.introduced"] == why["party.admitted"] == "chỉ công bố ở mức toàn tỉnh"
    text = _docx_text(files.write(whole, "docx"))
    said = [_number(entry.shown) for entry in whole.entries if entry.shown]
    assert len(said) == len(STATED) - len(whole.without_data)
    assert not [words for words in said if words not in text]


def test_a_copy_is_a_draft_that_nobody_else_sees(report, client):
    editor = UserFactory(is_superuser=True)
    planned = plan(report, [Unit.objects.get(code="LC-SP")], Window(report.report_from, report.report_to))
    (copied,) = copy_report(report, planned, report.get_parent(), titles={}, by=editor)
    assert not copied.live
    assert copied.report_unit.code == "LC-SP"
    assert (copied.report_symbol, copied.report_signer, copied.report_signed_on) == ("", "", None)
    assert not PageFigure.objects.filter(page=copied.pk).exists()
    assert client.get(f"/bao-cao/{copied.pk}.html").status_code == 404
    client.force_login(editor)
    said = client.get(f"/bao-cao/{copied.pk}.html").text
    assert "chưa công bố" in said
    assert "/so-lieu/" not in said


def test_the_reorganisation_of_2025_changes_nothing_that_was_published(report):
    kept = list(PublishedFigure.objects.filter(pages__page=report.pk).order_by("pk").values())
    before = _pdf_text(files.write(printable(report), "pdf"))
    prepared = Reorganisation.objects.get()
    by = acting(Role.ADMIN, Unit.objects.get(code="VN"))
    reorganisations.check(prepared.pk, by=by)
    reorganisations.carry_out(prepared.pk, by=by)
    assert Unit.objects.get(code="LC").ended_on is not None

    page = type(report).objects.get(pk=report.pk)
    figures = PublishedFigure.objects.filter(pages__page=report.pk).select_related("indicator", "unit")
    assert list(figures.order_by("pk").values()) == kept
    outcomes = list(replay(figures, digest_of))
    assert len(outcomes) == len(STATED)
    assert not [one for one in outcomes if one.fault]
    assert _pdf_text(files.write(printable(page), "pdf")) == before
