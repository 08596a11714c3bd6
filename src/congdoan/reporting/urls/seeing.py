"""Addresses of dashboards and the explorer."""

from __future__ import annotations

from django.urls import URLPattern, path

from congdoan.reporting.views.seeing import dashboard, explorer, sources, summary

urlpatterns: list[URLPattern] = [
    path("lam-viec/so-lieu/", dashboard.dashboard, name="dashboard"),
    path("lam-viec/so-lieu/tra-cuu/", explorer.explorer, name="explorer"),
    path("lam-viec/so-lieu/nguon/", sources.sources, name="sources"),
    path("lam-viec/tong-hop/", summary.summary, name="summary"),
]
