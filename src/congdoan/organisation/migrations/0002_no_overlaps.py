"""The database itself refuses overlapping parents and names, and any change to what happened.

PostgreSQL has exclusion constraints for the overlaps (with btree_gist, a trusted extension); SQLite has triggers.
"""

from django.db import migrations

OVERLAPS = {
    # table: columns that name whose rows must not overlap
    "organisation_placement": ("tree_id", "unit_id"),
    "organisation_unitname": ("unit_id",),
    "organisation_unitterritory": ("unit_id", "territory_id"),
}
APPEND_ONLY = ("organisation_unitevent", "organisation_succession", "organisation_treeversion")


def _sqlite():
    for table, columns in OVERLAPS.items():
        same = " AND ".join(f"{column} = NEW.{column}" for column in columns)
        for verb in ("INSERT", "UPDATE"):
            yield f"""
            CREATE TRIGGER {table}_no_overlap_{verb.lower()} BEFORE {verb} ON {table}
            WHEN EXISTS (
                SELECT 1 FROM {table} WHERE {same} AND id IS NOT NEW.id
                AND valid_from < COALESCE(NEW.valid_to, '9999-12-31') AND NEW.valid_from < COALESCE(valid_to, '9999-12-31')
            )
            BEGIN SELECT RAISE(ABORT, '{table}: periods overlap'); END
            """
    for table in APPEND_ONLY:
        yield f"""
        CREATE TRIGGER {table}_unchanged BEFORE UPDATE ON {table}
        BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
        """


def _postgresql():
    yield "CREATE EXTENSION IF NOT EXISTS btree_gist"
    for table, columns in OVERLAPS.items():
        same = ", ".join(f"{column} WITH =" for column in columns)
        yield f"""
        ALTER TABLE {table} ADD CONSTRAINT {table}_no_overlap
        EXCLUDE USING gist ({same}, daterange(valid_from, valid_to) WITH &&)
        """
    yield """
    CREATE FUNCTION organisation_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'this table is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """
    for table in APPEND_ONLY:
        yield f"""
        CREATE TRIGGER {table}_unchanged BEFORE UPDATE ON {table}
        FOR EACH ROW EXECUTE FUNCTION organisation_refuse_change()
        """


def guard(apps, schema_editor):
    postgres = schema_editor.connection.vendor == "postgresql"
    for statement in _postgresql() if postgres else _sqlite():
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in OVERLAPS:
            schema_editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {table}_no_overlap")
        schema_editor.execute("DROP FUNCTION organisation_refuse_change() CASCADE")
        return
    for table in OVERLAPS:
        for verb in ("insert", "update"):
            schema_editor.execute(f"DROP TRIGGER {table}_no_overlap_{verb}")
    for table in APPEND_ONLY:
        schema_editor.execute(f"DROP TRIGGER {table}_unchanged")


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
