"""Addresses of Wagtail's admin that pass our gates first (``views.gates``). Included before Wagtail's own."""

from __future__ import annotations

from django.urls import path
from wagtail.admin.auth import require_admin_access

from congdoan.portal.views import gates

urlpatterns = [
    path("reports/page-types-usage/", require_admin_access(gates.page_types_usage)),
    path(
        "reports/page-types-usage/results/",
        require_admin_access(gates.page_types_usage),
        {"results_only": True},
    ),
    path("bulk/wagtailcore/page/<str:action>/", require_admin_access(gates.bulk_pages)),
    path("choose-page/chosen-multiple/", require_admin_access(gates.chosen_pages)),
]
