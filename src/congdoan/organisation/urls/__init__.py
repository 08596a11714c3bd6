"""Addresses of the organisation: the public pages of units, the desk's screens of units, and of people."""

from __future__ import annotations

from congdoan.organisation.urls import people, public, units

app_name = "organisation"

urlpatterns = [*public.urlpatterns, *units.urlpatterns, *people.urlpatterns]
