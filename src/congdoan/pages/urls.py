"""Addresses of the app."""

from __future__ import annotations

from django.urls import path

from congdoan.pages import views

app_name = "pages"
urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("tien-ich/", views.live, name="live"),
]
