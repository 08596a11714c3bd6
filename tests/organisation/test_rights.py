"""The page of rights equals the table in code."""

from __future__ import annotations

from pathlib import Path

from congdoan.organisation.rights import MATRIX, STRONG, Right, Role, needs_second_factor, reach

PAGE = Path(__file__).resolve().parents[2] / "docs" / "rights.md"


def table() -> str:
    """Return the table as the page must have it: a row for each right, a column for each role."""
    lines = ["| right | " + " | ".join(role.value for role in Role) + " |", "|---" * (len(Role) + 1) + "|"]
    for right in Right:
        name = f"`{right}`" + (" *" if right in STRONG else "")
        cells = [reach(role, right) or "" for role in Role]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def test_the_page_shows_the_table_as_it_is():
    assert table() in PAGE.read_text(encoding="utf-8")


def test_the_page_says_which_roles_need_a_second_factor():
    needing = ", ".join(f"`{role}`" for role in Role if needs_second_factor(role))

    assert f"Roles that need one: {needing}." in PAGE.read_text(encoding="utf-8")


def test_every_role_and_every_right_is_in_use():
    assert set(MATRIX) == set(Role)
    assert {right for rights in MATRIX.values() for right in rights} == set(Right)
