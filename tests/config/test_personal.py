"""The register never starts without a key for what it encrypts."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from congdoan.config import personal

KEY, OTHER = "a" * 32, "b" * 40
DEMO = {"secret_key": "s" * 64, "field_keys": "f" * 64}


@pytest.fixture
def env(monkeypatch):
    def with_values(**values: str) -> Env:
        for name in ("MEMBERS", "FIELD_KEYS"):
            monkeypatch.delenv(name, raising=False)
        for name, value in values.items():
            monkeypatch.setenv(name, value)
        return Env()

    return with_values


def test_the_register_is_off_unless_said_and_on_in_the_demonstration(env):
    assert personal.read(env(), None) == ("off", [])
    assert personal.read(env(), DEMO) == ("on", ["f" * 64])
    assert personal.read(env(MEMBERS="off"), DEMO)[0] == "off"


def test_a_demonstration_from_before_has_a_key_too(env):
    _switch, keys = personal.read(env(), {"secret_key": "s" * 64})
    assert len(keys) == 1
    assert keys[0] != "s" * 64


def test_on_without_a_key_is_refused_with_the_remedy(env):
    with pytest.raises(ImproperlyConfigured, match="FIELD_KEYS"):
        personal.read(env(MEMBERS="on"), None)
    assert personal.read(env(MEMBERS="on", FIELD_KEYS=f"{KEY}, {OTHER}"), None) == ("on", [KEY, OTHER])


@pytest.mark.parametrize(
    "values",
    [{"MEMBERS": "maybe"}, {"FIELD_KEYS": "short"}, {"FIELD_KEYS": f"{KEY},{KEY}"}],
    ids=["neither on nor off", "a short key", "a key twice"],
)
def test_slips_in_the_settings_are_named(env, values):
    with pytest.raises(ImproperlyConfigured):
        personal.read(env(**values), None)
