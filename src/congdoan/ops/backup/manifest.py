"""What an archive says about itself."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from congdoan.ops.backup.errors import ArchiveError

NAME = "manifest.json"
FORMAT = 1

OPEN_SETTINGS = ("BASE_URL", "LANGUAGE_CODE", "TIME_ZONE", "ALLOWED_HOSTS", "WEATHER_URL", "SEARCH_URL")
"""Settings that are not secret and that a restored site needs again."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the archive: bytes and SHA-256 in hexadecimal."""

    size: int
    sha256: str


@dataclass(slots=True)
class Manifest:
    """All that is needed to judge an archive before anything is replaced.

    ``rows`` counts the rows of each table, ``keys`` holds fingerprints of the keys that the data were written with.
    """

    version: str
    created: str
    vendor: str
    is_demo: bool
    migrations: list[str]
    rows: dict[str, int]
    settings: dict[str, Any]
    keys: dict[str, str]
    members: dict[str, Member] = field(default_factory=dict)
    format: int = FORMAT

    def to_json(self) -> bytes:
        """Return the manifest as it stands in the archive."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True).encode()

    @classmethod
    def from_json(cls, content: bytes) -> Manifest:
        """Read a manifest. Raises ``ArchiveError`` when it is not one of ours."""
        try:
            data = json.loads(content)
            members = {str(name): Member(**member) for name, member in data.pop("members").items()}
            return cls(**data, members=members)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise ArchiveError.foreign() from error


def applied_migrations() -> list[str]:
    """Return the applied migrations, as "app.0001_initial"."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def key_fingerprints() -> dict[str, str]:
    """Return short fingerprints of the keys in use; nobody can find a key from its fingerprint."""
    keys = {"SECRET_KEY": settings.SECRET_KEY}
    for place, key in enumerate(getattr(settings, "FIELD_KEYS", [])):
        keys[f"FIELD_KEYS.{place}"] = key
    return {name: hashlib.sha256(f"congdoan {key}".encode()).hexdigest()[:16] for name, key in keys.items()}


def open_settings() -> dict[str, Any]:
    """Return the settings that are not secret."""
    return {name: getattr(settings, name) for name in OPEN_SETTINGS}
