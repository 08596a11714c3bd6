"""Addresses of one's own record."""

from __future__ import annotations

from django.urls import path, re_path

from congdoan.members.views import cards, consents, self_service

urlpatterns = [
    path("", self_service.record, name="own"),
    path("lien-he/", self_service.contacts, name="own_contacts"),
    path("dinh-chinh/", self_service.correction, name="own_correction"),
    path(
        "dinh-chinh/<int:request_id>/rut/", self_service.withdraw_correction, name="own_correction_withdraw"
    ),
    path("yeu-cau/", self_service.ask, name="own_ask"),
    path("yeu-cau/<int:request_id>/rut/", self_service.withdraw_request, name="own_request_withdraw"),
    path("ai-da-doc/", self_service.readers, name="own_readers"),
    re_path(r"^tai-ve/(?P<form>json|xlsx)/$", self_service.download, name="own_download"),
    path("the/", cards.own_card, name="own_card"),
    path("dong-y/", consents.listed, name="consents"),
    path("dong-y/<int:text_id>/dong-y/", consents.give, name="consent_give"),
    path("dong-y/<slug:purpose>/rut/", consents.withdraw, name="consent_withdraw"),
]
