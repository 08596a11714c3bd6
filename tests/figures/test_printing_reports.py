"""A report page becomes a document: letterhead of its day, numbered figures, an annex; drafts only for those who may see them."""

from __future__ import annotations

import io
import json
from datetime import date

import docx
import pytest
from click.testing import CliRunner

from congdoan.config.cli.main import main
from congdoan.figures.engine.specs import Form, Spec
from congdoan.figures.exports import files
from congdoan.figures.exports.documents import document_of
from congdoan.figures.models import PublishedFigure
from congdoan.figures.queries.printing import printable, rescoped
from congdoan.organisation.models import Unit
from congdoan.printing import FigureRun, Figures, Heading, Items, Link, Paragraph, Quote, Table, Text
from tests.factories import DocumentFactory, UserFactory, make_article, make_site
from tests.figures.test_report_pages import NEXT, QUARTER, SECRET, editor_of, embed, union  # noqa: F401

pytestmark = pytest.mark.django_db

TABLE = {
    "columns": [{"type": "text", "heading": "Huyện"}, {"type": "number", "heading": "Số"}],
    "rows": [{"values": ["Bắc Hà", "12"]}],
    "caption": "Bảng một",
}


@pytest.fixture
def article(union):  # noqa: F811
    make_site()
    figure = embed(Spec("f", form=Form.UNIT))
    rich = (
        f"<p>Có <b>nhiều</b> hơn: <b>{figure}</b> và <i>vui</i>.</p><ul><li>Một {figure}</li><li>Hai</li></ul>"
        '<p>Xem <a href="https://example.org/a">ở đây</a>.</p><p></p>'
    )
    body = [
        {"type": "heading", "value": "Kết quả"},
        {"type": "paragraph", "value": rich},
        {"type": "quote", "value": {"text": "Nghe cho hết câu.", "attribution": "Một chủ tịch"}},
        {"type": "table", "value": {"table": TABLE}},
        {"type": "paragraph", "value": f"<p>Quý sau: {embed(Spec('f', unit='P2', window=NEXT))}.</p>"},
    ]
    return make_article(
        title="Quý bốn",
        slug="quy-bon",
        lead="Lời đầu.",
        body=json.dumps(body),
        report_unit=Unit.objects.get(code="P1"),
        report_from=QUARTER.start,
        report_to=QUARTER.end,
        report_symbol="05/BC-LĐLĐ",
        report_place="Lào Cai",
        report_signed_on=date(2014, 1, 5),
        report_capacity="TM. BAN THƯỜNG VỤ",
        report_signer_title="CHỦ TỊCH",
        report_signer="Vàng Thị Mỷ",
        report_recipients="- Như trên;\nLưu: VT",
        report_programme=DocumentFactory(symbol="993/CTr-LĐLĐ"),
    )


def test_a_page_becomes_blocks_with_numbered_figures(article):
    document = document_of(printable(article))
    (figure,) = PublishedFigure.objects.all()
    assert document.kind == "Báo cáo"
    assert document.letterhead.superior == Unit.objects.get(code="VN").code
    assert document.letterhead.day == date(2014, 1, 5)
    assert document.recipients.names == ("Như trên",)
    assert "993/CTr-LĐLĐ" in document.grounds[0]
    lead, heading, text, items, link, quote, table, later = document.body
    assert lead == Paragraph("Lời đầu.")
    assert heading == Heading(1, "Kết quả")
    run = FigureRun("12.076", 1, figure.get_absolute_url(), bold=True)
    assert text.words == (
        *(Text("Có "), Text("nhiều", bold=True), Text(" hơn: "), run, Text(" và "), Text("vui", italic=True)),
        Text("."),
    )
    assert isinstance(items, Items)
    assert [len(item) for item in items.items] == [2, 1]
    assert Link("ở đây", "https://example.org/a") in link.words
    assert quote == Quote("“Nghe cho hết câu.” (Một chủ tịch)")
    assert isinstance(table, Table)
    assert (table.caption, table.numeric, table.rows) == ("Bảng một", frozenset({1}), (("Bắc Hà", "12"),))
    assert later.words[1] == FigureRun("…", 2, "")


def test_the_annex_explains_each_figure_and_says_what_is_missing(article):
    (annex,) = document_of(printable(article)).annexes
    table, note = annex.blocks
    assert isinstance(table, Figures)
    first, second = table.rows
    assert (first.value, first.coverage, first.window) == ("12.076", "1 / 5", "01/10/2013 – 31/12/2013")
    assert first.address.startswith("/so-lieu/")
    assert (second.value, second.address, second.source) == ("…", "", "chưa có số liệu")
    assert "không có nghĩa là bằng không" in note.words


@pytest.mark.parametrize("ending", files.TYPES)
def test_readers_get_the_file_and_it_is_made_once(client, article, ending, monkeypatch):
    made = []
    write = files.write
    monkeypatch.setattr(files, "write", lambda *given: made.append(1) or write(*given))
    first = client.get(f"/bao-cao/{article.pk}.{ending}")
    assert first.status_code == 200
    assert first["Content-Type"] == files.TYPES[ending]
    assert client.get(f"/bao-cao/{article.pk}.{ending}?x=1").content == first.content
    assert made == [1]
    article.title = "Quý bốn, bản sửa"
    article.save_revision().publish()
    assert client.get(f"/bao-cao/{article.pk}.{ending}").content != first.content
    assert made == [1, 1]


def test_a_draft_is_printed_only_for_those_who_may_edit_it(client, article):
    article.title = SECRET
    article.save_revision()
    fresh = make_article(
        article.get_parent(),
        publish=False,
        title=SECRET,
        body=article.body,
        report_unit=article.report_unit,
        report_from=QUARTER.start,
        report_to=QUARTER.end,
    )
    paths = (f"/bao-cao/{article.pk}.html?ban-nhap=1", f"/bao-cao/{fresh.pk}.html")
    assert SECRET not in client.get(f"/bao-cao/{article.pk}.html").text
    for stranger in (None, UserFactory(), editor_of()):
        client.logout()
        if stranger:
            client.force_login(stranger)
        for path in paths:
            response = client.get(path)
            assert response.status_code == 404
            assert SECRET not in response.text
    client.force_login(editor_of(article.get_parent()))
    for path in paths:
        said = client.get(path)
        assert SECRET in said.text
        assert "chưa công bố" in said.text
        assert "/so-lieu/" not in said.text
        assert "no-store" in said["Cache-Control"]


def test_an_article_that_is_no_report_has_no_files_and_no_buttons(client, article):
    plain = make_article(article.get_parent(), title="Tin thường", slug="tin-thuong")
    assert client.get(f"/bao-cao/{plain.pk}.pdf").status_code == 404
    assert client.get(f"/bao-cao/{article.get_parent().pk}.pdf").status_code == 404
    assert "/bao-cao/" not in client.get(plain.url).text
    assert f"/bao-cao/{article.pk}.pdf" in client.get(article.url).text


def test_paper_shows_what_was_published_and_another_scope_what_is_reported(article):
    assert [one.shown.url != "" for one in printable(article).entries if one.shown] == [True]
    other = printable(rescoped(article, Unit.objects.get(code="VN"), QUARTER))
    assert other.superior == ""
    assert [(one.shown.value, one.shown.url) for one in other.entries if one.shown] == [(12076, "")]
    assert other.page.report_symbol == ""
    assert article.report_symbol == "05/BC-LĐLĐ"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.delenv("CONGDOAN_LANG", raising=False)

    def run(*words, name="a.docx"):
        output = tmp_path / name
        return CliRunner().invoke(main, ["print-report", *map(str, words), "-o", str(output)]), output

    return run


def test_the_command_prints_a_page_by_number_slug_and_path(run, article):
    for name in (article.pk, "quy-bon", article.url):
        result, output = run(name)
        assert result.exit_code == 0, result.output
        text = "".join(docx.Document(io.BytesIO(output.read_bytes())).element.body.itertext())
        assert "12.076" in text
        assert "Số: 05/BC-LĐLĐ" in text


def test_the_command_says_which_figures_another_unit_lacks(run, article):
    options = ("--unit", "p2", "--from", "2014-01-01", "--to", "31/03/2014")
    result, output = run("quy-bon", *options, name="a.html")
    assert result.exit_code == 0, result.output
    assert "2014-01-01..2014-03-31" in result.stderr
    assert "12.076" not in output.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "name", "code"),
    [
        (("khong-co",), "a.pdf", 1),
        (("quy-bon", "--unit", "KHONG"), "a.pdf", 1),
        (("quy-bon", "--from", "2014-02-01", "--to", "2014-01-01"), "a.pdf", 2),
        (("quy-bon", "--from", "hôm qua"), "a.pdf", 2),
        (("quy-bon",), "a.txt", 2),
        (("quy-bon",), "khong-co/a.pdf", 1),
    ],
)
def test_the_command_refuses_with_a_sentence(run, article, words, name, code):
    result, output = run(*words, name=name)
    assert result.exit_code == code
    assert result.stderr.strip()
    assert "Traceback" not in result.output
    assert not output.exists()
