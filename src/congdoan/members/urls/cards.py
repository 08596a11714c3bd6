"""Addresses of cards: on the desk, and the public one that a QR picture leads to."""

from __future__ import annotations

from django.urls import path

from congdoan.members.views import cards

desk = [
    path("<int:person_id>/the/", cards.card, name="card"),
    path("<int:person_id>/the/tep/", cards.card_file, name="card_file"),
]
public = [path("<str:token>/", cards.check, name="card_check")]
