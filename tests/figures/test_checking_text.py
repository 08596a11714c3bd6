"""What in a text does not fit together is told as questions, on the command line and to the editor of a page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from congdoan.config.cli.main import main
from tests.portal.newsroom import SECRET

TEXT = "Cuộc thi diễn ra từ ngày 30/5/2019 đến ngày 10/7/2019. Sau 02 tháng cuộc thi đã kết thúc."


@pytest.mark.seed
def test_the_contradictions_of_the_seed_page_are_told(seed: Path):
    result = CliRunner().invoke(main, ["check-text", str(seed / "page.txt"), "--json"])
    assert result.exit_code == 0
    found = {one["code"]: one for one in json.loads(result.output)}
    assert {"duration.differs", "windows.differ", "cycle.differs", "rate.no_base", "attendances"} <= set(
        found
    )
    assert "42" in found["duration.differs"]["sentence"]
    assert "66,11%" in found["rate.no_base"]["sentence"]


def test_a_text_that_fits_together_asks_nothing(tmp_path: Path):
    file = tmp_path / "bai.txt"
    file.write_text("Có 100 người, trong đó 60 nam và 40 nữ.", encoding="utf-8")
    result = CliRunner().invoke(main, ["check-text", str(file)])
    assert (result.exit_code, "Không thấy" in result.output) == (0, True)


def test_an_editor_has_the_draft_looked_through(newsroom):
    article = newsroom.our_article
    article.body = json.dumps([{"type": "paragraph", "value": f"<p>{TEXT}</p>"}])
    article.save_revision()
    body = newsroom.signed_in(newsroom.editor).get(f"/quan-tri/so-lieu/kiem-tra/{article.pk}/").text
    assert "42 ngày" in body
    edit = newsroom.signed_in(newsroom.editor).get(f"/quan-tri/pages/{article.pk}/edit/").text
    assert f"/quan-tri/so-lieu/kiem-tra/{article.pk}/" in edit


def test_another_departments_draft_is_not_found(newsroom):
    path = f"/quan-tri/so-lieu/kiem-tra/{newsroom.their_draft.pk}/"
    assert SECRET in newsroom.signed_in(newsroom.editor).get(path).text
    answer = newsroom.signed_in(newsroom.department).get(path)
    assert (answer.status_code, SECRET in answer.text) == (404, False)
