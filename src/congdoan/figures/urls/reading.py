"""Addresses of reading figures out of texts."""

from __future__ import annotations

from django.urls import URLPattern, path

from congdoan.figures.views import reading

_ROOT = "lam-viec/doc-so-lieu/"

urlpatterns: list[URLPattern] = [
    path(_ROOT, reading.readings, name="readings"),
    path(f"{_ROOT}<int:pk>/", reading.reading, name="reading"),
    path(f"{_ROOT}<int:pk>/so/<int:figure>/", reading.decide, name="decide_read_figure"),
    path(f"{_ROOT}<int:pk>/vao-bao-cao/", reading.into_report, name="reading_into_report"),
    path(f"{_ROOT}<int:pk>/vao-bai/", reading.into_page, name="reading_into_page"),
    path(f"{_ROOT}<int:pk>/xoa/", reading.forget, name="forget_reading"),
]
