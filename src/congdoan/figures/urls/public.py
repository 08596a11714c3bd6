"""Addresses of figures for everybody."""

from __future__ import annotations

from django.urls import URLPattern, path

from congdoan.figures.views import public

urlpatterns: list[URLPattern] = [path("so-lieu/<int:pk>/", public.figure, name="figure")]
