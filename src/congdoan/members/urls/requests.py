"""Addresses of what officers answer, and of the log that they watch."""

from __future__ import annotations

from django.urls import path

from congdoan.members.views import erasure, paper, reading_log, requests, retention

urlpatterns = [
    path("yeu-cau/", requests.listed, name="requests"),
    path("yeu-cau/dinh-chinh/<int:request_id>/", requests.correction, name="correction"),
    path("yeu-cau/du-lieu/<int:request_id>/", requests.data_request, name="data_request"),
    path("yeu-cau/du-lieu/<int:request_id>/xoa/", erasure.erase, name="erase"),
    path("yeu-cau/ghi/", paper.request_new, name="request_new"),
    path("<int:person_id>/dong-y/", paper.person_consents, name="person_consents"),
    path("nhat-ky-doc/", reading_log.log, name="reading_log"),
    path("luu-giu/", retention.overdue, name="retention"),
]
