"""Addresses of filling a report."""

from __future__ import annotations

from django.urls import URLPattern, path

from congdoan.reporting.views import filling, filling_cells, filling_files, filling_reading, filling_steps

_ONE = "lam-viec/bao-cao/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("lam-viec/bao-cao/", filling.reports, name="reports"),
    path(_ONE, filling.fill, name="fill"),
    path(f"{_ONE}o/", filling_cells.cells, name="cells"),
    path(f"{_ONE}khong-phat-sinh/", filling_steps.nil, name="nil"),
    path(f"{_ONE}kiem-tra/", filling_steps.check, name="check"),
    path(f"{_ONE}gui/", filling_steps.send, name="send"),
    path(f"{_ONE}da-gui/", filling_steps.sent, name="sent"),
    path(f"{_ONE}rut-lai/", filling_steps.withdraw, name="withdraw"),
    path(f"{_ONE}sua/", filling_steps.correct, name="correct"),
    path(f"{_ONE}xem/", filling_reading.read, name="read"),
    path(f"{_ONE}tep-mau.xlsx", filling_files.template, name="template"),
    path(f"{_ONE}tai-len/", filling_files.upload, name="upload"),
    path(f"{_ONE}dan/", filling_files.paste, name="paste"),
]
