"""The database itself refuses memberships that overlap, and any change to what must stay as it was written.

PostgreSQL has an exclusion constraint for the overlaps (btree_gist comes with the organisation); SQLite has triggers.
"""

from django.db import migrations

UNCHANGED = {
    # table: columns that never change once written; None: no column at all
    "members_readentry": None,
    "members_tombstone": None,
    "members_headcountsnapshot": None,
    "members_membershipevent": None,
    "members_consenttext": ("purpose", "version", "text", "text_en", "is_sensitive"),
    "members_consent": ("person_id", "purpose", "text_id", "given_at", "method", "actor_mandate_id"),
}
KEPT = ("members_readentry", "members_tombstone", "members_headcountsnapshot", "members_consenttext")
"""Tables whose rows are never deleted."""


def _sqlite():
    for verb in ("INSERT", "UPDATE"):
        yield f"""
        CREATE TRIGGER members_membership_no_overlap_{verb.lower()} BEFORE {verb} ON members_membership
        WHEN EXISTS (
            SELECT 1 FROM members_membership WHERE person_id = NEW.person_id AND id IS NOT NEW.id
            AND admitted_on < COALESCE(NEW.ended_on, '9999-12-31')
            AND NEW.admitted_on < COALESCE(ended_on, '9999-12-31')
        )
        BEGIN SELECT RAISE(ABORT, 'members_membership: periods overlap'); END
        """
    for table, columns in UNCHANGED.items():
        changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns or ())
        yield f"""
        CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
        {f"WHEN {changed}" if columns else ""}
        BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
        """
    for table in KEPT:
        yield f"""
        CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
        BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
        """
    yield """
    CREATE TRIGGER members_membershipevent_no_delete BEFORE DELETE ON members_membershipevent
    WHEN EXISTS (SELECT 1 FROM members_person WHERE id = OLD.person_id AND tombstoned_at IS NULL)
    BEGIN SELECT RAISE(ABORT, 'members_membershipevent: only an erased person loses events'); END
    """


def _postgresql():
    yield """
    ALTER TABLE members_membership ADD CONSTRAINT members_membership_no_overlap
    EXCLUDE USING gist (person_id WITH =, daterange(admitted_on, ended_on) WITH &&)
    """
    yield """
    CREATE FUNCTION members_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$
    """
    for table, columns in UNCHANGED.items():
        changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns or ())
        yield f"""
        CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW
        {f"WHEN ({changed})" if columns else ""} EXECUTE FUNCTION members_refuse_change()
        """
    for table in KEPT:
        yield f"""
        CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION members_refuse_change()
        """
    yield """
    CREATE FUNCTION members_keep_events() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
        IF EXISTS (SELECT 1 FROM members_person WHERE id = OLD.person_id AND tombstoned_at IS NULL) THEN
            RAISE EXCEPTION 'only an erased person loses events' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN OLD;
    END $$
    """
    yield """
    CREATE TRIGGER members_membershipevent_no_delete BEFORE DELETE ON members_membershipevent
    FOR EACH ROW EXECUTE FUNCTION members_keep_events()
    """


def guard(apps, schema_editor):
    postgres = schema_editor.connection.vendor == "postgresql"
    for statement in _postgresql() if postgres else _sqlite():
        # Without parameters, so that a percent sign of PL/pgSQL stays one.
        schema_editor.execute(statement, params=None)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE members_membership DROP CONSTRAINT members_membership_no_overlap")
        schema_editor.execute("DROP FUNCTION members_refuse_change() CASCADE")
        schema_editor.execute("DROP FUNCTION members_keep_events() CASCADE")
        return
    for verb in ("insert", "update"):
        schema_editor.execute(f"DROP TRIGGER members_membership_no_overlap_{verb}")
    for table in UNCHANGED:
        schema_editor.execute(f"DROP TRIGGER {table}_no_update")
    for table in (*KEPT, "members_membershipevent"):
        schema_editor.execute(f"DROP TRIGGER {table}_no_delete")


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial"), ("organisation", "0002_no_overlaps")]
    operations = [migrations.RunPython(guard, unguard)]
