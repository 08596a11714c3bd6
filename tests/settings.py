"""Settings of the test run: the product's own, with a folder that disappears and fast password hashes."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_data = tempfile.mkdtemp(prefix="congdoan-test-")
atexit.register(shutil.rmtree, _data, ignore_errors=True)
os.environ["DATA_DIR"] = _data
os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 50)
os.environ.setdefault("MEMBERS", "on")
os.environ.setdefault("FIELD_KEYS", "only-for-tests-" + "y" * 50)

from congdoan.config.settings import *  # noqa: E402, F403  # the environment must be set first
from congdoan.config.settings import DATABASES, STORAGES  # noqa: E402  # the same

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LOGGING_CONFIG = None  # pytest captures logs itself
WHITENOISE_AUTOREFRESH = True

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads and other processes of a test must see the same database, as they do in life.
    DATABASES["default"]["TEST"] = {"NAME": f"{_data}/test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] = DATABASES["default"]["OPTIONS"]["init_command"].replace(
        "synchronous=FULL", "synchronous=OFF"
    )
else:
    # Nobody misses the last rows of a test after a power cut.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c synchronous_commit=off"
