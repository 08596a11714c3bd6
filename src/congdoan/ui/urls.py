"""Addresses of the app."""

from __future__ import annotations

from django.urls import path

from congdoan.ui import views

app_name = "ui"
urlpatterns = [
    path("giao-dien/", views.gallery, name="gallery"),
    path("giao-dien/lam-viec/", views.desk_gallery, name="desk_gallery"),
]
