"""The editors' screen for copying a report page for another unit or period: choose, look, make drafts."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from congdoan.accounts.models import User
from congdoan.figures.actions import copying
from congdoan.figures.errors import MayNotCopyError
from congdoan.figures.forms.copying import CopyForm
from congdoan.figures.queries.printing import Entry


@require_http_methods(["GET", "POST"])
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """First units and days, then what the copies would say and lack, then the drafts."""
    editor = cast("User", request.user)
    page = _source(pk, editor)
    places = copying.places_for(page, editor)
    if not places:
        raise Http404
    form = CopyForm(request.POST or None, page=page, places=places)
    if request.method == "GET" or not form.is_valid() or form.window is None:
        return _choose(request, form, page)

    planned = copying.plan(page, form.targets, form.window)
    if "create" not in request.POST:
        return render(
            request,
            "figures/reports/copy_preview.html",
            {"form": form, "page": page, "planned": [_told(one) for one in planned]},
        )
    titles = {one.unit.pk: request.POST.get(f"title-{one.unit.pk}", "") for one in planned}
    try:
        made = copying.copy_report(page, planned, form.cleaned_data["category"], titles=titles, by=editor)
    except MayNotCopyError:
        form.add_error(
            "category", _("Bạn không được viết bài trong chuyên mục này. Hãy chọn chuyên mục khác.")
        )
        return _choose(request, form, page)
    words = ngettext("Đã tạo %(count)d bản nháp.", "Đã tạo %(count)d bản nháp.", len(made))
    messages.success(request, words % {"count": len(made)})
    if len(made) == 1:
        return redirect("wagtailadmin_pages:edit", made[0].pk)
    return redirect("wagtailadmin_explore", form.cleaned_data["category"].pk)


def _choose(request: HttpRequest, form: CopyForm, page: Any) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "figures/reports/copy_choose.html", {"form": form, "page": page}, status=status)


def _source(pk: int, editor: User) -> Any:
    """Return the report to copy: one that readers see, or one that the editor may edit. Anything else does not exist."""
    page = get_object_or_404(Page, pk=pk)
    if not page.live and not page.permissions_for_user(editor).can_edit():
        raise Http404
    source = copying.source_of(page)
    if not getattr(source, "is_report", False) or not (source.report_from and source.report_to):
        raise Http404
    return source


def _told(one: copying.Planned) -> dict[str, Any]:
    return {
        "unit": one.unit,
        "name": one.unit_name,
        "title": one.title,
        "total": len(one.printable.entries),
        "missing": [_name(entry) for entry in one.printable.without_data],
        "kept": [_name(entry) for entry in one.printable.kept],
    }


def _name(entry: Entry) -> str:
    return f"{entry.name}: {entry.why_missing}" if entry.is_closed else entry.name
