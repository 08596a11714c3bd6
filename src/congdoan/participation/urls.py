"""Addresses below ``/tham-gia/``."""

from __future__ import annotations

from django.urls import path

from congdoan.participation import views

app_name = "participation"
urlpatterns = [
    path("", views.calls, name="list"),
    path("<slug:slug>/", views.call, name="call"),
    path("<slug:slug>/bo-phieu/", views.cast, name="cast"),
]
