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

from congdoan.accounts.actions import enable_totp
from congdoan.accounts.models import User
from congdoan.ops.actions import site
from congdoan.ops.demo import union
from congdoan.ops.errors import OpsError
from congdoan.organisation.actions import tokens
from congdoan.organisation.queries.capacities import valid_mandates
from congdoan.organisation.rights import needs_second_factor

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

    ``totp_secret`` is null for those who need no second factor. Raises ``NoDemoError`` outside the demonstration.
    """
    secret = _secret()
    seats = _seats()
    return [
        {
            "username": person["username"],
            "password": _password(secret, person["username"]),
            "totp_secret": _totp(secret, person["username"]) if needs_second_factor(person["role"]) else None,
            "token": _token(secret, person["username"]),
            "role": person["role"],
            "unit": seats[person["username"]],
        }
        for person in people()
    ]


def _seats() -> dict[str, str]:
    """Return the unit of each user's present mandate, by user name."""
    seeds = union.union()
    names = {officer.key: officer.username for officer in seeds.officers if officer.username}
    return {
        names[mandate.officer_key]: mandate.unit_code
        for mandate in seeds.mandates
        if mandate.officer_key in names and mandate.valid_to is None
    }


@transaction.atomic
def equip(users: dict[str, User]) -> None:
    """Give those who need it their second factor, and everybody a key of the API. Their mandates must be there."""
    secret = _secret()
    for person in people():
        user = users[person["username"]]
        if needs_second_factor(person["role"]):
            enable_totp(user, _totp(secret, user.username))
        (mandate,) = valid_mandates(user)
        tokens.adopt(mandate, _token(secret, user.username), name="demo")


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


def _derived(secret: bytes, use: str, username: str) -> str:
    """Derive what is this installation's own, so that it can be shown again without being stored: 52 letters and digits."""
    digest = hmac.new(secret, f"demo {use} {username}".encode(), hashlib.sha256).digest()
    return base64.b32encode(digest).decode().rstrip("=")


def _password(secret: bytes, username: str) -> str:
    return _derived(secret, "user", username)[:16].lower()


def _totp(secret: bytes, username: str) -> str:
    return _derived(secret, "second factor", username)[:32]


def _token(secret: bytes, username: str) -> str:
    return tokens.PREFIX + _derived(secret, "key", username).lower()
