"""Addresses of the register on the desk."""

from __future__ import annotations

from django.urls import path

from congdoan.members.views import changes, held, movement, register, transfers, unplaced

urlpatterns = [
    path("", register.register, name="register"),
    path("ket-nap/", changes.admit, name="admit"),
    path("bien-dong/", movement.movement, name="movement"),
    path("bien-dong/<slug:cut>/", movement.movement_rows, name="movement_rows"),
    path("chuyen-sinh-hoat/", transfers.listed, name="transfers"),
    path("chuyen-sinh-hoat/cho-phan/", unplaced.listed, name="unplaced"),
    path("chuyen-sinh-hoat/<int:transfer_id>/", transfers.transfer, name="transfer"),
    path("du-lieu/", held.held, name="held"),
    path("<int:person_id>/", register.person, name="person"),
    path("<int:person_id>/so-dinh-danh/", register.reveal, name="reveal"),
    path("<int:person_id>/sua/", changes.edit, name="edit"),
    path("<int:person_id>/thoi/", changes.leave, name="leave"),
    path("<int:person_id>/ket-nap-lai/", changes.readmit, name="readmit"),
    path("<int:person_id>/chuyen/", transfers.offer, name="offer"),
    path("<int:person_id>/chuc-vu/", changes.give_position, name="give_position"),
    path("<int:person_id>/chuc-vu/<int:held_id>/thoi/", changes.end_position, name="end_position"),
]
