"""Addresses outside the languages: what a provider has written down, and doors of Wagtail that lead past ours."""

from __future__ import annotations

from django.urls import path
from django.views.generic import RedirectView

from congdoan.accounts.views import entrance

urlpatterns = [
    path("dang-nhap/qua/<slug:provider_id>/tra-loi/", entrance.oidc_callback, name="openid_connect_callback"),
    # Wagtail's own sign-in asks for no second step and keeps no count.
    path("quan-tri/login/", RedirectView.as_view(pattern_name="accounts:sign_in", query_string=True)),
]
