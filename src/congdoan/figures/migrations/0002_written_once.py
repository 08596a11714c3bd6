"""What was published is never changed; an erratum goes only together with its page."""

from django.db import migrations

GUARDS = {"figures_publishedfigure": ("update", "delete"), "figures_erratum": ("update",)}
WORDS = "what was published never changes"


def guard(apps, schema_editor):
    run = schema_editor.execute
    if schema_editor.connection.vendor == "postgresql":
        run(
            f"""
            CREATE FUNCTION figures_refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation'; END $$
            """
        )
    for table, verbs in GUARDS.items():
        for verb in verbs:
            body = (
                "FOR EACH ROW EXECUTE FUNCTION figures_refuse()"
                if schema_editor.connection.vendor == "postgresql"
                else f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
            )
            run(f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} {body}")


class Migration(migrations.Migration):
    dependencies = [("figures", "0001_initial")]
    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
