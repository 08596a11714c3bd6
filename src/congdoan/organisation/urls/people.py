"""Addresses of officers, invitations, keys, and of the choice in whose name one acts."""

from __future__ import annotations

from django.urls import path

from congdoan.organisation.views import capacity, invitations, people, tokens

urlpatterns = [
    path("lam-viec/can-bo/", people.officers, name="officers"),
    path("lam-viec/can-bo/them/", people.add, name="add_officer"),
    path("lam-viec/can-bo/<int:pk>/", people.officer, name="officer"),
    path("lam-viec/can-bo/<int:pk>/lien-he/", people.edit, name="edit_officer"),
    path("lam-viec/can-bo/<int:pk>/giao-chuc-vu/", people.give, name="give_mandate"),
    path("lam-viec/can-bo/<int:pk>/moi/", invitations.invite, name="invite"),
    path("lam-viec/can-bo/chuc-vu/<int:pk>/ket-thuc/", people.end, name="end_mandate"),
    path("lam-viec/can-bo/loi-moi/<int:pk>/thu-hoi/", invitations.revoke, name="revoke_invitation"),
    path("lam-viec/can-bo/ma-truy-cap/", tokens.tokens, name="tokens"),
    path("lam-viec/can-bo/ma-truy-cap/<int:pk>/thu-hoi/", tokens.revoke, name="revoke_token"),
    path("lam-viec/tu-cach/", capacity.choose, name="choose_capacity"),
    path("moi/<str:token>/", invitations.invitation, name="invitation"),
]
