"""Addresses under the names by which allauth asks for them; what it offers and we do not want is not found.

Not in a namespace: allauth reverses "account_login" and its like.
"""

from __future__ import annotations

from django.urls import path
from django.views.generic import RedirectView

from congdoan.accounts.views import account, entrance, factors, forgotten

_NOT_WANTED = (
    *("account_signup", "account_set_password", "account_inactive", "account_email_verification_sent"),
    *("socialaccount_signup", "socialaccount_connections", "socialaccount_login_cancelled"),
    *("socialaccount_login_error", "mfa_download_recovery_codes"),
)

urlpatterns = [
    path("dang-nhap/", entrance.SignInView.as_view(), name="account_login"),
    path("dang-nhap/xac-thuc/", entrance.SecondStepView.as_view(), name="mfa_authenticate"),
    path("dang-nhap/khoa/", entrance.PasskeySignInView.as_view(), name="mfa_login_webauthn"),
    path("dang-nhap/quen-mat-khau/", forgotten.forgotten, name="account_reset_password"),
    path("dang-nhap/qua/<slug:provider_id>/", entrance.oidc_start, name="openid_connect_login"),
    path("dang-xuat/", entrance.SignOutView.as_view(), name="account_logout"),
    path("tai-khoan/", account.account, name="mfa_index"),
    path("tai-khoan/", account.account, name="mfa_list_webauthn"),
    path("tai-khoan/mat-khau/", account.change_password, name="account_change_password"),
    path("tai-khoan/xac-nhan/mat-khau/", account.PasswordAgainView.as_view(), name="account_reauthenticate"),
    path("tai-khoan/xac-nhan/ma/", account.CodeAgainView.as_view(), name="mfa_reauthenticate"),
    path("tai-khoan/xac-nhan/khoa/", account.PasskeyAgainView.as_view(), name="mfa_reauthenticate_webauthn"),
    path("tai-khoan/ung-dung/", factors.add_totp, name="mfa_activate_totp"),
    path("tai-khoan/ung-dung/go/", factors.remove_totp, name="mfa_deactivate_totp"),
    path("tai-khoan/khoa/them/", factors.add_passkey, name="mfa_add_webauthn"),
    path("tai-khoan/khoa/<int:pk>/go/", factors.remove_passkey, name="mfa_remove_webauthn"),
    path("tai-khoan/khoa/<int:pk>/doi-ten/", factors.rename_passkey, name="mfa_edit_webauthn"),
    path("tai-khoan/ma-du-phong/", factors.recovery_codes, name="mfa_view_recovery_codes"),
    path("tai-khoan/ma-du-phong/tao/", factors.make_recovery_codes, name="mfa_generate_recovery_codes"),
    # Wagtail's sign-in for private pages asks for no second step and keeps no count.
    path("_util/login/", RedirectView.as_view(pattern_name="accounts:sign_in", query_string=True)),
    *(path(f"tai-khoan/khong-co/{name}/", entrance.absent, name=name) for name in _NOT_WANTED),
]
