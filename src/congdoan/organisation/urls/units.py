"""Addresses of the desk's screens of units."""

from __future__ import annotations

from django.urls import path

from congdoan.organisation.views import exchange, operations, reorganisations, units

urlpatterns = [
    path("lam-viec/to-chuc/", units.units, name="tree"),
    path("lam-viec/to-chuc/goi-y/", units.suggest, name="suggest_units"),
    path("lam-viec/to-chuc/don-vi/<str:code>/", units.unit, name="desk_unit"),
    path("lam-viec/to-chuc/don-vi/<str:code>/truc-thuoc/", units.branch, name="desk_branch"),
    path("lam-viec/to-chuc/don-vi/<str:code>/lien-he/", units.edit, name="edit_unit"),
    path("lam-viec/to-chuc/sap-xep/", reorganisations.reorganisations, name="reorganisations"),
    path("lam-viec/to-chuc/sap-xep/moi/", reorganisations.add, name="add_reorganisation"),
    path("lam-viec/to-chuc/sap-xep/tep-mau/", operations.template, name="mapping_template"),
    path("lam-viec/to-chuc/sap-xep/<int:pk>/", reorganisations.reorganisation, name="reorganisation"),
    path("lam-viec/to-chuc/sap-xep/<int:pk>/sua/", reorganisations.edit, name="edit_reorganisation"),
    path("lam-viec/to-chuc/sap-xep/<int:pk>/thao-tac/", operations.arrange, name="arrange_operations"),
    path("lam-viec/to-chuc/sap-xep/<int:pk>/thao-tac/<int:number>/", operations.edit, name="edit_operation"),
    path("lam-viec/to-chuc/sap-xep/<int:pk>/thao-tac/<slug:kind>/", operations.add, name="add_operation"),
    path("lam-viec/to-chuc/sap-xep/<int:pk>/bang-anh-xa/", operations.mapping, name="map_reorganisation"),
    path("lam-viec/to-chuc/sap-xep/<int:pk>/kiem-tra/", reorganisations.check, name="check_reorganisation"),
    path(
        "lam-viec/to-chuc/sap-xep/<int:pk>/thuc-hien/",
        reorganisations.carry_out,
        name="carry_out_reorganisation",
    ),
    path("lam-viec/to-chuc/sap-xep/<int:pk>/huy/", reorganisations.withdraw, name="withdraw_reorganisation"),
    path("lam-viec/to-chuc/nhap-xuat/", exchange.exchange, name="exchange"),
    path("lam-viec/to-chuc/nhap-xuat/tep-mau/", exchange.template, name="units_template"),
    path("lam-viec/to-chuc/nhap-xuat/danh-sach.<slug:extension>", exchange.export, name="export_units"),
    path("lam-viec/to-chuc/nhap-xuat/<int:pk>/", exchange.trial, name="unit_import"),
    path("lam-viec/to-chuc/nhap-xuat/<int:pk>/bi-tu-choi/", exchange.refused, name="refused_units"),
]
