"""The database itself refuses to change a ballot, to take one for another Call's option, and to reword what was voted on.

Deleting is refused in the models and by foreign keys: a trigger would also stop restoring a backup into full tables.
"""

from django.db import migrations

SQLITE = [
    """
    CREATE TRIGGER participation_ballot_unchanged BEFORE UPDATE ON participation_ballot
    BEGIN SELECT RAISE(ABORT, 'a ballot is never changed'); END
    """,
    """
    CREATE TRIGGER participation_ballot_own_option BEFORE INSERT ON participation_ballot
    WHEN NOT EXISTS (SELECT 1 FROM participation_option WHERE id = NEW.option_id AND call_id = NEW.call_id)
    BEGIN SELECT RAISE(ABORT, 'the option is not of this call'); END
    """,
    """
    CREATE TRIGGER participation_option_frozen BEFORE UPDATE ON participation_option
    WHEN (OLD.text IS NOT NEW.text OR OLD.text_en IS NOT NEW.text_en OR OLD.call_id IS NOT NEW.call_id)
    AND EXISTS (SELECT 1 FROM participation_ballot WHERE call_id = OLD.call_id)
    BEGIN SELECT RAISE(ABORT, 'options are frozen by the first ballot'); END
    """,
]
POSTGRESQL = [
    """
    CREATE FUNCTION participation_ballot_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'a ballot is never changed' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    """
    CREATE TRIGGER participation_ballot_unchanged BEFORE UPDATE ON participation_ballot
    FOR EACH ROW EXECUTE FUNCTION participation_ballot_refuse()
    """,
    """
    CREATE FUNCTION participation_ballot_own_option() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
      IF NOT EXISTS (SELECT 1 FROM participation_option WHERE id = NEW.option_id AND call_id = NEW.call_id) THEN
        RAISE EXCEPTION 'the option is not of this call' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER participation_ballot_own_option BEFORE INSERT ON participation_ballot
    FOR EACH ROW EXECUTE FUNCTION participation_ballot_own_option()
    """,
    """
    CREATE FUNCTION participation_option_frozen() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
      IF EXISTS (SELECT 1 FROM participation_ballot WHERE call_id = OLD.call_id) THEN
        RAISE EXCEPTION 'options are frozen by the first ballot' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER participation_option_frozen BEFORE UPDATE ON participation_option
    FOR EACH ROW WHEN (OLD.text <> NEW.text OR OLD.text_en <> NEW.text_en OR OLD.call_id <> NEW.call_id)
    EXECUTE FUNCTION participation_option_frozen()
    """,
]


def guard(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in ("ballot_refuse", "ballot_own_option", "option_frozen"):
            schema_editor.execute(f"DROP FUNCTION participation_{name}() CASCADE")
    else:
        for name in ("ballot_unchanged", "ballot_own_option", "option_frozen"):
            schema_editor.execute(f"DROP TRIGGER participation_{name}")


class Migration(migrations.Migration):
    dependencies = [("participation", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
