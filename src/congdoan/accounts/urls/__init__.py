"""Addresses of signing in and of one's own account, by our names. allauth's names for the same are in ``allauth_names``."""

from __future__ import annotations

from django.urls import path

from congdoan.accounts.views import account, entrance, factors, forgotten

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", entrance.SignInView.as_view(), name="sign_in"),
    path("dang-nhap/quen-mat-khau/", forgotten.forgotten, name="forgotten"),
    path("dang-nhap/quen-mat-khau/da-gui/", forgotten.forgotten_done, name="forgotten_done"),
    path("dang-nhap/mat-khau-moi/<uidb64>/<token>/", forgotten.ResetView.as_view(), name="reset"),
    path("dang-xuat/", entrance.SignOutView.as_view(), name="sign_out"),
    path("tai-khoan/", account.account, name="account"),
    path("tai-khoan/xac-thuc-hai-buoc/", factors.set_up, name="set_up"),
    path("tai-khoan/phien/<int:pk>/ket-thuc/", account.end_session, name="end_session"),
    path("tai-khoan/phien/ket-thuc-het/", account.end_other_sessions, name="end_other_sessions"),
]
