"""What is built must be built from what is there, and stay small."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import brotli
import pytest

PROJECT = Path(__file__).resolve().parents[2]
STATIC = PROJECT / "src" / "congdoan" / "ui" / "static" / "ui"
SCSS = PROJECT / "assets" / "scss"
STYLES = ["congdoan", "desk"]


def digest_of_sources() -> str:
    digest = hashlib.sha256()
    for path in sorted(SCSS.iterdir(), key=lambda path: path.name):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def packed(*paths: Path) -> int:
    return len(brotli.compress(b"".join(path.read_bytes() for path in paths), quality=11))


@pytest.mark.parametrize("name", STYLES)
def test_style_sheets_are_built_from_the_sources_that_are_there(name):
    head = (STATIC / "css" / f"{name}.css").read_text(encoding="utf-8")[:200]

    found = re.search(r"sources sha256:([0-9a-f]{64})", head)

    assert found, "the style sheet does not name its sources"
    assert found[1] == digest_of_sources(), "run: cd assets && npm ci && npm run build"


def test_the_styles_of_a_page_stay_small():
    assert packed(*(STATIC / "css" / f"{name}.css" for name in STYLES)) <= 14 * 1024


def test_the_scripts_of_a_portal_page_stay_small():
    assert packed(STATIC / "js" / "shell.js", STATIC / "js" / "live.js") <= 6 * 1024


@pytest.mark.parametrize("weight", [400, 500, 700])
def test_fonts_stay_small(weight):
    assert (STATIC / "fonts" / f"be-vietnam-pro-{weight}.woff2").stat().st_size <= 20 * 1024


def test_the_lock_of_the_assets_names_no_registry():
    lock = json.loads((PROJECT / "assets" / "package-lock.json").read_text(encoding="utf-8"))

    packages = [package for name, package in lock["packages"].items() if name]
    assert packages
    assert all("resolved" not in package and package["integrity"] for package in packages)


def test_everything_a_style_sheet_names_is_there():
    css = (STATIC / "css" / "congdoan.css").read_text(encoding="utf-8")

    names = [name for name in re.findall(r"url\(\"?([^\")]+)\"?\)", css) if not name.startswith("data:")]

    assert len(names) == 3
    assert all((STATIC / "css" / name).resolve().is_file() for name in names)
