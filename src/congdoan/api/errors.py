"""What the API refuses, in words for the caller."""

from __future__ import annotations

from django.utils.translation import gettext as _


class ApiError(Exception):
    """A request that cannot be answered. ``title`` and ``user_message`` are safe to show."""

    status = 400

    @property
    def title(self) -> str:
        """The kind of fault, the same for every request that has it."""
        return _("Yêu cầu không hợp lệ")

    @property
    def user_message(self) -> str:
        """What is wrong with this request, and the remedy."""
        return _("Hãy xem lại yêu cầu.")


class FieldError(ApiError):
    """One parameter is wrong; ``field`` names it."""

    status = 422

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message

    @property
    def title(self) -> str:
        return _("Tham số không hợp lệ")

    @property
    def user_message(self) -> str:
        return self.message


class NoSuchUnitError(FieldError):
    """A parameter names a unit that is not there."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(field, _("Không có đơn vị nào mang mã “%(code)s”. Hãy xem lại mã.") % {"code": code})


class TooManyRowsError(ApiError):
    """A workbook would be too long; the remedy is a narrower question or another format."""

    status = 422

    def __init__(self, count: int, most: int) -> None:
        super().__init__(f"{count} rows, at most {most}")
        self.most = most

    @property
    def title(self) -> str:
        return _("Quá nhiều dòng cho một tệp XLSX")

    @property
    def user_message(self) -> str:
        return _("Tệp XLSX có nhiều nhất %(most)d dòng. Hãy thu hẹp bằng within hoặc kind, hoặc tải CSV.") % {
            "most": self.most
        }


class TooManyRequestsError(ApiError):
    """Whoever asks has asked too often; ``seconds`` says when to come back."""

    status = 429

    def __init__(self, seconds: int) -> None:
        super().__init__(f"wait {seconds} s")
        self.seconds = seconds

    @property
    def title(self) -> str:
        return _("Quá nhiều yêu cầu")

    @property
    def user_message(self) -> str:
        return _("Bạn đã gửi quá nhiều yêu cầu. Hãy thử lại sau %(seconds)d giây.") % {
            "seconds": self.seconds
        }
