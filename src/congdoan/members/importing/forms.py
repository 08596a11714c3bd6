"""What an officer says when sending a list, and when deciding about a pair."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from congdoan.members.models import DuplicateProposal
from congdoan.organisation.forms.people import UnitField
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Right
from congdoan.spreadsheets import MAX_BYTES
from congdoan.vntext import format_int


class UploadForm(forms.Form):
    """A list and the unit that it is for. How it looks inside is judged by ``actions.imports.upload``."""

    def __init__(self, capacity: Capacity, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(
            capacity,
            Right.IMPORT_MEMBERS,
            label=_("Đơn vị"),
            initial=capacity.unit.code if capacity.unit else "",
            help_text=_("Mã hoặc tên. Danh sách chỉ được ghi vào đơn vị này và các đơn vị bên dưới."),
        )
        self.fields["file"] = forms.FileField(
            label=_("Tệp danh sách"),
            max_length=200,
            help_text=_("Excel (.xlsx) hoặc CSV, nhiều nhất 20 MB. Không có macro, công thức, ô gộp."),
            widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        )
        self.fields["default_day"] = forms.DateField(
            label=_("Ngày vào công đoàn cho người thiếu ngày"),
            required=False,
            help_text=_("Để trống nếu không rõ: khi đó các dòng thiếu ngày bị loại để bạn bổ sung."),
        )

    def clean_file(self) -> UploadedFile[Any]:
        """Refuse by size before anything is read."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if file.size is not None and file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("Tệp nặng %(size)s MB, vượt giới hạn %(limit)s MB. Hãy tách thành nhiều tệp nhỏ hơn."),
                params={"size": format_int(-(-file.size // 2**20)), "limit": format_int(MAX_BYTES // 2**20)},
            )
        return file


class DecisionForm(forms.Form):
    """What an officer found out about two records."""

    status = forms.ChoiceField(
        label=_("Kết luận"),
        widget=forms.RadioSelect,
        choices=[
            (DuplicateProposal.Status.SAME, _("Một người")),
            (DuplicateProposal.Status.DIFFERENT, _("Hai người khác nhau")),
        ],
    )
    note = forms.CharField(
        label=_("Lý do"),
        max_length=300,
        help_text=_("Bạn đã đối chiếu bằng cách nào. Đừng ghi số định danh ở đây."),
    )
