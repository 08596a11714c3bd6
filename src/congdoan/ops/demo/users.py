"""The people of the demonstration and their passwords."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _

from congdoan.accounts.models import User
from congdoan.ops.actions import site
from congdoan.ops.errors import OpsError

PEOPLE = Path(__file__).resolve().parent.parent / "content" / "demo_users.toml"


class NoDemoError(OpsError):
    """Something of the demonstration was asked for elsewhere."""

    @property
    def user_message(self) -> str:
        return _("Đây không phải bản trình diễn. Lệnh này chỉ dùng sau “congdoan setup --demo”.")


def people() -> list[dict[str, Any]]:
    """Return the people as written: username, role, last_name, first_name, and a category for a department's editor."""
    entries: list[dict[str, Any]] = tomllib.loads(PEOPLE.read_text(encoding="utf-8"))["user"]
    return entries


def credentials() -> list[dict[str, str | None]]:
    """Return ``{username, password, totp_secret, token, role, unit}`` of each.

    Raises ``NoDemoError`` outside the demonstration. Mandates, tokens and second factors are not in use yet: null.
    """
    secret = _secret()
    return [
        {
            "username": person["username"],
            "password": _password(secret, person["username"]),
            "totp_secret": None,
            "token": None,
            "role": person["role"],
            "unit": None,
        }
        for person in people()
    ]


@transaction.atomic
def load() -> dict[str, User]:
    """Make the accounts. Returns them by username."""
    secret = _secret()
    groups = {role: Group.objects.get(name=name) for role, name in _group_names().items()}
    users: dict[str, User] = {}
    for person in people():
        user = User(
            username=person["username"],
            last_name=person["last_name"],
            first_name=person["first_name"],
            is_superuser=person["role"] == "admin",
            is_staff=person["role"] == "admin",
        )
        user.set_password(_password(secret, person["username"]))
        user.save()
        if "category" in person:
            category = site.model("portal.CategoryPage").objects.get(slug=person["category"])
            user.groups.add(site.make_department(category))
        elif person["role"] in groups:
            user.groups.add(groups[person["role"]])
        users[user.username] = user
    return users


def _group_names() -> dict[str, str]:
    groups = tomllib.loads(site.CONTENT.read_text(encoding="utf-8"))["groups"]
    return {"editor": groups["editors"], "approver": groups["approvers"]}


def _secret() -> bytes:
    try:
        demo = json.loads(settings.DEMO_FILE.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NoDemoError from None
    return str(demo["secret_key"]).encode()


def _password(secret: bytes, username: str) -> str:
    """Derive a password that is this installation's own, so that it can be shown again without being stored."""
    digest = hmac.new(secret, f"demo user {username}".encode(), hashlib.sha256).digest()
    return base64.b32encode(digest)[:16].decode().lower()
