"""How a person wants to be told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from congdoan.notices.models import Preference


class PreferenceForm(forms.Form):
    """When mails come, and in which language."""

    mail = forms.ChoiceField(
        label=_("Thư điện tử"),
        choices=Preference.Mail.choices,
        widget=forms.RadioSelect,
        help_text=_("Thông báo trong bàn làm việc luôn có đủ, dù bạn chọn thế nào."),
        error_messages={"required": _("Hãy chọn một cách nhận thư.")},
    )
    hour = forms.TypedChoiceField(
        label=_("Giờ gửi thư hằng ngày"),
        choices=[(hour, f"{hour:02d}:00") for hour in Preference.HOURS],
        coerce=int,
        help_text=_("Theo giờ Việt Nam."),
        error_messages={"required": _("Hãy chọn giờ gửi thư.")},
    )
    language = forms.ChoiceField(label=_("Ngôn ngữ của thư"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Read by the component of a field: longer help, opened by whoever wants it.
        self.fields["mail"].help_detail = _(  # type: ignore[attr-defined]  # fields carry it by agreement with ui
            "Mỗi ngày nhiều nhất một thư: thư gom mọi thông báo bạn chưa đọc; không có gì mới thì không có thư.\n\n"
            "Chỉ việc gấp: việc quá hạn, còn một ngày, hoặc bị trả lại được gửi trong vài phút; việc khác bạn xem ở đây.\n\n"
            "Thông báo bạn đã đọc thì không gửi thư nữa."
        )
        self.fields["hour"].help_detail = _(  # type: ignore[attr-defined]  # fields carry it by agreement with ui
            "Chỉ dùng khi bạn nhận mỗi ngày một thư. Thông báo đến sau giờ này nằm trong thư của ngày hôm sau."
        )
