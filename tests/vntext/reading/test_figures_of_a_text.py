"""What is read as a figure, and what is not."""

import datetime as dt
import time
import unicodedata
from decimal import Decimal

import pytest

from congdoan.vntext.reading import Found, read_figures


def numbers(text: str) -> list[tuple[str, object]]:
    return [(figure.number_text, figure.value) for figure in read_figures(text)]


def only(text: str) -> Found:
    [figure] = read_figures(text)
    return figure


@pytest.mark.parametrize(
    ("text", "number", "value", "unit"),
    [
        ("Có 12.076 buổi", "12.076", 12076, "sessions"),
        ("rộng 6.383,9 Km2", "6.383,9", Decimal("6383.9"), "km2"),
        ("làm lợi 55,294 tỷ đồng", "55,294", 55_294_000_000, "VND"),
        ("thu 119 tỷ 214 triệu đồng", "119 tỷ 214", 119_214_000_000, "VND"),
        ("xuất khẩu 3,715,641 USD", "3,715,641", 3715641, "USD"),
        ("đạt 99.8% kế hoạch", "99.8%", Decimal("99.8"), "%"),
        ("giao 04 nhóm nhiệm vụ", "04", 4, "groups of tasks"),
        ("mức 33.500.000đ/người", "33.500.000", 33_500_000, "VND per person"),
        ("lương 7,8 triệu đồng/người/tháng", "7,8", 7_800_000, "VND per person per month"),
        ("trên 1/2 trang báo hàng tháng", "1/2", Decimal("0.5"), "newspaper pages per month"),
        ("có 39/45 công đoàn tham gia", "39/45", 39, "unions"),
        ("ra 1 tuần/1 số", "1", 1, "issues per week"),
        ("tổ chức 2 năm một lần", "2", 2, "years per edition"),
        ("vay 2160 hộ", "2160", 2160, "households"),
        ("trồng 12 076 cây", "12 076", 12076, "trees"),
        ("số vụ (-20%) so với năm trước", "-20%", -20, "%"),
        ("mặn 4,5‰", "4,5‰", Decimal("4.5"), "‰"),
        ("trợ cấp 2tr5", "2tr5", 2_500_000, "VND"),
    ],
)
def test_a_number_is_read_with_its_unit(text: str, number: str, value: object, unit: str) -> None:
    figure = only(text)

    assert (figure.number_text, figure.value, figure.unit) == (number, value, unit)


@pytest.mark.parametrize(
    "text",
    [
        "Thứ 5, ngày 17/10/2019",
        "ngày 18.1 và ngày 03 tháng 4 năm 2018",
        "Nghị quyết số 25- NQ/TW và Chỉ thị 05/CT/ TW",
        "Nghị quyết 20 Hội nghị lần thứ sáu BCH Trung ương Đảng (khóa X)",
        "Nghị quyết Trung ương 4 (khoá XI)",
        "các văn bản gồm 15/QĐ-BNV, 993/CTr- LĐLĐ; đã có 217 QĐ/ TW",
        "giai đoạn 2016 -2019, năm 2012",
        "tỷ số 3-1, tỷ lệ 1:5",
        "Một số vấn đề; LĐLĐ tỉnh đạt giải ba tập thể",
        "theo khoản 2 Điều 10, Điều 3, 4 và 5 Luật 54/2024",
        "lúc 7h30 tại phòng 201, số 12 đường 30/4, phường 3",
        "ĐT: 0214.3820.123, tài khoản 8800205123456",
        "xem www.congdoan.vn/2019/10/tin-12.html",
        "cách mạng công nghiệp 4.0, COVID-19, khổ A4, đường 4E",
        "tổng kết 6 tháng đầu năm và quý 3",
    ],
)
def test_what_names_dates_or_orders_is_no_figure(text: str) -> None:
    beside = "; có 77 người dự"

    assert numbers(text + beside) == [("77", 77)]


def test_bounds_have_no_value() -> None:
    figure = only("đã có hàng trăm đề tài")

    assert (figure.value, figure.value_min, figure.value_max) == (None, 100, 999)
    assert figure.qualifier == {"text": "hàng trăm", "start": 6, "end": 15, "op": "order_of_magnitude"}


def test_a_range_is_one_figure_with_two_bounds() -> None:
    figure = only("thưởng 5 - 7 triệu đồng mỗi người")

    assert (figure.number_text, figure.value_min, figure.value_max) == ("5 - 7", 5_000_000, 7_000_000)


@pytest.mark.parametrize(
    ("text", "op"),
    [
        ("trên 66,11%", "gt"),
        ("hơn 500 người", "gt"),
        ("gần 500 người", "lt_close"),
        ("khoảng 500 người", "approx"),
        ("25 người trở lên", "ge"),
        ("ít nhất 25 người", "ge"),
        ("không quá 25 người", "le"),
        ("tăng 25 người", "increase"),
        ("phấn đấu kết nạp 25 người", "target"),
    ],
)
def test_a_qualifier_says_how_the_number_is_meant(text: str, op: str) -> None:
    qualifier = only(text).qualifier

    assert qualifier is not None
    assert qualifier["op"] == op
    assert text[qualifier["start"] : qualifier["end"]] == qualifier["text"]


def test_trên_before_a_fraction_means_on() -> None:
    assert only("chuyên mục trên 1/2 trang báo").qualifier is None


def test_an_excess_over_a_rate_is_in_percentage_points() -> None:
    rate, excess = read_figures("đạt trên 66,11%, vượt trên 6,11% so với Nghị quyết đề ra")

    assert (rate.unit, excess.unit) == ("%", "percentage points")


def test_more_workers_than_there_are_came_more_than_once() -> None:
    total, people = read_figures("Tổng số CNVCLĐ là 500 người. Có 900 CNVCLĐ tham gia.")

    assert (total.unit, people.unit) == ("persons", "attendances")


def test_fewer_workers_than_there_are_stay_persons() -> None:
    _total, people = read_figures("Tổng số CNVCLĐ là 500 người. Có 400 CNVCLĐ tham gia.")

    assert people.unit == "persons"


def test_a_period_comes_from_the_sentence_then_the_paragraph_then_the_title() -> None:
    text = "Kết quả nhiệm kỳ 2013-2018\n\nNăm 2016 có 12 buổi. Có 30 người dự.\n\nToàn tỉnh có 5 giải.\n"
    own, near, title = (figure.period for figure in read_figures(text))

    assert own is not None
    assert near is not None
    assert title is not None
    assert (own["text"], own["from"], own["to"]) == ("Năm 2016", "2016", "2016")
    assert (near["text"], near["from"]) == ("Năm 2016", "2016")
    assert (title["text"], title["from"], title["to"]) == (None, "2013", "2018")


def test_the_day_of_the_report_ends_the_years_that_are_past() -> None:
    figure, _ = read_figures("5 năm qua đã có 12 sáng kiến", today=dt.date(2024, 3, 1))

    assert figure.period is not None
    assert (figure.period["from"], figure.period["to"]) == ("2019", "2024")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_offsets_are_those_of_the_text_as_it_was_given(form: str) -> None:
    text = unicodedata.normalize(
        form, "Hội\u00a0nghị có\u00a052.089 người, đạt tỷ lệ\u00a066,11%\u00a0 đề ra"
    )

    people, rate = read_figures(text)

    assert text[people.start : people.end] == people.text
    assert unicodedata.normalize("NFC", people.text) == "52.089 người"
    assert text[rate.number_start : rate.number_end] == "66,11%"


def test_json_has_plain_numbers() -> None:
    shown = only("đạt 66,11%").to_json()

    assert shown["value"] == 66.11
    assert list(shown) == [
        *(
            "text",
            "start",
            "end",
            "number_text",
            "number_start",
            "number_end",
            "value",
            "value_min",
            "value_max",
        ),
        *("unit", "qualifier", "period", "indicator", "confidence"),
    ]


@pytest.mark.parametrize(
    "unit",
    ["1", ".", " ", "1.", "1/", "1-", "1 ", "001 ", "\n", "1\t", "ngày 1, ", "hai mươi ", "1 nghìn ", "tr", "6 năm ", "\u0301", "5 giải "],
)  # fmt: skip
def test_the_time_grows_with_the_text_whatever_it_holds(unit: str) -> None:
    def seconds(size: int) -> float:
        text = (unit * size)[:size]
        begun = time.process_time()
        read_figures(text)
        return time.process_time() - begun

    # The best of three: collecting garbage falls into any one of them.
    small, large = (min(seconds(size) for _time in range(3)) for size in (5_000, 20_000))
    assert large < 12 * small + 0.2


def test_fifty_pages_take_about_a_second() -> None:
    page = (
        "Trong năm 2019 các cấp công đoàn đã tổ chức 12.076 buổi tuyên truyền pháp luật, thu hút 359.410 lượt người tham gia. "
        * 25
    )
    text = "\n".join([page] * 50)
    assert len(text) > 145_000
    begun = time.process_time()

    found = read_figures(text)

    assert len(found) == 50 * 25 * 2
    assert time.process_time() - begun < 4  # about 1 s on an idle machine; twice that is no alarm
