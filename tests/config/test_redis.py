"""With REDIS_URL, what is counted for a while is shared by all machines."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.core.cache import caches

from congdoan.accounts import limits
from congdoan.accounts.engine import LIMIT
from tests.factories import UserFactory

pytestmark = [pytest.mark.redis, pytest.mark.django_db]
URL = "redis://127.0.0.1:6379/9"


@pytest.fixture
def redis(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": URL}}
    caches["default"].clear()
    yield caches["default"]
    caches["default"].clear()


def test_attempts_to_sign_in_are_counted_where_every_process_sees_them(client, redis, settings):
    user = UserFactory(username="may")
    for _ in range(LIMIT + 1):
        response = client.post("/dang-nhap/", {"username": "may", "password": "sai"}, REMOTE_ADDR="10.0.0.9")

    assert "Bạn đã thử quá nhiều lần" in response.text
    key = limits.Gate("sign-in", f"user {user.pk}", "10.0.0.9")._pair
    asked_elsewhere = subprocess.run(
        [
            sys.executable,
            "-c",
            "import django; django.setup(); from django.core.cache import cache; import sys; print(cache.get(sys.argv[1]))",
            key,
        ],
        env={**os.environ, "REDIS_URL": URL, "DJANGO_SETTINGS_MODULE": "congdoan.config.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(asked_elsewhere.stdout) == LIMIT + 1
    assert "10.0.0.9" not in key
