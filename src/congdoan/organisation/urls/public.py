"""Addresses of the organisation for everybody."""

from __future__ import annotations

from django.urls import path

from congdoan.organisation.views import public

urlpatterns = [
    path("don-vi/", public.units, name="units"),
    path("don-vi/<str:code>/", public.unit, name="unit"),
    path("don-vi/<str:code>/truc-thuoc/", public.branch, name="unit_branch"),
]
