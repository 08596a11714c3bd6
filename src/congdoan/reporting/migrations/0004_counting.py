"""Which sending of a report counts since which batch: kept for ever, from what counts today on."""

import django.db.models.deletion
from django.db import migrations, models

TABLE = "reporting_counting"


def begin(apps, schema_editor):
    """What counts today counts since the epoch of today, as far as anybody can still know."""
    clock = apps.get_model("reporting", "Clock").objects.filter(pk=1).first()
    schema_editor.connection.cursor().execute(
        f"INSERT INTO {TABLE} (report_id, version_id, epoch) SELECT id, accepted_id, %s FROM reporting_report",  # noqa: S608  # our own name
        [clock.epoch if clock else 0],
    )


def guard(apps, schema_editor):
    run = schema_editor.execute
    if schema_editor.connection.vendor == "postgresql":
        run(
            f"CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION reporting_refuse()"
        )
        return
    for verb in ("update", "delete"):
        run(
            f"CREATE TRIGGER {TABLE}_no_{verb} BEFORE {verb} ON {TABLE} BEGIN SELECT RAISE(ABORT, 'what was sent is append-only'); END"
        )


class Migration(migrations.Migration):
    # Rows first, then triggers: PostgreSQL makes none on a table with pending events of its foreign keys.
    atomic = False
    dependencies = [("reporting", "0003_managing")]
    operations = [
        migrations.CreateModel(
            name="Counting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("epoch", models.PositiveBigIntegerField(db_index=True)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="countings",
                        to="reporting.report",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reporting.reportversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "lần tính của báo cáo",
                "verbose_name_plural": "lần tính của báo cáo",
                "constraints": [
                    models.UniqueConstraint(fields=("report", "epoch"), name="counting_once_a_batch")
                ],
            },
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
