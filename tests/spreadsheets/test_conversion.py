"""What a column makes of what stands in a cell, and what it says when it cannot."""

from __future__ import annotations

import datetime as dt
import unicodedata
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congdoan.spreadsheets import Column
from congdoan.spreadsheets.cells import CellFault, Given, shown
from congdoan.spreadsheets.conversion import Unfit, converter
from congdoan.spreadsheets.formats import day_serial, serial_moment
from congdoan.spreadsheets.strings import clean

DAY = dt.date(2019, 10, 17)
SECTORS = {"admin": "Hành chính sự nghiệp", "business": "Sản xuất kinh doanh"}


def at(*parts: int) -> dt.datetime:
    return dt.datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001  # a sheet knows no zone


def value_of(given: Given, kind: Any, **more: Any) -> Any:
    return converter(Column("key", "Cột", kind, **more))(given)


def refusal(given: Given, kind: Any, **more: Any) -> str:
    with pytest.raises(Unfit) as unfit:
        value_of(given, kind, **more)
    return str(unfit.value.sentence % (unfit.value.values | {"cell": "D7"}))


@pytest.mark.parametrize(
    "given",
    [
        *(
            "17/10/2019",
            "17-10-2019",
            "17.10.2019",
            "17/10/19",
            "17-10-19",
            "2019-10-17",
            "2019-10-17 00:00:00",
        ),
        *("17/10/2019 08:30", "2019-10-17T08:30:00Z", "ngày 17 tháng 10 năm 2019", "Thứ Năm, 17/10/2019"),
        *(Decimal(43755), Decimal("43755.75"), at(2019, 10, 17), at(2019, 10, 17, 8, 30)),
    ],
)
def test_a_day_is_read_in_the_forms_that_people_and_programs_write(given):
    assert value_of(given, "date") == DAY


def test_two_digits_of_a_year_are_read_as_excel_reads_them():
    assert value_of("1/2/29", "date") == dt.date(2029, 2, 1)
    assert value_of("1-2-30", "date") == dt.date(1930, 2, 1)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("31/02/2019", "Ngày 31/02/2019 không có thật (ô D7)."),
        ("2019-02-31", "Ngày 31/02/2019 không có thật (ô D7)."),
        ("10/17/2019", "Ngày 10/17/2019 không có thật (ô D7)."),
        ("31-2-19", "Ngày 31/02/2019 không có thật (ô D7)."),
        ("Thứ Hai, 17/10/2019", "“Thứ Hai, 17/10/2019” không khớp: ngày 17/10/2019 là Thứ Năm (ô D7)."),
        ("1985", "Chỉ có năm 1985 (ô D7). Hãy ghi đủ ngày, tháng, năm, ví dụ 17/10/2019."),
        (Decimal(1985), "Chỉ có năm 1985 (ô D7). Hãy ghi đủ ngày, tháng, năm, ví dụ 17/10/2019."),
        (at(1905, 6, 7), "Chỉ có năm 1985 (ô D7). Hãy ghi đủ ngày, tháng, năm, ví dụ 17/10/2019."),
        ("17/10/0219", "Năm 219 không hợp lý (ô D7). Hãy kiểm tra lại ngày này."),
        ("10/2019", "“10/2019” không phải là ngày (ô D7). Hãy nhập theo mẫu 17/10/2019."),
        ("chưa rõ", "“chưa rõ” không phải là ngày (ô D7). Hãy nhập theo mẫu 17/10/2019."),
        (Decimal(17102019), "“17102019” không phải là ngày (ô D7). Hãy nhập theo mẫu 17/10/2019."),
        (Decimal(-1), "“-1” không phải là ngày (ô D7). Hãy nhập theo mẫu 17/10/2019."),
        (True, "“TRUE” không phải là ngày (ô D7). Hãy nhập theo mẫu 17/10/2019."),
    ],
)
def test_what_is_no_day_is_said(given, said):
    assert refusal(given, "date") == said


def test_a_bare_year_is_a_year_where_that_is_allowed_and_a_day_is_still_a_day():
    for typed in ("1985", Decimal(1985), at(1905, 6, 7)):
        assert value_of(typed, "date", year_only=True) == 1985
    assert value_of("17/10/2019", "date", year_only=True) == DAY


@given(st.dates(dt.date(1900, 3, 1), dt.date(2100, 12, 31)))
def test_serial_numbers_and_days_are_each_others_way_back(day):
    moment = serial_moment(day_serial(day))
    assert moment is not None
    assert moment.date() == day


def test_serial_numbers_begin_where_excel_begins():
    assert serial_moment(1) == at(1900, 1, 1)
    assert serial_moment(59) == at(1900, 2, 28)
    assert serial_moment(60) is None  # 29/02/1900, which never was
    assert serial_moment(61) == at(1900, 3, 1)
    assert serial_moment(0, since_1904=True) == at(1904, 1, 1)
    assert serial_moment(2_958_465.5) == at(9999, 12, 31, 12)
    assert serial_moment(2_958_466) is serial_moment(-1) is None


@pytest.mark.parametrize(
    ("given", "phone"),
    [
        ("0912345678", "0912345678"),
        (Decimal(912345678), "0912345678"),
        (Decimal("912345678.0"), "0912345678"),
        ("912345678", "0912345678"),
        ("0912.345.678", "0912345678"),
        ("(0214) 3840 123", "02143840123"),
        (Decimal(2143840123), "02143840123"),
        ("+84 912 345 678", "0912345678"),
        ("84-912-345-678", "0912345678"),
        ("+84 (0)912 345 678", "0912345678"),
        (Decimal(84912345678), "0912345678"),
        ("00842143840123", "02143840123"),
        ("842345678", "0842345678"),
        ("+856 20 5555 1234", "+8562055551234"),
        ("19001234", "19001234"),
    ],
)
def test_a_phone_number_gets_back_what_excel_took_away(given, phone):
    assert value_of(given, "phone") == phone


@pytest.mark.parametrize(
    "given", ["không có", "0912 345 67x", "12", "0912345678901234567", Decimal("9.5"), True]
)
def test_what_is_no_phone_number_is_said(given):
    assert refusal(given, "phone") == f"“{shown(given)}” không phải là số điện thoại (ô D7)."


def test_a_code_keeps_its_letters_and_loses_what_a_number_added():
    assert value_of(Decimal("123.0"), "code") == "123"
    assert value_of(Decimal(1085012345), "code") == "1085012345"
    assert value_of("007-Ab", "code") == "007-Ab"


def test_a_code_that_excel_has_spoilt_is_said():
    assert "đã làm tròn số “1234567890123450” (ô D7)" in refusal(Decimal(1234567890123450), "code")
    assert "đã đổi mã thành ngày 05/06/2019 (ô D7)" in refusal(at(2019, 6, 5), "code")


@pytest.mark.parametrize(
    ("given", "number"),
    [("1.234", 1234), ("05", 5), (Decimal("12.0"), 12), ("1 234", 1234), ("0", 0), ("-3", -3)],
)
def test_a_whole_number_is_read_as_vietnamese_writes_it(given, number):
    assert value_of(given, "integer") == number


@pytest.mark.parametrize(
    "given", ["1,5", "1,234", "mười", Decimal("1.5"), Decimal(10) ** 16, True, at(2019, 1, 1), ""]
)
def test_what_is_no_whole_number_is_said(given):
    assert "không phải là số nguyên (ô D7)" in refusal(given, "integer")


def test_a_choice_is_known_by_its_value_or_label_without_diacritics():
    for typed in ("admin", "Hành chính sự nghiệp", "HANH CHINH SU NGHIEP", "hành chính  sự nghiệp"):
        assert value_of(clean(typed), "choice", choices=SECTORS) == "admin"
    assert value_of(clean(unicodedata.normalize("NFD", "Nữ")), "choice", choices=["Nam", "Nữ"]) == "Nữ"


def test_a_choice_that_reads_two_ways_without_diacritics_is_only_taken_to_the_letter():
    choices = {"a": "Bán", "b": "Bạn"}
    assert value_of("bạn", "choice", choices=choices) == "b"
    assert "không có trong danh mục" in refusal("ban", "choice", choices=choices)


def test_an_unknown_choice_names_the_nearest_ones():
    said = refusal("San xuat", "choice", choices=SECTORS)
    assert said.startswith("“San xuat” không có trong danh mục (ô D7). Gần nhất: “Sản xuất kinh doanh”")


def test_a_column_of_nothing_but_unknown_choices_does_not_take_for_ever():
    convert = converter(Column("key", "Cột", "choice", choices=[f"Đơn vị số {n}" for n in range(1500)]))
    for n in range(3000):
        with pytest.raises(Unfit):
            convert(f"Không có {n}")


def test_an_address_of_mail_is_checked_for_its_form():
    assert value_of("mailto:lan.nguyen@congdoan.example.vn", "email") == "lan.nguyen@congdoan.example.vn"
    for wrong in ("lan@", "@vn", "lan nguyen@a.vn", "a@b", "a@b..vn", "a,b@c.vn"):
        assert refusal(wrong, "email") == f"“{wrong}” không phải là địa chỉ thư điện tử (ô D7)."


def test_other_values_become_the_text_that_excel_shows():
    assert value_of(Decimal("1.50"), "text") == "1,5"
    assert value_of(Decimal(0), "text") == "0"
    assert value_of(at(2019, 10, 17), "text") == "17/10/2019"
    assert value_of(True, "text") == "TRUE"


def test_a_fault_left_by_a_formula_is_said():
    assert refusal(CellFault("#N/A"), "text") == "Ô D7 có lỗi #N/A. Hãy nhập lại giá trị."


def test_a_text_that_is_too_long_is_said():
    assert value_of("ộ" * 5, "text", max_length=5) == "ộ" * 5
    assert refusal("ộ" * 1006, "code", max_length=5) == "Dài 1.006 ký tự, nhiều nhất là 5 (ô D7)."


def test_text_is_composed_trimmed_and_free_of_what_cannot_be_seen():
    given = unicodedata.normalize("NFD", "\ufeff  Trần\u00a0\u202f Thị\u200b\tHoà \r\n  Bình\x07 ")
    assert clean(given) == "Trần Thị Hoà\nBình"


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)
