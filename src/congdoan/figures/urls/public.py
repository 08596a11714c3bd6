"""Addresses of figures for everybody."""

from __future__ import annotations

from django.urls import URLPattern, path

from congdoan.figures.views import public, public_list

urlpatterns: list[URLPattern] = [
    path("so-lieu/", public_list.figures, name="list"),
    path("so-lieu/<int:pk>/", public.figure, name="figure"),
    path("so-lieu/<int:pk>/tom-tat/", public.summary, name="summary"),
    path("so-lieu/<int:pk>/tai-ve.<slug:form>", public.file, name="file"),
]
