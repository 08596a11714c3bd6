"""The gallery: every component in every state, for those who build pages and those who judge them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.images import get_image_model

from congdoan.ui import desk_samples, icons
from congdoan.ui.forms import FilterForm, SampleForm

LONG_TITLE = (
    "Hội nghị toàn quốc về Ế, Ỗ, Ậ: chỗ khuỷu Nguyễn Thuỵ Uyển, xã Nghĩa Đô, khuyến khích người lao động"
)
"""Stacked marks, and longer than anybody wants a title to be."""


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show the gallery to staff, and to everyone in the demonstration; to others it does not exist."""
    _only_for_builders(request)
    return render(request, "ui/gallery.html", _samples())


@require_safe
def desk_gallery(request: HttpRequest) -> HttpResponse:
    """Show what the desk is built from, in the desk's own frame, to the same people."""
    _only_for_builders(request)
    part = desk_samples.part(request)
    if part:
        return render(request, f"ui/components/{part.template}.html", part.context)
    return render(request, "ui/desk_gallery.html", desk_samples.samples(request))


def _only_for_builders(request: HttpRequest) -> None:
    if not (settings.IS_DEMO or request.user.is_staff):
        raise Http404


def _samples() -> dict[str, Any]:
    pictures = list(get_image_model().objects.order_by("pk")[:6])
    picture = pictures[0] if pictures else None
    story = {
        "title": "Bàn giao mười hai mái ấm trước mùa đông ở xã vùng cao",
        "url": "#",
        "lead": "Mỗi căn nhà rộng bốn mươi mét vuông, do đoàn viên góp ngày công và quỹ tương trợ của tỉnh hỗ trợ.",
        "picture": picture,
        "date": dt.date(2026, 11, 23),
        "category": "Đời sống, việc làm",
        "category_url": "#",
    }
    long_story = {
        **story,
        "title": LONG_TITLE,
        "picture": None,
        "category": "Tuyên truyền, giáo dục và nữ công",
    }
    options = [
        {"id": 1, "text": "Tiền lương, tiền thưởng cuối năm", "votes": 1289, "percent": 62},
        {"id": 2, "text": "Bữa ăn ca và nước uống", "votes": 512, "percent": 24},
        {"id": 3, "text": LONG_TITLE, "votes": 290, "percent": 14},
        {"id": 4, "text": "Nhà trẻ gần nơi làm việc", "votes": 0, "percent": 0},
    ]
    poll = {
        "slug": "mau",
        "question": "Bạn muốn công đoàn bàn với doanh nghiệp việc gì trước tiên?",
        "options": options,
        "total": 2091,
        "note": "Kết quả chỉ cho biết ý kiến của người đã bình chọn, không đại diện cho mọi đoàn viên.",
        "vote_url": "#",
        "is_open": True,
    }
    bound = SampleForm({"name": "Ỗ" * 81, "email": "khong phai thu", "members": "mười hai", "kind": ""})
    document = {
        "symbol": "127-CTr/TU",
        "title": "Chương trình hành động về công tác dân vận trong tình hình mới",
        "url": "#",
        "issued_on": dt.date(2013, 8, 7),
        "issuer": "Tỉnh uỷ",
        "file_url": "#",
        "file_label": "PDF, 240 KB",
        "effect": _("Còn hiệu lực"),
        "effect_status": "accepted",
    }
    weather = {
        "place": "Lào Cai",
        "temperature": 21.5,
        "words": _("Nhiều mây"),
        "icon": "cloud",
        "updated": "08:32",
        "days": [
            {"label": _("Hôm nay"), "low": 15, "high": 22, "rain": 40, "icon": "rain", "words": _("Có mưa")},
            {
                "label": "Thứ Ba",
                "low": 14,
                "high": 23,
                "rain": 10,
                "icon": "partly",
                "words": _("Có nắng, có mây"),
            },
            {
                "label": "Thứ Tư",
                "low": 16,
                "high": 25,
                "rain": None,
                "icon": "clear",
                "words": _("Trời quang"),
            },
        ],
    }
    return {
        "story": story,
        "long_story": long_story,
        "stories": [story, long_story, {**story, "lead": "", "category": ""}],
        "pictures": [
            {"image": item, "alternative": item.default_alt_text, "caption": LONG_TITLE} for item in pictures
        ],
        "picture_sample": picture,
        "album": {
            "title": "Hội thao công nhân, viên chức, lao động",
            "url": "#",
            "picture": picture,
            "count": 24,
            "date": story["date"],
        },
        "bulletin": {
            "title": "Bản tin Công đoàn",
            "url": "#",
            "cover": None,
            "number": 12,
            "date": story["date"],
            "file_url": "#",
        },
        "document": document,
        "withdrawn": {
            **document,
            "title": LONG_TITLE,
            "effect": _("Hết hiệu lực"),
            "effect_status": "withdrawn",
            "file_url": "",
        },
        "poll": poll,
        "closed_poll": {
            **poll,
            "slug": "mau-da-dong",
            "question": "Bạn đọc tin công đoàn ở đâu?",
            "is_open": False,
        },
        "weather": weather,
        "stale_weather": {
            **weather,
            "place": "Sa Pa",
            "stale": True,
            "temperature": -1.5,
            "icon": "fog",
            "words": _("Sương mù"),
        },
        "form": SampleForm(prefix="trong"),
        "bound": bound,
        "sheet_form": SampleForm(prefix="bieu"),
        "filter_form": FilterForm(prefix="loc"),
        "crumbs": [{"title": _("Trang chủ"), "url": "/"}, {"title": "Tin tức, sự kiện", "url": "#"}],
        "page": Paginator(range(70), 10).page(2),
        "facts": [
            {
                "shown_label": "Diện tích",
                "value": "6.383,9",
                "shown_unit": "km²",
                "as_of": "2019",
                "source": "Niên giám thống kê",
            },
            {
                "shown_label": "Đoàn viên",
                "value": "44.927",
                "shown_unit": "người",
                "as_of": "10/2019",
                "source": "",
            },
        ],
        "tags": [{"title": "Tết sum vầy", "url": "#"}, {"title": "An toàn, vệ sinh lao động", "url": "#"}],
        "tabs": [
            {"label": _("Đang mở"), "url": "#", "is_current": True, "count": 3},
            {"label": _("Đã đóng"), "url": "#", "is_current": False, "count": 1289},
        ],
        "entries": [{"title": "Kết quả sáu năm", "anchor": "a"}, {"title": LONG_TITLE, "anchor": "b"}],
        "headers": ["Đơn vị", "Đoàn viên", "Nữ", "Tỷ lệ"],
        "rows": [
            ["Thành phố Lào Cai", "12.076", "6.383", "52,9 %"],
            ["Huyện Sa Pa", "3.410", "1.871", "54,9 %"],
        ],
        "icon_names": sorted(icons.drawings()),
        "kinds": ["info", "success", "warning", "error"],
        "search_query": "",
    }
