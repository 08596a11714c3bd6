"""Keys of several columns lie clustered on SQLite; what was sent and each step are written once."""

from django.db import migrations

CLUSTERED = ("reporting_fact", "reporting_total")
ONCE = ("reporting_reportversion", "reporting_reviewstep", "reporting_summary")


def shape(apps, schema_editor):
    run = schema_editor.execute
    if schema_editor.connection.vendor == "postgresql":
        run(
            """
            CREATE FUNCTION reporting_refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'what was sent is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$
            """
        )
        for table in ONCE:
            run(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION reporting_refuse()"
            )
        return
    with schema_editor.connection.cursor() as cursor:
        for table in CLUSTERED:
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s", [table])
            statement = cursor.fetchone()[0]
            cursor.execute(f"DROP TABLE {table}")
            cursor.execute(f"{statement} WITHOUT ROWID")
    for table in ONCE:
        for verb in ("update", "delete"):
            run(
                f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, 'what was sent is append-only'); END"
            )


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial")]
    operations = [migrations.RunPython(shape, migrations.RunPython.noop)]
