"""Errors as programs get them: ``application/problem+json`` (RFC 9457)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import structlog
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError, HttpError, ValidationError

from congdoan.api.errors import ApiError, FieldError, RefusedStepError, TooManyRequestsError
from congdoan.reporting import errors as reporting

MEDIA_TYPE = "application/problem+json"


def problem(
    status: int,
    title: str,
    detail: str,
    *,
    errors: Sequence[Mapping[str, str]] = (),
    more: Mapping[str, Any] | None = None,
) -> JsonResponse:
    """Return the answer for one fault; ``errors`` name fields: ``{"field", "message"}``; ``more`` are further members."""
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    body["errors"] = list(errors)
    body |= more or {}
    response = JsonResponse(
        body, status=status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False}
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def of_api_error(request: HttpRequest, error: ApiError) -> JsonResponse:
    """Answer a rule of the API that was broken."""
    fields = [{"field": error.field, "message": error.message}] if isinstance(error, FieldError) else []
    response = problem(error.status, error.title, error.user_message, errors=fields)
    if isinstance(error, TooManyRequestsError):
        response.headers["Retry-After"] = str(error.seconds)
    if error.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def of_reporting_error(
    request: HttpRequest, error: reporting.ReportingError, more: Mapping[str, Any] | None = None
) -> JsonResponse:
    """Answer a rule of reporting that was broken."""
    status = next((status for kind, status in _STATUSES.items() if isinstance(error, kind)), 422)
    titles = {
        403: _("Bị từ chối"),
        409: _("Báo cáo không ở trạng thái cần thiết"),
        412: _("Báo cáo đã thay đổi"),
        422: _("Chưa làm được"),
    }
    return problem(status, titles[status], error.user_message, errors=_fields_of(error), more=more)


_STATUSES: dict[type[reporting.ReportingError], int] = {
    reporting.WrongStatusError: 409,
    reporting.MovedOnError: 412,
    reporting.ChangedMeanwhileError: 412,
    reporting.OwnUnitError: 403,
    reporting.NotInYourNameError: 403,
}


def _fields_of(error: reporting.ReportingError) -> list[dict[str, str]]:
    """Name the fields at fault: cells by their key, parameters by their name."""
    if isinstance(error, reporting.BadValuesError):
        return [{"field": key, "message": words} for key, words in error.sentences.items()]
    if isinstance(error, reporting.UnknownCellError):
        return [{"field": key[:300], "message": _("Biểu mẫu không có ô này.")} for key in error.keys]
    if isinstance(error, reporting.NotReadyError):
        return [{"field": "values", "message": words} for words in error.problems]
    if isinstance(error, reporting.WindowCutsPeriodError):
        return [{"field": name, "message": error.user_message} for name in ("from", "to")]
    if isinstance(error, reporting.ReasonNeededError):
        return [{"field": "reason", "message": error.user_message}]
    return []


def of_refused_step(request: HttpRequest, error: RefusedStepError) -> JsonResponse:
    """Answer a refused step of a report, with the report as it stands and its tag."""
    response = of_reporting_error(request, error.cause, {"report": error.report})
    response.headers["ETag"] = error.etag
    return response


def of_validation(request: HttpRequest, error: ValidationError) -> JsonResponse:
    """Answer parameters of the wrong shape, each with a sentence beside its name."""
    fields = [{"field": _field(each["loc"]), "message": _sentence(each)} for each in error.errors]
    detail = _("Hãy sửa: %(fields)s.") % {"fields": ", ".join(each["field"] for each in fields)}
    return problem(422, _("Tham số không hợp lệ"), detail, errors=fields)


def of_http_error(request: HttpRequest, error: HttpError) -> JsonResponse:
    """Answer what the framework itself refuses: no key, a form of another site."""
    if isinstance(error, AuthenticationError):
        detail = _("Hãy đăng nhập, hoặc gửi mã truy cập còn hiệu lực: Authorization: Bearer cd_…")
        response = problem(401, _("Chưa đăng nhập"), detail)
        response.headers["WWW-Authenticate"] = "Bearer"
        return response
    if error.status_code == 403:
        return problem(
            403,
            _("Bị từ chối"),
            _("Bạn không có quyền làm việc này, hoặc trang đã mở quá lâu (mã CSRF)."),
        )
    return problem(error.status_code, _("Yêu cầu không hợp lệ"), _("Hãy xem lại yêu cầu."))


def not_found(request: HttpRequest, error: Http404 | None = None) -> JsonResponse:
    """Answer what is not there, or is not the asker's: both look the same."""
    return problem(404, _("Không tìm thấy"), _("Không có gì ở địa chỉ này. Hãy xem /api/v1/docs."))


def not_allowed(allowed: str) -> JsonResponse:
    """Answer a method that the address does not know."""
    response = problem(
        405,
        _("Không dùng được phương thức này"),
        _("Địa chỉ này chỉ nhận: %(methods)s.") % {"methods": allowed},
    )
    response.headers["Allow"] = allowed
    return response


def of_fault(request: HttpRequest, error: Exception) -> JsonResponse:
    """Answer a fault of ours, with the id under which the log knows it."""
    structlog.get_logger(__name__).exception("api failed", path=request.path)
    number = structlog.contextvars.get_contextvars().get("request_id", "")
    return problem(500, _("Máy chủ gặp lỗi"), _("Mã lỗi: %(number)s") % {"number": number})


def _field(place: Iterable[Any]) -> str:
    """ "on": the last name of where pydantic found the fault."""
    names = [str(part) for part in place if not isinstance(part, int)]
    return names[-1] if names else ""


def _sentence(fault: Mapping[str, Any]) -> str:
    context = fault.get("ctx", {})
    match fault.get("type"):
        case "missing":
            return _("Còn thiếu.")
        case "int_parsing" | "int_type" | "int_from_float" | "int_parsing_size":
            return _("Phải là số nguyên, ví dụ 50.")
        case "greater_than_equal":
            return _("Nhỏ nhất là %(bound)s.") % {"bound": context.get("ge")}
        case "less_than_equal":
            return _("Lớn nhất là %(bound)s.") % {"bound": context.get("le")}
        case "literal_error":
            return _("Chỉ nhận: %(values)s.") % {"values": str(context.get("expected")).replace(" or ", ", ")}
        case "string_too_long":
            return _("Dài nhất %(bound)s ký tự.") % {"bound": context.get("max_length")}
        case "date_format":
            return _("Ngày phải viết theo ISO 8601, ví dụ 2025-07-01.")
        case "string_type" | "int_from_float" | "float_type":
            return _("Phải là chữ hoặc số.")
        case "dict_type" | "model_attributes_type":
            return _("Phải là một đối tượng JSON.")
        case "too_many_cells" | "too_long":
            return _("Quá nhiều ô trong một lần gửi.")
        case "control_characters":
            return _("Không được có ký tự điều khiển.")
    return _("Giá trị không hợp lệ.")
