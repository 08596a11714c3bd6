"""Units are found by their code without case and by words of their names from indexes, however many there are.

SQLite has an FTS5 table beside the names, kept by triggers; PostgreSQL an index of words and one of beginnings of codes.
"""

from django.db import migrations, models
from django.db.models.functions import Upper

SQLITE = (
    """
    CREATE VIRTUAL TABLE organisation_unitname_words USING fts5(
        folded, content='organisation_unitname', content_rowid='id', detail='none', columnsize=0,
        prefix='1 2 3 4', tokenize='unicode61 remove_diacritics 0'
    )
    """,
    "INSERT INTO organisation_unitname_words (organisation_unitname_words) VALUES ('rebuild')",
    """
    CREATE TRIGGER organisation_unitname_words_added AFTER INSERT ON organisation_unitname
    BEGIN INSERT INTO organisation_unitname_words (rowid, folded) VALUES (NEW.id, NEW.folded); END
    """,
    """
    CREATE TRIGGER organisation_unitname_words_gone AFTER DELETE ON organisation_unitname
    BEGIN
        INSERT INTO organisation_unitname_words (organisation_unitname_words, rowid, folded)
        VALUES ('delete', OLD.id, OLD.folded);
    END
    """,
    """
    CREATE TRIGGER organisation_unitname_words_changed AFTER UPDATE ON organisation_unitname
    WHEN OLD.folded IS NOT NEW.folded OR OLD.id IS NOT NEW.id
    BEGIN
        INSERT INTO organisation_unitname_words (organisation_unitname_words, rowid, folded)
        VALUES ('delete', OLD.id, OLD.folded);
        INSERT INTO organisation_unitname_words (rowid, folded) VALUES (NEW.id, NEW.folded);
    END
    """,
)
SQLITE_BACK = (
    "DROP TRIGGER organisation_unitname_words_added",
    "DROP TRIGGER organisation_unitname_words_gone",
    "DROP TRIGGER organisation_unitname_words_changed",
    "DROP TABLE organisation_unitname_words",
)
POSTGRESQL = (
    """
    CREATE INDEX unit_name_words ON organisation_unitname
    USING gin (to_tsvector('simple', regexp_replace(folded, '[^[:alnum:]]+', ' ', 'g')))
    """,
    "CREATE INDEX unit_code_beginning ON organisation_unit (UPPER(code) text_pattern_ops)",
)
POSTGRESQL_BACK = ("DROP INDEX unit_name_words", "DROP INDEX unit_code_beginning")


def _run(schema_editor, postgresql, sqlite):
    for statement in postgresql if schema_editor.connection.vendor == "postgresql" else sqlite:
        # Without parameters: a percent sign would stand for one.
        schema_editor.execute(statement, params=None)


def add(apps, schema_editor):
    _run(schema_editor, POSTGRESQL, SQLITE)


def remove(apps, schema_editor):
    _run(schema_editor, POSTGRESQL_BACK, SQLITE_BACK)


class Migration(migrations.Migration):
    dependencies = [("organisation", "0003_unit_import")]
    operations = [
        migrations.AddIndex(model_name="unit", index=models.Index(Upper("code"), name="unit_code_upper")),
        migrations.RunPython(add, remove),
    ]
