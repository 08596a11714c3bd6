"""Addresses of the register. None of them exists while it is off."""

from __future__ import annotations

from congdoan.members.switch import switched
from congdoan.members.urls import cards, desk, exports, imports, own, requests

app_name = "members"
urlpatterns = [
    switched("ca-nhan/", own.urlpatterns),
    switched("lam-viec/doan-vien/", imports.urlpatterns),
    switched("lam-viec/doan-vien/", exports.urlpatterns),
    switched("the-doan-vien/", cards.public),
    switched("lam-viec/doan-vien/", requests.urlpatterns),
    switched("lam-viec/doan-vien/", cards.desk),
    switched("lam-viec/doan-vien/", desk.urlpatterns),
]
