"""One version of a sheet: a draft to edit, or what was published, to read; tried out as its fillers will see it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congdoan.organisation.access import capacity_of, requires
from congdoan.organisation.rights import Right
from congdoan.reporting.actions.configuring import publishing
from congdoan.reporting.actions.configuring import sheets as actions
from congdoan.reporting.errors import ReportingError
from congdoan.reporting.forms.managing_sheets import (
    RULE_KINDS,
    LineForm,
    RuleForm,
    SectionForm,
    WordsForm,
    seen_of,
)
from congdoan.reporting.models import SheetVersion
from congdoan.reporting.queries import configuring as queries
from congdoan.reporting.queries import drafting
from congdoan.reporting.queries.sheets import Blank, blank
from congdoan.reporting.views import managing_words as words

MOST_FOUND = 60


def version_of(request: HttpRequest, pk: int) -> SheetVersion:
    """Return a version of a sheet in reach; others are not found."""
    found = queries.versions(capacity_of(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def draft_of(request: HttpRequest, pk: int) -> SheetVersion:
    """Return a draft in reach; what is published has no screens of editing."""
    found = version_of(request, pk)
    if found.published_at is not None:
        raise Http404
    return found


def _way(request: HttpRequest, version: SheetVersion, form: Any = None) -> dict[str, Any]:
    """Return what every screen of a draft shows: the way, the way back, and the saving that it was drawn from.

    A form that only has a slip in a field keeps the saving it came with; one that was told of another's saving takes the
    newest: who sends it again has read that.
    """
    is_slip = request.method == "POST" and form is not None and not form.non_field_errors()
    return {
        "crumbs": words.crumbs(words.sheet_step(version.sheet), words.version_step(version)),
        "back": words.version_step(version)[1],
        "seen": seen_of(request.POST) if is_slip else version.revision,
    }


@require_safe
@requires(Right.CONFIGURE_REPORTS)
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """One version with its sections, lines and rules; a draft with what can be done to it."""
    one = version_of(request, pk)
    sheet = blank(one)
    is_draft = one.published_at is None
    codes = queries.rule_ids(one)
    context = {
        "version": one,
        "name": words.version_name(one),
        "crumbs": words.crumbs(words.sheet_step(one.sheet)),
        "is_draft": is_draft,
        "sections": sheet.sections,
        "rules": [
            {
                "pk": codes[rule.code],
                "text": words.rule_sentence(rule, sheet.by_key),
                "is_error": rule.severity.value == "error",
            }
            for rule in sheet.rules
        ],
        "rule_kinds": [
            {"label": label, "url": reverse("reporting:add_rule", args=[one.pk, kind])}
            for kind, label in RULE_KINDS.items()
        ],
        "problems": publishing.faults(one, capacity_of(request).on) if is_draft else [],
        "seen": one.revision,
    }
    return render(request, "reporting/managing/version.html", context)


@require_POST
@requires(Right.CONFIGURE_REPORTS)
def arrange(request: HttpRequest, pk: int) -> HttpResponse:
    """Move or remove a line, a section or a rule: ``lam`` is "len-line-5", "xuong-section-2", "bo-rule-3"."""
    one = draft_of(request, pk)
    deed, what, number = [*request.POST.get("lam", "").split("-"), "", ""][:3]
    if (
        deed not in ("len", "xuong", "bo")
        or what not in ("line", "section", "rule")
        or not number.isdecimal()
    ):
        raise Http404
    seen, capacity, row = seen_of(request.POST), capacity_of(request), int(number[:9])
    try:
        if deed == "bo":
            actions.remove(one.pk, what, row, by=capacity, seen=seen)
        else:
            actions.move(one.pk, what, row, up=deed == "len", by=capacity, seen=seen)
    except ReportingError as error:
        messages.error(request, error.user_message)
    except queries.GONE:
        messages.error(request, _("Dòng này không còn trong bản nháp. Hãy xem lại bản mới nhất."))
    return redirect("reporting:sheet_version", one.pk)


def _saved(request: HttpRequest, version: SheetVersion) -> HttpResponse:
    messages.success(request, _("Đã lưu vào bản nháp."))
    return redirect("reporting:sheet_version", version.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.CONFIGURE_REPORTS)
def edit_words(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed, and how to fill the sheet in."""
    one = draft_of(request, pk)
    form = WordsForm(request.POST or None, initial={"note": one.note, "guidance": one.guidance})
    if form.is_valid():
        with words.told(form):
            actions.edit_words(
                one.pk, by=capacity_of(request), seen=seen_of(request.POST), **form.cleaned_data
            )
            return _saved(request, one)
    context = _way(request, one, form) | {"form": form, "title": _("Ghi chú và hướng dẫn"), "label": _("Lưu")}
    return render(request, "reporting/managing/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.CONFIGURE_REPORTS)
def section(request: HttpRequest, pk: int, section: int | None = None) -> HttpResponse:
    """A new section, or another title for one."""
    one = draft_of(request, pk)
    found = queries.section(one, section) if section else None
    if section and found is None:
        raise Http404
    initial = {"title": found.title, "title_en": found.title_en} if found else {}
    form = SectionForm(request.POST or None, initial=initial)
    if form.is_valid():
        with words.told(form):
            made = actions.save_section(
                one.pk, section, by=capacity_of(request), seen=seen_of(request.POST), **form.cleaned_data
            )
            if section is None:
                messages.success(request, _("Đã thêm phần. Giờ hãy chọn các dòng của phần này."))
                return redirect("reporting:add_lines", one.pk, made.pk)
            return _saved(request, one)
    context = _way(request, one, form) | {
        "form": form,
        "title": _("Sửa phần") if found else _("Thêm phần"),
        "label": _("Lưu phần"),
    }
    return render(request, "reporting/managing/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.CONFIGURE_REPORTS)
def add_lines(request: HttpRequest, pk: int, section: int) -> HttpResponse:
    """Look for indicators and put the chosen ones into a section."""
    capacity = capacity_of(request)
    one = draft_of(request, pk)
    found = queries.section(one, section)
    if found is None:
        raise Http404
    if request.method == "POST":
        chosen = [int(text) for text in request.POST.getlist("chon") if text.isdecimal() and len(text) < 10]
        try:
            made = actions.add_lines(one.pk, section, chosen, by=capacity, seen=seen_of(request.POST))
        except ReportingError as error:
            messages.error(request, error.user_message)
        else:
            messages.success(
                request,
                ngettext("Đã thêm %(count)s dòng.", "Đã thêm %(count)s dòng.", len(made))
                % {"count": len(made)},
            )
            return redirect("reporting:sheet_version", one.pk)
    text = request.GET.get("q", "")
    there = set(queries.series_of(one))
    page = Paginator(
        [series for series in queries.series_to_add(capacity, text) if series.pk not in there], MOST_FOUND
    ).get_page(request.GET.get("trang"))
    context = _way(request, one) | {"section": found, "text": text, "page": page, "title": _("Thêm dòng")}
    return render(request, "reporting/managing/add_lines.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.CONFIGURE_REPORTS)
def line(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """One line: label, required, "of which", prefill, section."""
    one = draft_of(request, pk)
    sheet = blank(one)
    found = next((each for each in sheet.lines if each.pk == line), None)
    if found is None:
        raise Http404
    initial = {
        name: getattr(found, name) for name in ("label", "label_en", "is_required", "is_part", "prefill")
    }
    form = LineForm(
        [part for part, _lines in sheet.sections],
        request.POST or None,
        initial={**initial, "section": found.section_id},
    )
    if form.is_valid():
        data = form.cleaned_data
        with words.told(form):
            actions.edit_line(
                one.pk,
                found.pk,
                section_id=data.pop("section"),
                by=capacity_of(request),
                seen=seen_of(request.POST),
                **data,
            )
            return _saved(request, one)
    context = _way(request, one, form) | {
        "form": form,
        "title": _("Sửa dòng"),
        "label": _("Lưu dòng"),
        "lead": found.series.key,
    }
    return render(request, "reporting/managing/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.CONFIGURE_REPORTS)
def add_rule(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """One more rule, chosen from the lines of the sheet."""
    one = draft_of(request, pk)
    if kind not in RULE_KINDS:
        raise Http404
    sheet: Blank = blank(one)
    form = RuleForm(kind, sheet.lines, request.POST or None)
    if form.is_valid():
        with words.told(form):
            actions.add_rule(one.pk, form.rule, by=capacity_of(request), seen=seen_of(request.POST))
            return _saved(request, one)
    context = _way(request, one, form) | {
        "form": form,
        "title": _("Thêm quy tắc: %s") % RULE_KINDS[kind],
        "label": _("Thêm quy tắc"),
    }
    return render(request, "reporting/managing/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.CONFIGURE_REPORTS)
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet as a chair sees it on a phone; values can be tried against its rules, nothing is saved."""
    one = version_of(request, pk)
    typed = None
    if request.method == "POST":
        typed = {name[1:]: str(text) for name, text in request.POST.items() if name.startswith("c")}
    parts, said = drafting.tried(one, typed)
    context = _way(request, one) | {
        "version": one,
        "title": _("Xem trước"),
        "parts": parts,
        "said": said,
        "is_tried": typed is not None,
    }
    return render(request, "reporting/managing/preview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.CONFIGURE_REPORTS)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    one = draft_of(request, pk)
    if request.method == "POST":
        try:
            sheet = actions.discard_draft(one.pk, by=capacity_of(request), seen=seen_of(request.POST))
        except ReportingError as error:
            messages.error(request, error.user_message)
            return redirect("reporting:sheet_version", one.pk)
        messages.success(request, _("Đã bỏ bản nháp. Phiên bản đang dùng không thay đổi."))
        return redirect("reporting:managed_sheet", sheet.pk)
    context = _way(request, one) | {
        "title": _("Bỏ bản nháp"),
        "hidden": [("seen", one.revision)],
        "text": _("%(name)s của “%(sheet)s” sẽ mất hẳn. Phiên bản đang dùng và các báo cáo không thay đổi.")
        % {"name": words.version_name(one), "sheet": one.sheet},
    }
    return render(request, "reporting/managing/discard.html", context)
