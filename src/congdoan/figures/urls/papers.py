"""Addresses of figures from paper."""

from __future__ import annotations

from django.urls import URLPattern, path

from congdoan.figures.views import papers

_ROOT = "lam-viec/so-lieu-giay/"

urlpatterns: list[URLPattern] = [
    path(_ROOT, papers.papers, name="papers"),
    path(f"{_ROOT}them/", papers.add_paper, name="add_paper"),
]
