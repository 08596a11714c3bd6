"""The page for those who must know what is held about people says what the code says."""

from __future__ import annotations

from pathlib import Path

from django.apps import apps
from django.utils.translation import override

from congdoan.members.classification import ENCRYPTED, TABLE, Sensitivity, Use

PAGE = Path(__file__).resolve().parents[2] / "docs" / "personal-data.md"


def table() -> str:
    """Return the table as the page must have it: for each model, a row for each way a field may be used."""
    lines = ["| record | fields | class | ground | what for |", "|---|---|---|---|---|"]
    with override("vi"):
        for model in apps.get_app_config("members").get_models():
            name = model._meta.model_name
            used: dict[Use, list[str]] = {}
            for field in model._meta.local_fields:
                used.setdefault(TABLE[name, field.name], []).append(field.name)
            for use, fields in used.items():
                if use.sensitivity is Sensitivity.NONE:
                    continue
                shown = " ".join(f"`{one}`" + (" *" if one in ENCRYPTED else "") for one in fields)
                cells = (f"`{name}`", shown, use.sensitivity.value, use.ground.value, str(use.purpose))
                lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def test_the_page_shows_the_table_as_it_is():
    assert table() in PAGE.read_text(encoding="utf-8")


def test_no_field_without_personal_data_is_on_the_page():
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert rows
    assert not [row for row in rows if Sensitivity.NONE.value in row]
