"""Addresses of lists of members and of pairs that may be one person."""

from __future__ import annotations

from django.urls import path, re_path

from congdoan.members.views import imports, merging, proposals

urlpatterns = [
    path("nhap/", imports.listed, name="imports"),
    path("nhap/moi/", imports.upload, name="import_new"),
    path("nhap/mau.xlsx", imports.template, name="import_template"),
    path("nhap/<int:run_id>/", imports.run, name="import"),
    path("nhap/<int:run_id>/tien-do/", imports.progress, name="import_progress"),
    path("nhap/<int:run_id>/dong-bi-loai.xlsx", imports.refused, name="import_refused"),
    re_path(r"^nhap/(?P<run_id>[0-9]+)/(?P<deed>nhap|tiep|huy)/$", imports.act, name="import_act"),
    path("nghi-trung/", proposals.listed, name="proposals"),
    path("nghi-trung/<int:proposal_id>/", proposals.proposal, name="proposal"),
    path("nghi-trung/<int:proposal_id>/gop/", merging.merge, name="merge"),
]
