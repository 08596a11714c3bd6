"""A whole installation in a folder of its own, driven by the command line as an administrator would."""

from __future__ import annotations

import hashlib
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from tests.prepared import Prepared

SCRIPT_ROWS = """
import django; django.setup()
from io import BytesIO
from django.core.files.base import ContentFile
from PIL import Image
from congdoan.media.models import File, Picture
from congdoan.ops.actions import administrators
administrators.create(username="hoa", password="mot-cau-dai-kho-doan", name="Nguyễn Thị Hoa")
picture = BytesIO(); Image.new("RGB", (40, 30), "teal").save(picture, "JPEG")
Picture(title="Đồi chè", file=ContentFile(picture.getvalue(), name="doi-che.jpg")).save()
File(title="Công văn “số 1”, dòng\\nhai", file=ContentFile(b"%PDF-1.4 x", name="cong-van.pdf"), file_size=10).save()
"""

SCRIPT_DUMP = """
import django; django.setup()
from django.apps import apps
from django.core import serializers
for model in sorted(apps.get_models(include_auto_created=True), key=lambda model: model._meta.label):
    if model._meta.managed and not model._meta.proxy and model._meta.label != "search.Pending":
        rows = model._default_manager.order_by("pk") if hasattr(model, "_default_manager") else []
        print(serializers.serialize("json", rows))
"""


@dataclass(slots=True)
class Installation:
    """One installation: its folder and the environment that points at it."""

    data: Path
    environment: dict[str, str]

    def congdoan(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.python("-m", "congdoan", *arguments)

    def python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments], env=self.environment, capture_output=True, text=True, check=False
        )

    def state(self) -> str:
        """Return a digest of every row and every file."""
        done = self.python("-c", SCRIPT_DUMP)
        assert done.returncode == 0, done.stderr
        digest = hashlib.sha256(done.stdout.encode())
        media = self.data / "media"
        for path in sorted(media.rglob("*")):
            if path.is_file():
                digest.update(
                    f"{path.relative_to(media)} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode()
                )
        return digest.hexdigest()


def _postgres_database(prepared: Prepared) -> tuple[str, str]:
    """Make a database; return the address of its server and its own."""
    values = settings.DATABASES["default"]
    name = f"congdoan_restore_{secrets.token_hex(4)}"
    account = f"{values['USER']}:{values['PASSWORD']}" if values["PASSWORD"] else values["USER"]
    server = f"postgres://{account}@{values['HOST']}:{values['PORT'] or 5432}"
    prepared.create(name)
    return f"{server}/postgres", f"{server}/{name}"


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory, prepared: Prepared) -> Iterator[Installation]:
    """A set-up site with an administrator, a picture and a file; on the database that the tests run on."""
    data = tmp_path_factory.mktemp("installation") / "var"
    environment = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "BASE_URL")
    }
    environment |= {
        "DATA_DIR": str(data),
        "SECRET_KEY": "only-for-tests-" + "y" * 50,
        "DJANGO_SETTINGS_MODULE": "congdoan.config.settings",
    }
    server = None
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        server, environment["DATABASE_URL"] = _postgres_database(prepared)
    else:
        prepared.copy_to(data / "db.sqlite3")
    made = Installation(data, environment)
    done = made.congdoan("setup", "--no-static")
    assert done.returncode == 0, done.stderr
    done = made.python("-c", SCRIPT_ROWS)
    assert done.returncode == 0, done.stderr
    yield made
    if server:
        import psycopg

        name = environment["DATABASE_URL"].rpartition("/")[2]
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def archive(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the installation."""
    path = tmp_path_factory.mktemp("archive") / "site.tar.gz"
    done = installation.congdoan("backup", str(path))
    assert done.returncode == 0, done.stderr
    return path
