"""The pages before an indicator or a sheet is deleted."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congdoan.organisation.access import capacity_of, requires
from congdoan.organisation.rights import Right
from congdoan.reporting.actions.configuring import removing as actions
from congdoan.reporting.errors import ReportingError
from congdoan.reporting.views import managing_words as words
from congdoan.reporting.views.managing import indicator_of
from congdoan.reporting.views.managing_sheets import sheet_of


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.CONFIGURE_REPORTS)
def remove_indicator(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete an indicator that was made by mistake."""
    one = indicator_of(request, pk)
    return _page(
        request,
        (one.shown_name, reverse("reporting:managed_indicator", args=[one.pk])),
        title=_("Xoá chỉ tiêu"),
        text=_("“%s” sẽ mất hẳn cùng các phiên bản và phân tổ. Chỉ xoá được chỉ tiêu chưa dùng ở đâu.")
        % one.shown_name,
        remove=lambda: actions.remove_indicator(one.pk, by=capacity_of(request)),
        done=_("Đã xoá chỉ tiêu."),
        after="reporting:indicators",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.CONFIGURE_REPORTS)
def remove_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a sheet that was made by mistake."""
    one = sheet_of(request, pk)
    return _page(
        request,
        words.sheet_step(one),
        title=_("Xoá biểu mẫu"),
        text=_("“%s” sẽ mất hẳn cùng bản nháp. Chỉ xoá được biểu mẫu chưa ban hành.") % one,
        remove=lambda: actions.remove_sheet(one.pk, by=capacity_of(request)),
        done=_("Đã xoá biểu mẫu."),
        after="reporting:managed_sheets",
    )


def _page(
    request: HttpRequest,
    step: tuple[str, str],
    *,
    title: str,
    text: str,
    remove: Callable[[], None],
    done: str,
    after: str,
) -> HttpResponse:
    back = step[1]
    if request.method == "POST":
        try:
            remove()
        except ReportingError as error:
            messages.error(request, error.user_message)
            return redirect(back)
        messages.success(request, done)
        return redirect(after)
    context = {"title": title, "text": text, "back": back, "crumbs": words.crumbs(step)}
    return render(request, "reporting/managing/remove.html", context)
