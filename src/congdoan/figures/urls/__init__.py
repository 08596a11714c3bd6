"""Addresses of figures."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from congdoan.figures.urls import deciding, public

app_name = "figures"
urlpatterns: list[URLPattern | URLResolver] = [
    *public.urlpatterns,
    *deciding.urlpatterns,
]
