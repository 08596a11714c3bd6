"""What the screens of filling send."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from congdoan.reporting.errors import UnknownCellError
from congdoan.reporting.queries.cells import INAPPLICABLE, Cell

MOST_LINES = 5_000
_PREFIXES = ("c", "g", "n")


@dataclass(slots=True)
class Typed:
    """Cells as a page sent them. ``values`` and ``comments`` hold what the person changed, by key of series."""

    values: dict[str, str] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    sent: list[Cell] = field(default_factory=list)


def typed(data: QueryDict, cells: Mapping[int, Cell]) -> Typed:
    """Read ``c<series>`` (text), ``r<series>`` ("revision:text that was seen"), ``g<series>`` (comment), ``n<series>`` (does
    not apply). A cell whose text is the one that was seen was not changed, whatever stands there now.

    Raises ``UnknownCellError`` for a series that the sheet does not have.
    """
    found = Typed()
    unknown = []
    for name in data:
        prefix, number = name[:1], name[1:]
        if prefix not in _PREFIXES or not number.isascii() or not number.isdigit():
            continue
        cell = cells.get(int(number))
        if cell is None:
            unknown.append(number)
            continue
        if cell not in found.sent:
            found.sent.append(cell)
        if prefix == "g":
            comment = str(data[name])
            if comment.strip() != cell.comment:
                found.comments[cell.key] = comment
            continue
        _take(found, data, cell)
    if unknown:
        raise UnknownCellError(unknown)
    return found


def _take(found: Typed, data: QueryDict, cell: Cell) -> None:
    text = INAPPLICABLE if data.get(f"n{cell.pk}") else data.get(f"c{cell.pk}", "")
    revision, colon, seen = data.get(f"r{cell.pk}", "").partition(":")
    if not colon or not revision.isascii() or not revision.isdigit():
        revision, seen = "0", ""
    if text.strip() != seen.strip():
        found.values[cell.key] = text
        found.seen[cell.key] = int(revision)


class ReasonForm(forms.Form):
    """Why an accepted report is corrected."""

    reason = forms.CharField(
        label=_("Lý do sửa"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Cấp trên đọc lý do này khi duyệt lại. Ví dụ: đếm thiếu một buổi tuyên truyền."),
        error_messages={"required": _("Hãy ghi lý do sửa.")},
    )


class UploadForm(forms.Form):
    """The filled template of a report."""

    file = forms.FileField(
        label=_("Tệp đã điền"),
        help_text=_("XLSX theo tệp mẫu của chính báo cáo này."),
        error_messages={
            "required": _("Hãy chọn tệp đã điền."),
            "empty": _("Tệp trống. Hãy lưu lại tệp trong Excel rồi tải lên."),
        },
    )


class PasteForm(forms.Form):
    """A column of numbers, one line a cell, in the order of the section."""

    column = forms.CharField(
        label=_("Cột số"),
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "inputmode": "text"}),
        help_text=_(
            "Chép một cột trong Excel rồi dán vào đây: mỗi dòng là một ô, theo thứ tự của phần này. Dòng trống giữ nguyên ô."
        ),
        error_messages={"required": _("Hãy dán cột số vào ô này.")},
    )

    def lines(self) -> list[str]:
        """Return the lines; of several columns the last one."""
        text = self.cleaned_data["column"].replace("\r\n", "\n").replace("\r", "\n").strip("\n")
        return [line.split("\t")[-1].strip() for line in text.split("\n")[:MOST_LINES]]
