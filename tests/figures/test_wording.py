"""Figures in words, in the forms that a sentence gives them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation

from congdoan.figures import wording
from congdoan.figures.engine.specs import Form, Shift
from congdoan.figures.queries.showing import Shown
from congdoan.reporting.models import Indicator, IndicatorVersion

COUNT = Indicator(code="law.sessions", kind="flow")
RATE = Indicator(code="skills", kind="rate", decimals=2)
GAP = Indicator(code="skills.gap", kind="gap", decimals=2)
MONEY = Indicator(code="benefit", kind="flow", is_money=True)
SESSIONS = IndicatorVersion(measure_unit="buổi", measure_unit_en="sessions")


def shown(value, indicator=COUNT, target=None, low=None, high=None):
    meaning = SESSIONS if indicator is COUNT else None
    return Shown(indicator, meaning, value, low, high, 1280, 1289, target)


@pytest.mark.parametrize(
    ("found", "form", "words"),
    [
        ([shown(12076)], Form.NUMBER, "12.076"),
        ([shown(12076)], Form.UNIT, "12.076 buổi"),
        ([shown(0)], Form.UNIT, "0 buổi"),
        ([shown(None)], Form.UNIT, "buổi"),
        ([shown(None, low=100, high=999)], Form.NUMBER, "từ 100 đến 999"),
        (
            [shown(Decimal("66.11"), RATE, 60)],
            Form.TARGET,
            "66,11%, vượt 6,11 điểm phần trăm so với chỉ tiêu",
        ),
        ([shown(Decimal(50), RATE, 60)], Form.TARGET, "50%, thấp hơn 10 điểm phần trăm so với chỉ tiêu"),
        ([shown(Decimal("6.11"), GAP, 60)], Form.TARGET, "6,11 điểm phần trăm"),
        ([shown(120, target=100)], Form.TARGET, "120 buổi, vượt 20% so với chỉ tiêu"),
        ([shown(100, target=100)], Form.TARGET, "100 buổi, bằng chỉ tiêu"),
        ([shown(55_294_000_000, MONEY)], Form.UNIT, "55,294 tỷ đồng"),
        ([shown(55_294_000_001, MONEY)], Form.UNIT, "55.294.000.001 đồng"),
        ([shown(105), shown(100)], Form.CHANGE, "tăng 5% so với kỳ trước"),
        ([shown(95), shown(100)], Form.CHANGE, "giảm 5% so với kỳ trước"),
        ([shown(100), shown(100)], Form.CHANGE, "không đổi so với kỳ trước"),
        ([shown(7), shown(0)], Form.CHANGE, "tăng 7 buổi so với kỳ trước"),
        ([shown(7), None], Form.CHANGE, ""),
        ([shown(7), shown(9)], Form.CHANGE_WORD, "giảm"),
        (
            [shown(Decimal("66.5"), RATE), shown(Decimal(60), RATE)],
            Form.CHANGE,
            "tăng 6,5 điểm phần trăm so với kỳ trước",
        ),
        ([shown(7)], Form.COVERAGE, "1.280 trong 1.289 báo cáo"),
        ([None], Form.UNIT, ""),
    ],
)
def test_each_form_reads_like_a_sentence(found, form, words):
    assert wording.worded(found, form) == words


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("found", "vietnamese"),
    [
        (shown(Decimal("66.11"), RATE, 60), "vượt 6,11 điểm phần trăm"),
        (shown(90, target=100), "thấp hơn 10%"),
        (shown(100, target=100), "bằng chỉ tiêu"),
        (shown(100, target=0), ""),
        (shown(100), ""),
        (shown(None, target=100), ""),
    ],
)
def test_a_comparison_with_the_target_stands_alone_in_every_language(found, vietnamese, language):
    with translation.override(language):
        alone = wording.against_target(found)
        assert "so với" not in alone
        assert bool(alone) is bool(vietnamese)
        assert wording.target(found).startswith(wording.with_unit(found))
        if language == "vi":
            assert alone == vietnamese
            assert alone in wording.target(found)


def test_a_change_stands_alone_in_every_language():
    assert wording.change_alone(shown(105), shown(100)) == "tăng 5%"
    assert wording.change_alone(shown(100), shown(100)) == "không đổi"
    assert wording.change_alone(shown(7), None) == ""
    with translation.override("en"):
        alone = wording.change_alone(shown(105), shown(100))
        assert wording.change(shown(105), shown(100), Shift.PREVIOUS).startswith(f"{alone} ")
        assert wording.change(shown(105), shown(100), Shift.YEAR_BEFORE).startswith(f"{alone} ")


def test_the_same_period_of_last_year_is_named():
    assert wording.change(shown(105), shown(100), Shift.YEAR_BEFORE).endswith("so với cùng kỳ năm trước")


def test_english_writes_english_numbers():
    with translation.override("en"):
        assert wording.worded([shown(12076)], Form.UNIT) == "12,076 sessions"
