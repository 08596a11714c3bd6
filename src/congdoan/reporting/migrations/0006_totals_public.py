from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reporting", "0005_target_gaps")]

    operations = [
        migrations.AddField(
            model_name="indicator",
            name="totals_public",
            field=models.BooleanField(
                default=False,
                help_text="Chỉ cho chỉ tiêu không công khai: số chung của một tỉnh hoặc cấp trên được đưa vào bài, còn số của đơn vị dưới và từng phân tổ vẫn không công khai.",
                verbose_name="tổng toàn tỉnh được công bố",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("totals_public", False),
                    ("is_public", False),
                    ("is_sensitive", True),
                    _connector="OR",
                ),
                name="indicator_totals_public_is_closed",
            ),
        ),
    ]
