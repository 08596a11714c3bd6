"""Addresses of reviewing reports."""

from __future__ import annotations

from django.urls import URLPattern, path

from congdoan.reporting.views import reviewing, reviewing_missing, reviewing_report

urlpatterns: list[URLPattern] = [
    path("lam-viec/duyet-bao-cao/", reviewing.inbox, name="inbox"),
    path("lam-viec/duyet-bao-cao/<int:pk>/", reviewing_report.review, name="review"),
    path("lam-viec/bao-cao-con-thieu/", reviewing_missing.missing, name="missing"),
]
