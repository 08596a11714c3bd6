"""Addresses of filling a report."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
