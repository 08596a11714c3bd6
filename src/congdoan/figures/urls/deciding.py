"""Addresses of decisions about published figures."""

from __future__ import annotations

from django.urls import URLPattern, path

from congdoan.figures.views import deciding

_ROOT = "lam-viec/so-lieu-sai-khac/"

urlpatterns: list[URLPattern] = [
    path(_ROOT, deciding.discrepancies, name="discrepancies"),
    path(f"{_ROOT}<int:pk>/", deciding.discrepancy, name="discrepancy"),
]
