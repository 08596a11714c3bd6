"""Settings of the register of members: is it on, and which keys protect personal fields."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured
from environs import Env

SHORTEST_KEY = 32
SWITCH = ("on", "off")


def read(env: Env, demo: Mapping[str, str] | None) -> tuple[str, list[str]]:
    """Return ``MEMBERS`` and ``FIELD_KEYS``; ``demo`` holds the keys made for the demonstration.

    Raises ``ImproperlyConfigured`` when the register is on without a usable key: it must never be written in clear.
    """
    switch = env.str("MEMBERS", "on" if demo is not None else "off").strip().lower()
    if switch not in SWITCH:
        raise ImproperlyConfigured(
            f"MEMBERS phải là “on” hoặc “off”, không phải “{switch}”. / MEMBERS must be on or off."
        )
    said: list[str] = env.list("FIELD_KEYS", [])
    keys = [key.strip() for key in said if key.strip()]
    if not keys and demo is not None:
        # A demonstration from before there were members knows its first key alone.
        keys = [demo.get("field_keys") or f"fields of {demo['secret_key']}"]
    if any(len(key) < SHORTEST_KEY for key in keys):
        raise ImproperlyConfigured(
            f"Mỗi khoá trong FIELD_KEYS cần ít nhất {SHORTEST_KEY} ký tự ngẫu nhiên. / A key of FIELD_KEYS is too short."
        )
    if len(set(keys)) < len(keys):
        raise ImproperlyConfigured("FIELD_KEYS có khoá ghi hai lần. / A key of FIELD_KEYS is repeated.")
    if switch == "on" and not keys:
        raise ImproperlyConfigured(
            "MEMBERS=on nhưng chưa có FIELD_KEYS: dữ liệu cá nhân phải được mã hoá. Hãy đặt FIELD_KEYS (ít nhất 32 ký tự "
            "ngẫu nhiên, ví dụ kết quả của “openssl rand -base64 32”), hoặc đặt MEMBERS=off. / "
            "MEMBERS is on without FIELD_KEYS."
        )
    return switch, keys
