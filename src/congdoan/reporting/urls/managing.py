"""Addresses of indicators, sheets, obligations and targets."""

from __future__ import annotations

from django.urls import path

from congdoan.reporting.views import (
    managing,
    managing_drafts,
    managing_removing,
    managing_sheets,
    managing_targets,
)

_ROOT = "lam-viec/bieu-mau/"
_DRAFT = f"{_ROOT}phien-ban/<int:pk>/"

urlpatterns = [
    path(_ROOT, managing_sheets.sheets, name="managed_sheets"),
    path(f"{_ROOT}them/", managing_sheets.add_sheet, name="add_sheet"),
    path(f"{_ROOT}<int:pk>/", managing_sheets.sheet, name="managed_sheet"),
    path(f"{_ROOT}<int:pk>/xoa/", managing_removing.remove_sheet, name="remove_sheet"),
    path(f"{_ROOT}<int:pk>/ban-nhap/", managing_sheets.begin_draft, name="begin_draft"),
    path(f"{_ROOT}<int:pk>/nghia-vu/", managing_sheets.add_obligation, name="add_obligation"),
    path(f"{_ROOT}nghia-vu/<int:pk>/ket-thuc/", managing_sheets.end_obligation, name="end_obligation"),
    path(_DRAFT, managing_drafts.version, name="sheet_version"),
    path(f"{_DRAFT}sap-xep/", managing_drafts.arrange, name="arrange_draft"),
    path(f"{_DRAFT}huong-dan/", managing_drafts.edit_words, name="edit_draft_words"),
    path(f"{_DRAFT}phan/", managing_drafts.section, name="add_section"),
    path(f"{_DRAFT}phan/<int:section>/", managing_drafts.section, name="edit_section"),
    path(f"{_DRAFT}phan/<int:section>/dong/", managing_drafts.add_lines, name="add_lines"),
    path(f"{_DRAFT}dong/<int:line>/", managing_drafts.line, name="edit_line"),
    path(f"{_DRAFT}quy-tac/<slug:kind>/", managing_drafts.add_rule, name="add_rule"),
    path(f"{_DRAFT}xem-truoc/", managing_drafts.preview, name="preview_sheet"),
    path(f"{_DRAFT}so-sanh/", managing_sheets.compare, name="compare_sheet"),
    path(f"{_DRAFT}ban-hanh/", managing_sheets.publish, name="publish_sheet"),
    path(f"{_DRAFT}bo/", managing_drafts.discard, name="discard_draft"),
    path(f"{_ROOT}chi-tieu/", managing.indicators, name="indicators"),
    path(f"{_ROOT}chi-tieu/them/", managing.add_indicator, name="add_indicator"),
    path(f"{_ROOT}chi-tieu/<int:pk>/", managing.indicator, name="managed_indicator"),
    path(f"{_ROOT}chi-tieu/<int:pk>/xoa/", managing_removing.remove_indicator, name="remove_indicator"),
    path(f"{_ROOT}chi-tieu/<int:pk>/phien-ban/", managing.new_indicator_version, name="redefine_indicator"),
    path(f"{_ROOT}chi-tieu/<int:pk>/phan-to/", managing.collect_cells, name="collect_cells"),
    path(f"{_ROOT}chi-tieu/<int:pk>/cong-khai/", managing.open_indicator, name="open_indicator"),
    path(f"{_ROOT}phan-to/", managing.breakdowns, name="breakdowns"),
    path(f"{_ROOT}phan-to/them/", managing.add_breakdown, name="add_breakdown"),
    path(f"{_ROOT}phan-to/<int:pk>/", managing.breakdown, name="breakdown"),
    path(f"{_ROOT}lich/", managing_sheets.calendars, name="calendars"),
    path(f"{_ROOT}lich/them/", managing_sheets.add_calendar, name="add_calendar"),
    path(f"{_ROOT}muc-tieu/", managing_targets.targets, name="targets"),
    path(f"{_ROOT}muc-tieu/them/", managing_targets.add_target, name="add_target"),
    path(f"{_ROOT}muc-tieu/<int:pk>/", managing_targets.edit_target, name="edit_target"),
    path(f"{_ROOT}so-lieu-ngoai/", managing_targets.outside_figures, name="outside_figures"),
    path(f"{_ROOT}so-lieu-ngoai/them/", managing_targets.add_outside_figure, name="add_outside_figure"),
]
