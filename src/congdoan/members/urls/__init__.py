"""Addresses of the register. None of them exists while it is off."""

from __future__ import annotations

from congdoan.members.switch import switched
from congdoan.members.urls import desk, imports, own, requests

app_name = "members"
urlpatterns = [
    switched("ca-nhan/", own.urlpatterns),
    switched("lam-viec/doan-vien/", imports.urlpatterns),
    switched("lam-viec/doan-vien/", requests.urlpatterns),
    switched("lam-viec/doan-vien/", desk.urlpatterns),
]
