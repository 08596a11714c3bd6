"""Addresses of the editors' chooser of figures, inside the admin (``/quan-tri/so-lieu/…``)."""

from __future__ import annotations

from django.urls import URLPattern, path

from congdoan.figures.views import editing

urlpatterns: list[URLPattern] = [
    path("so-lieu/hop-thoai/", editing.dialog, name="congdoan_figure_dialog"),
    path("so-lieu/chi-tieu/", editing.indicators, name="congdoan_figure_indicators"),
    path("so-lieu/don-vi/", editing.units, name="congdoan_figure_units"),
    path("so-lieu/dien-giai/", editing.described, name="congdoan_figure_described"),
]
