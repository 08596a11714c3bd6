"""An indicator may belong to one unit; drafts count their savings; what was published never changes, says the database too."""

import django.db.models.deletion
from django.db import migrations, models

PARTS = {
    "reporting_section": "SELECT {row}.version_id",
    "reporting_line": "SELECT version_id FROM reporting_section WHERE id = {row}.section_id",
    "reporting_rule": "SELECT {row}.version_id",
}
PUBLISHED = "EXISTS (SELECT 1 FROM reporting_sheetversion WHERE id IN ({which}) AND published_at IS NOT NULL)"
IN_USE = "EXISTS (SELECT 1 FROM reporting_report WHERE sheet_version_id IN ({which}))"
WORDS = "a published version never changes"


def _conditions():
    """Yield table, verb, and when it is refused. A new version is laid out before any report uses it."""
    yield "reporting_sheetversion", "update", "OLD.published_at IS NOT NULL"
    yield "reporting_sheetversion", "delete", "OLD.published_at IS NOT NULL"
    for table, which in PARTS.items():
        for verb in ("update", "delete"):
            yield table, verb, PUBLISHED.format(which=which.format(row="OLD"))
        which = which.format(row="NEW")
        yield table, "insert", f"{PUBLISHED.format(which=which)} AND {IN_USE.format(which=which)}"


def freeze(apps, schema_editor):
    run = schema_editor.execute
    is_postgres = schema_editor.connection.vendor == "postgresql"
    for table, verb, condition in _conditions():
        name = f"{table}_no_{verb}"
        if is_postgres:
            # A condition of a trigger may not ask other tables there: the function does.
            run(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF {condition} THEN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
                f"RETURN {'OLD' if verb == 'delete' else 'NEW'}; END $$"
            )
            run(f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
        else:
            run(
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
            )


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0001_initial"),
        ("reporting", "0002_shape"),
    ]

    operations = [
        migrations.AddField(
            model_name="indicator",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                help_text="Bỏ trống: dùng chung. Chỉ tiêu riêng chỉ dùng trong đơn vị này và cấp dưới.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.unit",
                verbose_name="đơn vị đặt ra",
            ),
        ),
        migrations.AddField(
            model_name="sheetversion",
            name="revision",
            field=models.PositiveIntegerField(default=0, verbose_name="lần lưu"),
        ),
        migrations.RunPython(freeze, migrations.RunPython.noop),
    ]
