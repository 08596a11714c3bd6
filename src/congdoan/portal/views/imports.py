"""The editors' screen for taking over saved pages of an old portal: choose a file, look, confirm."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congdoan import vntext
from congdoan.accounts.models import User
from congdoan.portal import forms, queries
from congdoan.portal.actions import imports, site_parts
from congdoan.portal.errors import PortalError
from congdoan.portal.importing import Figure, Heading, ItemList, Paragraph, ParsedPage, Table, parse
from congdoan.portal.models import NewsIndexPage


def may_import(user: User) -> bool:
    """Whether ``user`` may make articles anywhere in the news."""
    index = NewsIndexPage.objects.first()
    if index is not None and index.permissions_for_user(user).can_add_subpage():
        return True
    return bool(queries.categories_to_write_in(user))


@require_http_methods(["GET", "POST"])
def import_page(request: HttpRequest) -> HttpResponse:
    """First a file, then what was recognised in it, then the article."""
    editor = cast("User", request.user)
    if not may_import(editor):
        raise PermissionDenied
    if request.method == "GET":
        return _choose(request, forms.SavedPageForm())
    if "packed" not in request.POST:
        return _read(request, editor)
    return _confirm(request, editor)


def _choose(request: HttpRequest, form: forms.SavedPageForm) -> HttpResponse:
    return render(
        request, "portal/admin/import_choose.html", {"form": form}, status=422 if form.errors else 200
    )


def _read(request: HttpRequest, editor: User) -> HttpResponse:
    form = forms.SavedPageForm(request.POST, request.FILES)
    if not form.is_valid():
        return _choose(request, form)
    parsed = form.parsed
    packed = forms.pack(form.data_read)
    preview = forms.ImportForm(
        parsed=parsed,
        user=editor,
        initial={"packed": packed, "filename": parsed.filename},
    )
    return _preview(request, preview, editor)


def _confirm(request: HttpRequest, editor: User) -> HttpResponse:
    try:
        parsed = parse(forms.unpack(request.POST["packed"]), request.POST.get("filename", "")[:255])
    except (ValueError, vntext.VntextError):
        messages.error(request, _("Không đọc lại được tệp. Hãy chọn tệp lần nữa."))
        return redirect("congdoan_import_page")
    form = forms.ImportForm(request.POST, parsed=parsed, user=editor)
    if not form.is_valid():
        return _preview(request, form, editor)

    try:
        imported = imports.import_page(
            parsed, by=editor, publish="publish" in request.POST, category=form.chosen_category
        )
        site_parts.adopt_parts(parsed, form.cleaned_data.get("adopt", []), by=editor)
    except PortalError as error:
        form.add_error(None, error.user_message)
        return _preview(request, form, editor)
    title = imported.article.title
    if not imported.created:
        messages.warning(request, _("Bài “%s” đã được nhập trước đây, không thay đổi gì.") % title)
    elif imported.article.live:
        messages.success(request, _("Đã nhập và xuất bản bài “%s”.") % title)
    else:
        messages.success(request, _("Đã nhập bài “%s” thành bản nháp. Hãy xem lại rồi xuất bản.") % title)
    return redirect("wagtailadmin_pages:edit", imported.article.pk)


def _preview(request: HttpRequest, form: forms.ImportForm, editor: User) -> HttpResponse:
    parsed = form.parsed
    known = imports.find_imported(parsed)
    return render(
        request,
        "portal/admin/import_preview.html",
        {
            "form": form,
            "page": parsed,
            "blocks": [(_kind(block), block) for block in parsed.blocks],
            "date": _date(parsed),
            "known": known if known and known.permissions_for_user(editor).can_edit() else None,
            "may_publish": any(
                category.permissions_for_user(editor).can_publish_subpage()
                for category in queries.categories_to_write_in(editor)
            )
            or editor.is_superuser,
        },
        status=422 if form.errors else 200,
    )


def _kind(block: object) -> str:
    kinds = {Paragraph: "paragraph", Heading: "heading", Figure: "figure", ItemList: "list", Table: "table"}
    return kinds.get(type(block), "quote")


def _date(parsed: ParsedPage) -> str:
    if parsed.published_at is not None:
        if parsed.has_time:
            return vntext.format_datetime(parsed.published_at)
        return vntext.format_date(parsed.published_at.date())
    if parsed.captured_on is not None:
        return _("không muộn hơn %s (ngày trang cũ được lưu)") % vntext.format_date(parsed.captured_on)
    return ""
