"""Rules of reporting that were broken, in words for the log and for the reader."""

from __future__ import annotations

import abc
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congdoan.reporting.engine.values import LARGEST, Fault, ValueFaultError
from congdoan.vntext.dates import format_date
from congdoan.vntext.numbers import format_int


class ReportingError(Exception, abc.ABC):
    """A rule of reporting was broken. ``user_message`` is safe to show."""

    @property
    @abc.abstractmethod
    def user_message(self) -> str:
        """The sentence for the reader."""


def fault_words(error: ValueFaultError, name: str) -> str:
    """Say why what was typed in the cell ``name`` is no value, and what to do."""
    typed = error.text.strip()
    typed = typed if len(typed) <= 40 else f"{typed[:40]}…"
    words = {
        Fault.NOT_A_NUMBER: _("“%(name)s”: “%(typed)s” không phải là số. Hãy nhập số, ví dụ 1.289."),
        Fault.FORMULA: _("“%(name)s”: “%(typed)s” là công thức. Hãy nhập kết quả bằng số."),
        Fault.NEGATIVE: _("“%(name)s”: “%(typed)s” là số âm. Hãy nhập số từ 0 trở lên."),
        Fault.TOO_LARGE: _("“%(name)s”: “%(typed)s” quá lớn. Số lớn nhất nhận được là %(largest)s."),
        Fault.DECIMALS: _(
            "“%(name)s”: “%(typed)s” có quá nhiều chữ số thập phân; nhiều nhất là %(decimals)s."
        ),
    }[error.fault]
    return words % {
        "name": name,
        "typed": typed,
        "largest": format_int(LARGEST // 10**error.decimals),
        "decimals": error.decimals,
    }


class WrongStatusError(ReportingError):
    """The report is not in the state that the step needs, often because somebody was faster."""

    def __init__(self, *, current: str, wanted: str) -> None:
        super().__init__(f"report is {current}, not {wanted}")
        self.current, self.wanted = current, wanted

    @property
    def user_message(self) -> str:
        said = {
            "open": _("Báo cáo này đang mở để nhập. Hãy tải lại trang."),
            "submitted": _("Báo cáo này đã gửi và đang chờ duyệt. Hãy tải lại trang."),
            "returned": _("Báo cáo này đã được trả lại. Hãy tải lại trang."),
            "accepted": _("Báo cáo này đã được duyệt. Muốn sửa, hãy chọn “Sửa số liệu đã duyệt”."),
        }
        return said.get(self.current, _("Trạng thái báo cáo đã thay đổi. Hãy tải lại trang."))


class ChangedMeanwhileError(ReportingError):
    """Somebody saved other values since the reader opened the page; nothing was overwritten. ``theirs``: key → shown value."""

    def __init__(self, theirs: Mapping[str, str]) -> None:
        super().__init__(f"changed meanwhile: {sorted(theirs)}")
        self.theirs = dict(theirs)

    @property
    def user_message(self) -> str:
        return _("Người khác vừa lưu số liệu khác ở ô này. Chưa ghi đè ô nào; hãy xem lại rồi lưu lần nữa.")


class NotReadyError(ReportingError):
    """The report cannot be sent yet. ``problems`` are sentences, each naming a cell and a remedy."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = list(problems)

    @property
    def user_message(self) -> str:
        return " ".join(
            [
                ngettext(
                    "Chưa gửi được: còn %(count)s chỗ cần sửa.",
                    "Chưa gửi được: còn %(count)s chỗ cần sửa.",
                    len(self.problems),
                )
                % {"count": len(self.problems)},
                *self.problems[:5],
            ]
        )


class ReasonNeededError(ReportingError):
    """A step that others must understand was taken without a reason."""

    def __init__(self) -> None:
        super().__init__("no reason given")

    @property
    def user_message(self) -> str:
        return _("Hãy ghi lý do: người nhận cần biết phải sửa gì.")


class OwnUnitError(ReportingError):
    """Nobody reviews the report of their own unit."""

    def __init__(self) -> None:
        super().__init__("own unit")

    @property
    def user_message(self) -> str:
        return _("Không ai duyệt báo cáo của chính đơn vị mình. Báo cáo này do cấp trên duyệt.")


class NotInYourNameError(ReportingError):
    """The capacity may not do this to the report that it can see."""

    def __init__(self) -> None:
        super().__init__("the mandate may not do this")

    @property
    def user_message(self) -> str:
        return _("Với tư cách đang chọn, bạn xem được nhưng không làm được việc này.")


class TotalsMovedError(ReportingError):
    """The totals changed after the leader opened the summary; nothing was signed."""

    def __init__(self) -> None:
        super().__init__("totals moved since they were shown")

    @property
    def user_message(self) -> str:
        return _("Số liệu vừa thay đổi nên chưa ký. Hãy xem lại số mới rồi ký.")


class UnknownCellError(ReportingError):
    """A cell was named that the sheet does not have. ``keys`` as given."""

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__(f"unknown cells: {list(keys)}")
        self.keys = list(keys)

    @property
    def user_message(self) -> str:
        names = ", ".join(f"“{key[:60]}”" for key in self.keys[:5])
        return _("Biểu mẫu này không có ô %s. Hãy dùng đúng biểu mẫu của kỳ báo cáo.") % names


class BadValuesError(ReportingError):
    """Some of what was typed are no values. ``sentences``: key → sentence. All else was kept."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        super().__init__(f"bad values: {sorted(sentences)}")
        self.sentences = dict(sentences)

    @property
    def user_message(self) -> str:
        return " ".join(list(self.sentences.values())[:5])


class WindowCutsPeriodError(ReportingError):
    """A figure was asked for dates that cut through a period."""

    def __init__(self, start: object, end: object) -> None:
        super().__init__(f"{start}–{end} cuts a period")
        self.start, self.end = start, end

    @property
    def user_message(self) -> str:
        return _(
            "Khoảng từ %(start)s đến %(end)s cắt ngang một kỳ báo cáo, nên không tính được chính xác. Hãy chọn ngày đầu và ngày cuối của kỳ."
        ) % {"start": format_date(self.start), "end": format_date(self.end)}  # type: ignore[arg-type]  # dates


class ConfigurationError(ReportingError):
    """An indicator, sheet or obligation cannot be as described. ``sentence`` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    @property
    def user_message(self) -> str:
        return self.sentence


class DraftChangedError(ReportingError):
    """Somebody else saved the draft since it was opened; nothing was overwritten."""

    def __init__(self) -> None:
        super().__init__("the draft was saved by somebody else")

    @property
    def user_message(self) -> str:
        return _(
            "Người khác vừa sửa bản nháp này sau khi bạn mở trang. Chưa ghi đè gì; hãy xem lại bản mới nhất rồi làm lại."
        )


class FrozenVersionError(ReportingError):
    """A published version of a sheet never changes."""

    def __init__(self) -> None:
        super().__init__("the version is published")

    @property
    def user_message(self) -> str:
        return _("Phiên bản đã ban hành không sửa được nữa. Hãy soạn phiên bản mới từ nó.")


class NotTheTemplateError(ReportingError):
    """An uploaded file is not the template of this report. ``sentence`` says what differs."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    @property
    def user_message(self) -> str:
        return self.sentence


class MovedOnError(ReportingError):
    """The report is no longer as the program read it; nothing was written."""

    def __init__(self) -> None:
        super().__init__("the report has moved on")

    @property
    def user_message(self) -> str:
        return _(
            "Báo cáo đã thay đổi từ lúc bạn đọc, nên chưa ghi gì. Hãy đọc lại báo cáo rồi gửi lần nữa với ETag mới."
        )


class NotOwedError(ReportingError):
    """Nobody asked this unit for this sheet in this period, or the period has not begun."""

    def __init__(self) -> None:
        super().__init__("not owed")

    @property
    def user_message(self) -> str:
        return _("Đơn vị không phải nộp biểu mẫu này cho kỳ này, hoặc kỳ này chưa bắt đầu.")


class EngineUnavailableError(ReportingError):
    """The engine that was asked to sum everything cannot. ``fault`` as the engines name it, ``detail`` in their words."""

    def __init__(self, name: str, fault: str, detail: str) -> None:
        super().__init__(f"{name}: {fault} {detail}".strip())
        self.name, self.fault, self.detail = name, fault, detail

    @property
    def user_message(self) -> str:
        said = {
            "unknown": _("Không có công cụ tính “%(name)s”. Hãy chọn một trong: %(detail)s."),
            "not_installed": _("Máy này chưa cài công cụ tính “%(name)s”. Hãy cài các gói trong %(detail)s."),
            "no_address": _(
                "Chưa có địa chỉ của “%(name)s”. Hãy đặt biến môi trường %(detail)s rồi chạy lại."
            ),
            "failed": _("Công cụ tính “%(name)s” báo lỗi: %(detail)s"),
        }
        return said[self.fault] % {"name": self.name, "detail": self.detail}


class UnknownIndicatorError(ReportingError):
    """No indicator has this code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"no indicator {code!r}")
        self.code = code

    @property
    def user_message(self) -> str:
        return _("Không có chỉ tiêu nào mang mã “%s”. Hãy xem lại mã trong danh mục chỉ tiêu.") % self.code


class UnknownUnitError(ReportingError):
    """No unit has this code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"no unit {code!r}")
        self.code = code

    @property
    def user_message(self) -> str:
        return _("Không có đơn vị nào mang mã “%s”. Hãy xem lại mã trong danh sách đơn vị.") % self.code


class UnknownSeriesError(ReportingError):
    """The indicator is not cut in this way."""

    def __init__(self, code: str, cell: str) -> None:
        super().__init__(f"{code!r} has no cell {cell!r}")
        self.code, self.cell = code, cell

    @property
    def user_message(self) -> str:
        return _("Chỉ tiêu “%(code)s” không có ô “%(cell)s”. Hãy viết như sex=female.") % {
            "code": self.code,
            "cell": self.cell,
        }
