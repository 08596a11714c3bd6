"""Calls, options, and the ballots and claims that must not betray each other."""

import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import uuid
from django.db import migrations, models


class CreateModelWithoutOrder(migrations.CreateModel):
    """On SQLite, make a table that has no row numbers: a row number would store the order in which people voted."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.sql_create_table = f"{type(schema_editor).sql_create_table} WITHOUT ROWID"
        try:
            super().database_forwards(app_label, schema_editor, from_state, to_state)
        finally:
            schema_editor.__dict__.pop("sql_create_table", None)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('site_poll', 'Bình chọn trên trang')], default='site_poll', editable=False, max_length=20, verbose_name='loại')),
                ('title', models.CharField(max_length=200, verbose_name='câu hỏi')),
                ('title_en', models.CharField(blank=True, max_length=200, verbose_name='câu hỏi tiếng Anh')),
                ('slug', models.SlugField(help_text='Phần cuối của địa chỉ trang. Để trống thì lấy theo câu hỏi.', max_length=80, unique=True, verbose_name='địa chỉ')),
                ('note', models.CharField(blank=True, help_text='Hiện dưới câu hỏi.', max_length=500, verbose_name='lời giải thích')),
                ('note_en', models.CharField(blank=True, max_length=500, verbose_name='lời giải thích tiếng Anh')),
                ('status', models.CharField(choices=[('draft', 'Bản nháp'), ('announced', 'Công bố'), ('cancelled', 'Đã huỷ')], default='draft', max_length=10, verbose_name='trạng thái')),
                ('cancel_reason', models.CharField(blank=True, help_text='Người đọc thấy lý do này. Chỉ cần khi huỷ.', max_length=300, verbose_name='lý do huỷ')),
                ('opens_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='mở lúc')),
                ('closes_at', models.DateTimeField(blank=True, help_text='Để trống thì mở đến khi bạn đóng.', null=True, verbose_name='đóng lúc')),
                ('on_front', models.BooleanField(default=True, help_text='Bình chọn đang mở và mới nhất hiện trên trang chủ và bên cạnh bài viết.', verbose_name='hiện trên các trang')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
            ],
            options={
                'verbose_name': 'bình chọn',
                'verbose_name_plural': 'bình chọn',
                'ordering': ['-opens_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['site_poll'])), name='call_kind_registered'), models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'announced', 'cancelled'])), name='call_status_known'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='call_has_title'), models.CheckConstraint(condition=models.Q(('slug', ''), _negated=True), name='call_has_slug'), models.CheckConstraint(condition=models.Q(('closes_at__isnull', True), ('closes_at__gt', models.F('opens_at')), _connector='OR'), name='call_closes_after_opening'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'cancelled'), _negated=True), models.Q(('cancel_reason', ''), _negated=True), _connector='OR'), name='call_cancelled_needs_reason')],
            },
        ),
        migrations.CreateModel(
            name='Option',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=200, verbose_name='phương án')),
                ('text_en', models.CharField(blank=True, max_length=200, verbose_name='phương án tiếng Anh')),
                ('sort_order', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='thứ tự')),
                ('call', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='participation.call', verbose_name='bình chọn')),
            ],
            options={
                'verbose_name': 'phương án',
                'verbose_name_plural': 'phương án',
                'ordering': ['sort_order', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='option',
            constraint=models.UniqueConstraint(fields=('call', 'text'), name='option_once_per_call'),
        ),
        migrations.AddConstraint(
            model_name='option',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='option_has_text'),
        ),
        CreateModelWithoutOrder(
            name='Ballot',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('call', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='participation.call')),
                ('option', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='participation.option')),
            ],
            options={
                'verbose_name': 'phiếu',
                'verbose_name_plural': 'phiếu',
                'indexes': [models.Index(fields=['call', 'option'], name='ballot_call_option')],
            },
        ),
        CreateModelWithoutOrder(
            name='Claim',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key_hash', models.CharField(editable=False, max_length=64)),
                ('call', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='participation.call')),
            ],
            options={
                'verbose_name': 'lượt tham gia',
                'verbose_name_plural': 'lượt tham gia',
                'constraints': [models.UniqueConstraint(fields=('call', 'key_hash'), name='claim_once_per_call'), models.CheckConstraint(condition=models.Q(('key_hash', ''), _negated=True), name='claim_has_key')],
            },
        ),
    ]
