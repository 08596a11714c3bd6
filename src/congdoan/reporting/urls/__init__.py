"""Addresses of reporting: filling, reviewing, seeing, managing."""

from __future__ import annotations

from congdoan.reporting.urls import filling, managing, public, reviewing, seeing

app_name = "reporting"

urlpatterns = [
    *filling.urlpatterns,
    *reviewing.urlpatterns,
    *seeing.urlpatterns,
    *managing.urlpatterns,
    *public.urlpatterns,
]
