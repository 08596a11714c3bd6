"""What people hand in on paper, written down by an officer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congdoan.members.models import DataRequest, Person
from congdoan.members.queries import own, scope
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Right


class PaperRequestForm(forms.Form):
    """A request about personal data that came on paper or by mail. The person is named by their member number."""

    member_no = forms.CharField(label=_("Mã số đoàn viên"), max_length=40)
    kind = forms.ChoiceField(label=_("Người đó yêu cầu"), choices=DataRequest.Kind.choices)
    channel = forms.ChoiceField(
        label=_("Nhận bằng"),
        choices=[
            (channel.value, channel.label)
            for channel in DataRequest.Channel
            if channel != DataRequest.Channel.SELF_SERVICE
        ],
    )
    received_on = forms.DateField(label=_("Ngày nhận"), help_text=_("Hạn tính từ ngày này."))
    details = forms.CharField(
        label=_("Nội dung"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, capacity: Capacity, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.capacity = capacity
        self.fields["received_on"].initial = timezone.localdate

    def clean_member_no(self) -> Person:
        """Return the person in reach; whoever is out of reach is not found."""
        number = self.cleaned_data["member_no"].strip()
        person = scope.people(self.capacity, Right.KEEP_RECORDS).filter(member_no=number).first()
        if person is None:
            raise forms.ValidationError(_("Không có đoàn viên nào trong phạm vi của bạn mang mã số này."))
        return person


class PaperConsentForm(forms.Form):
    """One purpose that a person agreed to on paper."""

    text = forms.TypedChoiceField(label=_("Mục đích"), coerce=int)
    paper_ref = forms.CharField(
        label=_("Số, ngày của giấy"),
        max_length=120,
        help_text=_("Để tìm lại được bản giấy, ví dụ: Phiếu 12, ngày 17/10/2019."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].choices = [  # type: ignore[attr-defined]  # a field of choices
            ("", _("Chọn một mục đích")),
            *((text.pk, text.get_purpose_display()) for text in own.current_texts()),
        ]
