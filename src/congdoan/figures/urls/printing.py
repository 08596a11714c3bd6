"""Addresses of report pages as files."""

from __future__ import annotations

from django.urls import URLPattern, path

from congdoan.figures.exports.files import TYPES
from congdoan.figures.views import printing

urlpatterns: list[URLPattern] = [
    path(f"bao-cao/<int:pk>.{ending}", printing.report, {"ending": ending}, name=f"report_{ending}")
    for ending in TYPES
]
