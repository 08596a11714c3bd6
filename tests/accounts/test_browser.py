"""Signing in as people do it: with a telephone's app, with a passkey, without scripts. In a real Chromium."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from congdoan.accounts import second_factor
from tests.accounts.conftest import PASSWORD
from tests.browser import assert_accessible, assert_fits
from tests.factories import UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHOTS = os.environ.get("SHOTS", "")
"""A folder for pictures of the pages, to be looked at."""


def look(page: Page, name: str) -> None:
    """Check the page as it stands, and keep a picture of it when asked to."""
    assert_fits(page)
    # The bar at the foot of a phone lies over whatever happens to be under it; at the end of the page nothing is.
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    assert_accessible(page)
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def sign_in(page: Page, name: str = "may") -> None:
    page.goto("/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


@pytest.fixture
def may():
    return UserFactory(username="may", email="may@vidu.vn", phone="0912345678", staff_code="CB-0123")


@pytest.fixture
def she_must():
    """Mẩy reviews reports, so she needs a second factor."""

    def must(request):
        return request.user.get_username() == "may"

    second_factor.require_when(must)
    yield
    second_factor.no_longer_when(must)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_officer_sets_up_an_app_on_a_phone_and_signs_in_with_it(browser_page, may, she_must, code, theme):
    page = browser_page(width=360, theme=theme)
    page.goto("/dang-nhap/")
    look(page, f"sign-in-360-{theme}")
    sign_in(page, "0912 345 678")
    expect(page.get_by_role("heading", name="Thiết lập xác thực hai bước")).to_be_visible()
    look(page, f"set-up-360-{theme}")
    page.get_by_role("link", name="Thiết lập ứng dụng").click()
    secret = page.locator("figcaption code").inner_text().replace(" ", "")
    look(page, f"add-totp-360-{theme}")
    page.get_by_label("Mã 6 số trong ứng dụng").fill("000000")
    page.get_by_role("button", name="Bật xác thực hai bước").click()
    expect(page.locator(".field__error")).to_contain_text("Mã chưa đúng")
    look(page, f"add-totp-wrong-360-{theme}")
    page.get_by_label("Mã 6 số trong ứng dụng").fill(code(secret=secret))
    page.get_by_role("button", name="Bật xác thực hai bước").click()
    expect(page.get_by_role("heading", name="Mã dự phòng")).to_be_visible()
    spare = page.locator(".secret code").first.inner_text()
    assert re.fullmatch(r"\d{5} \d{5}", spare)
    look(page, f"recovery-360-{theme}")
    page.get_by_role("link", name="Đã cất mã").click()
    page.wait_for_url("**/lam-viec/")
    page.goto("/tai-khoan/")
    look(page, f"account-360-{theme}")

    again = browser_page(width=360, theme=theme)
    sign_in(again)
    expect(again.get_by_role("heading", name="Xác thực bước hai")).to_be_visible()
    look(again, f"second-step-360-{theme}")
    again.get_by_label("Mã xác thực").fill(code(1, secret=secret))
    again.get_by_role("button", name="Xác nhận").click()
    again.wait_for_url("**/lam-viec/")
    again.goto("/tai-khoan/")
    again.get_by_role("button", name="Kết thúc mọi phiên khác").click()
    expect(again.get_by_text("Đã kết thúc 1 phiên khác")).to_be_visible()
    page.goto("/lam-viec/")
    page.wait_for_url("**/dang-nhap/**")


def test_a_passkey_is_added_renamed_used_instead_of_a_password_and_removed(browser_page, may, she_must):
    page = browser_page(width=1280)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    sign_in(page)
    page.get_by_role("link", name="Thêm khoá truy cập").click()
    page.get_by_label("Tên khoá").fill("Máy ở cơ quan")
    look(page, "add-passkey-1280")
    page.get_by_role("button", name="Thêm khoá").click()
    expect(page.get_by_role("heading", name="Mã dự phòng")).to_be_visible()
    page.goto("/lam-viec/")
    expect(page.get_by_role("heading", name="Việc của tôi")).to_be_visible()

    page.goto("/tai-khoan/")
    look(page, "account-1280")
    page.get_by_role("link", name="Đổi tên Máy ở cơ quan").click()
    page.get_by_label("Tên khoá").fill("Máy ở nhà")
    page.get_by_role("button", name="Lưu tên").click()
    expect(page.locator(".waiting__title", has_text="Máy ở nhà")).to_be_visible()

    # The same device is not registered twice.
    page.get_by_role("link", name="Thêm khoá truy cập").click()
    page.get_by_label("Tên khoá").fill("Lần nữa")
    page.get_by_role("button", name="Thêm khoá").click()
    expect(page.get_by_text("Thiết bị này đã có khoá của tài khoản.")).to_be_visible()

    # Instead of a password …
    page.goto("/tai-khoan/")
    page.get_by_role("button", name="Đăng xuất").first.click()
    page.goto("/dang-nhap/?next=/tai-khoan/")
    look(page, "sign-in-1280")
    page.get_by_role("button", name="Đăng nhập bằng khoá truy cập").click()
    expect(page.get_by_role("heading", name="Tài khoản của tôi")).to_be_visible()
    page.goto("/lam-viec/")
    expect(page.get_by_role("heading", name="Việc của tôi")).to_be_visible()

    # … and as the second step after one.
    page.goto("/tai-khoan/")
    page.get_by_role("button", name="Đăng xuất").first.click()
    sign_in(page)
    expect(page.get_by_role("heading", name="Xác thực bước hai")).to_be_visible()
    look(page, "second-step-passkey-1280")
    page.get_by_role("button", name="Dùng khoá truy cập").click()
    page.wait_for_url("**/lam-viec/")

    page.goto("/tai-khoan/")
    page.get_by_role("link", name="Gỡ Máy ở nhà").click()
    look(page, "remove-passkey-1280")
    page.get_by_role("button", name="Gỡ").click()
    page.goto("/lam-viec/")
    expect(page.get_by_role("heading", name="Thiết lập xác thực hai bước")).to_be_visible()


def test_a_stranger_with_a_passkey_of_their_own_gets_in_nowhere(browser_page, may):
    page = browser_page(width=1280)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    added = devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    # A credential that names Mẩy's account ("1" as the number of the user), made by nobody we know.
    import base64

    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = ec.generate_private_key(ec.SECP256R1())
    der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    devtools.send(
        "WebAuthn.addCredential",
        {
            "authenticatorId": added["authenticatorId"],
            "credential": {
                "credentialId": base64.b64encode(b"stranger-stranger").decode(),
                "isResidentCredential": True,
                "rpId": "localhost",
                "privateKey": base64.b64encode(der).decode(),
                "userHandle": base64.b64encode(str(may.pk).encode()).decode(),
                "signCount": 0,
            },
        },
    )
    page.goto("/dang-nhap/")
    page.get_by_role("button", name="Đăng nhập bằng khoá truy cập").click()
    expect(page.get_by_text("Khoá truy cập chưa được nhận")).to_be_visible()
    page.goto("/lam-viec/")
    page.wait_for_url("**/dang-nhap/**")


def test_the_password_is_shown_while_its_switch_is_on(browser_page):
    page = browser_page(width=360)
    page.goto("/dang-nhap/")
    field = page.get_by_label("Mật khẩu", exact=True)
    field.fill("bí mật của tôi")
    expect(field).to_have_attribute("type", "password")
    page.get_by_label("Hiện chữ đã gõ").check()
    expect(field).to_have_attribute("type", "text")
    look(page, "sign-in-shown-360")
    page.get_by_label("Hiện chữ đã gõ").uncheck()
    expect(field).to_have_attribute("type", "password")


def test_everything_but_passkeys_works_without_scripts(browser_page, may):
    page = browser_page(width=360, javascript=False)
    page.goto("/dang-nhap/")
    expect(page.get_by_role("button", name="Đăng nhập bằng khoá truy cập")).to_be_hidden()
    expect(page.get_by_label("Hiện chữ đã gõ")).to_be_hidden()
    sign_in(page)
    page.wait_for_url("**/lam-viec/")
    page.goto("/tai-khoan/mat-khau/")
    page.get_by_label("Mật khẩu hiện nay").fill(PASSWORD)
    page.get_by_label("Mật khẩu mới", exact=True).fill("bốn con trâu lội suối")
    page.get_by_label("Nhập lại mật khẩu mới").fill("bốn con trâu lội suối")
    page.get_by_role("button", name="Đổi mật khẩu").click()
    expect(page.get_by_text("Đã đổi mật khẩu")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_other_pages_fit_and_are_accessible(browser_page, may, settings, width):
    page = browser_page(width=width)
    page.goto("/dang-nhap/quen-mat-khau/")
    look(page, f"forgotten-without-mail-{width}")
    settings.EMAIL_URL = "smtp://127.0.0.1"
    page.goto("/dang-nhap/quen-mat-khau/")
    look(page, f"forgotten-{width}")
    page.goto("/dang-nhap/quen-mat-khau/da-gui/")
    look(page, f"forgotten-done-{width}")
    sign_in(page)
    page.goto("/tai-khoan/mat-khau/")
    page.get_by_role("button", name="Đổi mật khẩu").click()
    look(page, f"change-password-{width}")
    page.goto("/tai-khoan/xac-nhan/mat-khau/")
    look(page, f"again-password-{width}")
