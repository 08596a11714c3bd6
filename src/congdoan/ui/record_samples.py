"""Samples of a unit's story for the gallery: its timeline, its organisation as a picture, before and after, a first visit."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from congdoan.ui.charts import trend
from congdoan.ui.charts.org_chart import Chart, Node, layout

LONG_NAME = (
    "Công đoàn cơ sở Công ty trách nhiệm hữu hạn một thành viên Khai thác và Chế biến khoáng sản Thượng Uyển"
)


def samples() -> dict[str, Any]:
    """Return the context of the gallery's part about one unit."""
    return {
        "timeline": _timeline(),
        "chart": _chart("#"),
        "trend": trend.layout(
            [
                trend.Series("Buổi tuyên truyền", [490, 512, None, 530]),
                trend.Series("Buổi học tập", [410, 402, 431, 415]),
            ],
            ["I/2018", "II/2018", "III/2018", "IV/2018"],
        ),
        "spark": trend.spark([490, 512, None, 530]),
        "small_chart": layout([Node("Ban Chấp hành", kind="main", children=[Node("Ban Thường vụ")])]),
        **_comparison(),
        "tour": [
            {
                "title": "Việc chờ bạn",
                "text": "Mọi việc đến hạn, bị trả lại hay cần duyệt đều hiện ở đây, việc gấp đứng trước.",
                "target": ".rail__link",
            },
            {
                "title": "Tư cách làm việc",
                "text": "Nếu bạn giữ nhiều nhiệm vụ, hãy chọn mình đang làm việc thay mặt đơn vị nào.",
                "target": ".capacity__button",
            },
            {
                "title": "Trợ giúp ngay cạnh từng ô",
                "text": "Bấm chữ Trợ giúp dưới tên ô để biết cần ghi gì.",
                "target": ".field-help",
            },
        ],
    }


def _timeline() -> list[dict[str, Any]]:
    return [
        {
            "date": dt.date(2027, 1, 1),
            "title": "Chuyển về Liên đoàn Lao động phường Ô Quý Thượng",
            "text": "Chưa thực hiện.",
            "kind": "planned",
            "url": "#",
        },
        {
            "date": dt.date(2025, 7, 1),
            "title": "Tách khỏi Liên đoàn Lao động thị xã Sa Pa",
            "text": "Đơn vị cấp huyện kết thúc hoạt động; công đoàn cơ sở giữ nguyên tên, mã và số liệu.",
            "kind": "change",
        },
        {"date": dt.date(2016, 3, 11), "title": f"Đổi tên thành {LONG_NAME}", "kind": "change", "url": "#"},
        {
            "date_text": _("Khoảng năm 2004"),
            "title": "Thành lập",
            "text": "Chưa tìm thấy quyết định.",
            "kind": "start",
        },
    ]


def _chart(url: str) -> Chart:
    def leaves(*titles: str) -> list[Node]:
        return [Node(title, url=url) for title in titles]

    wards = [Node(f"Công đoàn xã, phường số {number}", f"{number * 7} cơ sở", url) for number in range(1, 17)]
    return layout(
        [
            Node(
                "Liên đoàn Lao động tỉnh Lào Cai",
                "44.927 đoàn viên",
                url,
                "main",
                [
                    Node("Ban Thường vụ", "11 uỷ viên", url, "side"),
                    Node(
                        "Cơ quan Liên đoàn Lao động tỉnh",
                        url=url,
                        children=leaves(
                            "Văn phòng", "Ban Tuyên giáo – Nữ công", "Ban Tổ chức – Kiểm tra", "Ban Tài chính"
                        ),
                    ),
                    Node("Công đoàn xã, phường", "16 đơn vị", url, children=wards),
                    Node(
                        "Công đoàn ngành",
                        url=url,
                        children=[
                            *leaves(
                                "Công đoàn Viên chức", "Công đoàn ngành Giáo dục", "Công đoàn ngành Y tế"
                            ),
                            Node(LONG_NAME, "trực thuộc Tổng công ty Khoáng sản", url),
                        ],
                    ),
                ],
            )
        ]
    )


def _comparison() -> dict[str, Any]:
    school = {"name": "Trường Tiểu học Suối Lục", "code": "LC.03.001"}
    company = {"name": LONG_NAME, "code": "LC.03.117"}
    return {
        "before": [
            {
                "name": "Liên đoàn Lao động tỉnh Lào Cai",
                "code": "LC",
                "children": [
                    {
                        "name": "Liên đoàn Lao động thị xã Sa Pa",
                        "code": "LC.03",
                        "change": "removed",
                        "children": [{**school, "change": "moved"}, {**company, "change": "renamed"}],
                        "unchanged": 112,
                    },
                    {"name": "Công đoàn Viên chức", "code": "LC.11", "change": "merged"},
                    {"name": "Công đoàn ngành Y tế", "code": "LC.12", "change": "split"},
                ],
            }
        ],
        "after": [
            {
                "name": "Liên đoàn Lao động tỉnh Lào Cai",
                "code": "LC",
                "children": [
                    {
                        "name": "Công đoàn phường Sa Pa",
                        "code": "LC.31",
                        "change": "added",
                        "children": [
                            {**school, "change": "moved", "note": "từ Liên đoàn Lao động thị xã Sa Pa"},
                            {
                                "name": "Công đoàn Công ty Khoáng sản Thượng Uyển",
                                "code": "LC.03.117",
                                "change": "renamed",
                            },
                        ],
                        "unchanged": 1,
                    },
                    {
                        "name": "Công đoàn Viên chức và Giáo dục",
                        "code": "LC.41",
                        "change": "merged",
                        "note": "từ hai đơn vị",
                    },
                ],
            }
        ],
        "differences": [
            {
                "change": "removed",
                "text": "Liên đoàn Lao động thị xã Sa Pa kết thúc hoạt động từ 01/07/2025",
                "url": "#",
            },
            {"change": "added", "text": "Công đoàn phường Sa Pa được thành lập"},
            {
                "change": "moved",
                "text": "Trường Tiểu học Suối Lục: từ Liên đoàn Lao động thị xã Sa Pa sang Công đoàn phường Sa Pa",
            },
            {"change": "renamed", "text": f"{LONG_NAME} nay là Công đoàn Công ty Khoáng sản Thượng Uyển"},
            {
                "change": "merged",
                "text": "Công đoàn Viên chức và Công đoàn ngành Giáo dục nhập thành Công đoàn Viên chức và Giáo dục",
            },
            {"change": "split", "text": "Công đoàn ngành Y tế chia về mười hai xã, phường"},
        ],
    }
