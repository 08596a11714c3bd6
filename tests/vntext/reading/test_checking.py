"""Figures that contradict each other are pointed out; sound texts are left alone."""

import pytest

from congdoan.vntext.reading import Remark, check_figures, read_figures


def remarks(text: str) -> list[Remark]:
    return check_figures(text, read_figures(text))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Có 100 người, trong đó khối hành chính 60 người, khối sản xuất 40 người.", "sum.holds"),
        ("Có 100 người, trong đó khối hành chính 60 người, khối sản xuất 45 người.", "sum.differs"),
        ("Trao 10 giải gồm 2 giải A, 3 giải B, 4 giải C.", "sum.differs"),
        ("Có 120 người, nữ 150 người.", "subset.larger"),
        ("Có 120 người, trong đó 150 đoàn viên.", "subset.larger"),
        ("Có 45/60 đơn vị tham gia, đạt 80%.", "rate.differs"),
        ("Có 80.676 lượt người học, đạt 66,11%.", "rate.no_base"),
        ("Cuộc thi từ ngày 30/5/2019 đến ngày 10/7/2019. Sau 02 tháng có 90 người dự.", "duration.differs"),
        ("Trong 6 năm qua có 12 buổi. Kết quả 5 năm qua có 30 sáng kiến.", "windows.differ"),
        ("Hàng năm tỉnh tổ chức Hội thi 2 năm một lần.", "cycle.differs"),
        ("Thứ 3, ngày 17/10/2019, Hội nghị khai mạc.", "weekday.differs"),
        ("Tổng số CNVCLĐ là 500 người. Có 900 CNVCLĐ tham gia.", "attendances"),
    ],
)
def test_each_rule_speaks(text: str, code: str) -> None:
    found = remarks(text)

    assert [remark.code for remark in found] == [code]
    assert all(text[start:end].strip() for start, end in found[0].spans)
    assert "%(" not in found[0].translated()


@pytest.mark.parametrize(
    "text",
    [
        "Có 120 người, nữ 50 người.",
        "Có 45/60 đơn vị tham gia, đạt 75%.",
        "Tổng số 200 người; có 150 người dự, đạt 75%.",
        "Cuộc thi từ ngày 30/5/2019 đến ngày 28/7/2019. Sau 02 tháng có 90 người dự.",
        "Trong 6 năm qua có 12 buổi. Kết quả 6 năm qua có 30 sáng kiến.",
        "Tỉnh tổ chức Hội thi 2 năm một lần.",
        "Thứ 5, ngày 17/10/2019, Hội nghị khai mạc.",
        "Tổng số CNVCLĐ là 500 người. Có 900 lượt CNVCLĐ tham gia.",
        "Kỷ niệm 90 năm ngày thành lập, 68 năm truyền thống.",
    ],
)
def test_sound_texts_get_no_remark(text: str) -> None:
    assert remarks(text) == []
