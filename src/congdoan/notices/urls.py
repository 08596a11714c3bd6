"""Addresses of notices, below the desk's."""

from __future__ import annotations

from django.urls import path

from congdoan.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notice_list, name="list"),
    path("<int:pk>/", views.open_notice, name="open"),
    path("da-doc/", views.read_all, name="read_all"),
    path("cai-dat/", views.notice_settings, name="settings"),
]
