"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from congdoan.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.start, name="start"),
    path("gioi-thieu/", views.tour_seen, name="tour_seen"),
]
