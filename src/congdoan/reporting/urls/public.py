"""Addresses of figures for everybody."""

from __future__ import annotations

from django.urls import URLPattern, path

from congdoan.reporting.views import public

urlpatterns: list[URLPattern] = [
    path("so-lieu/chi-tieu/<str:code>/", public.indicator, name="public_indicator"),
]
