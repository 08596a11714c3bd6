"""Addresses of report pages in the editors' admin."""

from __future__ import annotations

from django.urls import URLPattern, path

from congdoan.figures.views import reports

urlpatterns: list[URLPattern] = [path("bao-cao/<int:pk>/chep/", reports.copy, name="congdoan_copy_report")]
