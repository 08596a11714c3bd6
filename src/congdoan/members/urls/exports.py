"""Addresses of lists that leave the system."""

from __future__ import annotations

from django.urls import path

from congdoan.members.views import exports

urlpatterns = [
    path("xuat/", exports.listed, name="exports"),
    path("xuat/moi/", exports.ask, name="export_new"),
    path("xuat/<int:export_id>/", exports.export, name="export"),
    path("xuat/<int:export_id>/tep/", exports.take, name="export_take"),
]
