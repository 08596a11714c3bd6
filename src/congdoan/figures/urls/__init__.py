"""Addresses of figures."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from congdoan.figures.urls import deciding, papers, printing, public, reading

app_name = "figures"
urlpatterns: list[URLPattern | URLResolver] = [
    *public.urlpatterns,
    *deciding.urlpatterns,
    *reading.urlpatterns,
    *papers.urlpatterns,
    *printing.urlpatterns,
]
