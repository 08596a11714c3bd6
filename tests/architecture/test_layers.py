"""The layers of the product, also where the import linter cannot see: foreign keys, and its own run."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

from django.apps import apps
from django.conf import settings

PROJECT = Path(__file__).resolve().parents[2]


def layers() -> dict[str, int]:
    """Return the height of each app, as the import contracts have it: 0 is the top."""
    config = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = next(
        contract
        for contract in config["tool"]["importlinter"]["contracts"]
        if contract["name"] == "Layers of the product"
    )
    return {
        app.strip(): height for height, layer in enumerate(contract["layers"]) for app in layer.split("|")
    }


def crossings(models: list[type]) -> list[str]:
    """Return the relations between ``models`` of ours that go upward or sideways."""
    heights = layers()
    found = []
    for model in models:
        here = model._meta.app_label
        if here not in heights:
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if target is None or field.auto_created or target == "self":
                continue
            there = target._meta.app_label
            is_user = target._meta.label == settings.AUTH_USER_MODEL
            if there == here or there not in heights or is_user:
                continue
            if heights[there] <= heights[here]:
                found.append(f"{model._meta.label}.{field.name} -> {target._meta.label}")
    return found


def test_every_app_of_ours_stands_in_a_layer():
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("congdoan.")}
    assert ours <= set(layers())


def test_no_foreign_key_goes_upward_or_sideways():
    assert crossings(list(apps.get_models(include_auto_created=True))) == []


def test_a_foreign_key_upward_would_be_seen():
    from django.db import models
    from django.test.utils import isolate_apps

    with isolate_apps("congdoan.audit"):

        class Upward(models.Model):  # noqa: DJ008  # never shown
            page = models.ForeignKey("portal.HomePage", on_delete=models.CASCADE)

            class Meta:
                app_label = "audit"

        Upward._meta.get_field("page").remote_field.model = apps.get_model("portal.HomePage")
        assert crossings([Upward]) == ["audit.Upward.page -> portal.HomePage"]


def test_the_import_contracts_hold():
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
