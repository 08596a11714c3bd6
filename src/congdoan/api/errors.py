"""What the API refuses, in words for the caller."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from congdoan.reporting.errors import ReportingError


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


class SignInError(ApiError):
    """Only somebody who is signed in, or brings a key, may ask this."""

    status = 401

    @property
    def title(self) -> str:
        return _("Chưa đăng nhập")

    @property
    def user_message(self) -> str:
        return _("Hãy đăng nhập, hoặc gửi mã truy cập còn hiệu lực: Authorization: Bearer cd_…")


class NotAllowedError(ApiError):
    """The mandate has no right to this."""

    status = 403

    @property
    def title(self) -> str:
        return _("Bị từ chối")

    @property
    def user_message(self) -> str:
        return _("Với tư cách đang dùng, bạn không có quyền làm việc này.")


class ConditionNeededError(ApiError):
    """A write must say what it was based on."""

    status = 428

    def __init__(self, header: str) -> None:
        super().__init__(f"{header} is missing")
        self.header = header

    @property
    def title(self) -> str:
        return _("Thiếu điều kiện")

    @property
    def user_message(self) -> str:
        return _(
            "Hãy đọc báo cáo rồi gửi kèm If-Match với ETag đã nhận (khi duyệt: If-Match hoặc digest), để không ghi đè việc của người khác."
        )


class BadKeyError(FieldError):
    """The Idempotency-Key is no UUID."""

    def __init__(self) -> None:
        super().__init__(
            "Idempotency-Key", _("Phải là một UUID, ví dụ 5f0c1f0e-8a4e-4f35-9f0e-0d8b8f3f7c11.")
        )


class RefusedStepError(Exception):
    """A step of a report was refused; ``report`` is how the report stands, ``etag`` its tag."""

    def __init__(self, cause: ReportingError, etag: str, report: Mapping[str, Any]) -> None:
        super().__init__(str(cause))
        self.cause, self.etag, self.report = cause, etag, report
