import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congdoan.vntext import (
    DateError,
    fold,
    format_administrative,
    format_date,
    format_datetime,
    format_long,
    format_time,
    parse_date,
    weekday_name,
)

PAGE_DAY = dt.date(2019, 10, 17)


def test_a_screen_shows_two_digits_for_day_and_month():
    assert format_date(dt.date(2013, 8, 7)) == "07/08/2013"
    assert format_long(PAGE_DAY) == "Thứ Năm, ngày 17/10/2019"
    assert format_datetime(dt.datetime(2019, 10, 17, 8, 32, tzinfo=dt.UTC)) == "08:32, 17/10/2019"
    assert format_time(dt.time(8, 2)) == "08:02"


def test_english_names_the_month():
    assert format_long(PAGE_DAY, language="en") == "Thursday, 17 October 2019"
    assert format_date(PAGE_DAY, "en-gb") == "17 October 2019"
    assert format_datetime(dt.datetime(2019, 10, 17, 8, 32, tzinfo=dt.UTC), "en") == "08:32, 17 October 2019"


@pytest.mark.parametrize(
    ("date", "long", "short"),
    [
        (dt.date(2013, 8, 7), "ngày 07 tháng 8 năm 2013", "07/8/2013"),
        (dt.date(2019, 2, 22), "ngày 22 tháng 02 năm 2019", "22/02/2019"),
        (dt.date(2013, 11, 25), "ngày 25 tháng 11 năm 2013", "25/11/2013"),
    ],
)
def test_an_administrative_document_puts_a_zero_before_days_below_10_and_months_1_and_2(date, long, short):
    assert format_administrative(date) == long
    assert format_administrative(date, short=True) == short


def test_the_week_begins_with_the_second_day():
    days = [weekday_name(dt.date(2019, 10, 14) + dt.timedelta(days)) for days in range(7)]
    assert days == ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("17/10/2019", PAGE_DAY),
        ("17/10/2019.", PAGE_DAY),
        ("ngày 17/10/2019", PAGE_DAY),
        ("  Thứ 5, ngày\u00a017/10/2019", PAGE_DAY),
        ("Thứ năm 17/10/2019", PAGE_DAY),
        ("thu nam, ngay 17 thang 10 nam 2019", PAGE_DAY),
        ("T5, 17/10/2019", PAGE_DAY),
        ("Chủ Nhật, 20/10/2019", dt.date(2019, 10, 20)),
        ("CN 20/10/2019", dt.date(2019, 10, 20)),
        ("2019-10-17", PAGE_DAY),
        ("28/7/1929", dt.date(1929, 7, 28)),
        ("12-6-2021", dt.date(2021, 6, 12)),
        ("18.1.2019", dt.date(2019, 1, 18)),
        ("07 / 8 / 2013", dt.date(2013, 8, 7)),
        ("ngày 03 tháng 4 năm 2018", dt.date(2018, 4, 3)),
        ("3 tháng năm 2018", dt.date(2018, 5, 3)),
        ("ngày 3 tháng Giêng năm 2018", dt.date(2018, 1, 3)),
        ("ngày 3 tháng mười hai, 2018", dt.date(2018, 12, 3)),
    ],
)
def test_printed_dates_are_read(text, date):
    assert parse_date(text) == date


@given(st.dates())
def test_every_way_of_printing_a_date_is_read_back(date):
    for text in (
        format_date(date),
        format_long(date),
        format_administrative(date),
        format_administrative(date, short=True),
        date.isoformat(),
        fold(format_long(date)),
    ):
        assert parse_date(text) == date


@given(st.dates(), st.dates())
def test_a_weekday_of_another_day_is_refused(date, other):
    text = f"{weekday_name(other)}, ngày {format_date(date)}"
    if date.weekday() == other.weekday():
        assert parse_date(text) == date
        return
    with pytest.raises(DateError) as refusal:
        parse_date(text)
    assert f"ngày {format_date(date)} là {weekday_name(date)}" in refusal.value.user_message


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("31/2/2020", "Không có ngày"),
        ("0/1/2020", "Không có ngày"),
        ("1/13/2020", "Không có ngày"),
        ("17/10", "năm"),
        ("ngày 18.1", "năm"),
        ("17/10/19", "năm"),
        ("17/10-2019", "không phải là ngày"),
        ("hôm nay", "không phải là ngày"),
        ("", "không phải là ngày"),
        ("17/10/20190", "không phải là ngày"),
        ("x" * 10_000, "không phải là ngày"),
    ],
)
def test_what_is_no_date_is_refused_with_a_sentence(text, says):
    with pytest.raises(DateError) as refusal:
        parse_date(text)
    assert says in refusal.value.user_message
    assert len(refusal.value.user_message) < 250
