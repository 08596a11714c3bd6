"""Tags and filters of the templates."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
from decimal import Decimal

import pytest
from django import forms
from django.conf import settings
from django.template import engines
from django.utils import translation

from congdoan.ui import icons

EVENING = dt.datetime(2019, 10, 16, 17, 32, tzinfo=dt.UTC)
"""Already the 17th in Việt Nam."""


def render(text: str, **context: object) -> str:
    return engines["django"].from_string(text).render(context)


@pytest.mark.parametrize(
    ("text", "value", "vietnamese", "english"),
    [
        ("{{ value|vi_date }}", EVENING, "17/10/2019", "17 October 2019"),
        ("{{ value|vi_date }}", dt.date(2013, 8, 7), "07/08/2013", "7 August 2013"),
        ("{{ value|vi_datetime }}", EVENING, "00:32, 17/10/2019", "00:32, 17 October 2019"),
        ("{{ value|vi_long_date }}", EVENING, "Thứ Năm, ngày 17/10/2019", "Thursday, 17 October 2019"),
        ("{{ value|vi_number }}", 12076, "12.076", "12,076"),
        ("{{ value|vi_number }}", Decimal("6383.9"), "6.383,9", "6,383.9"),
        ("{{ value|vi_number }}", 21.5, "21,5", "21.5"),
        ("{{ value|vi_number }}", 0, "0", "0"),
        ("{{ value|vi_number }}", None, "", ""),
        ("{{ value|vi_written }}", "6.383,9", "6.383,9", "6,383.9"),
        ("{{ value|vi_written }}", "656.900", "656.900", "656,900"),
        ("{{ value|vi_written }}", "2019", "2019", "2019"),
        ("{{ value|vi_written }}", "1.2.3", "1.2.3", "1.2.3"),
        ("{{ value|vi_written }}", "hơn 650.000", "hơn 650.000", "hơn 650.000"),
        ("{{ value|vi_date }}", None, "", ""),
        ("<p {% reader_lang %}>", None, "<p >", '<p lang="en">'),
        ("{% local_path value %}", "/tim-kiem/", "/tim-kiem/", "/en/tim-kiem/"),
        ("<p {% lang_attr value %}>", "vi", "<p >", '<p lang="vi">'),
        ("<p {% lang_attr value %}>", "en", '<p lang="en">', "<p >"),
        ("<p {% lang_attr value %}>", "", "<p >", "<p >"),
    ],
)
def test_dates_numbers_and_addresses_follow_the_language(text, value, vietnamese, english):
    with translation.override("vi"):
        assert render(text, value=value) == vietnamese
    with translation.override("en"):
        assert render(text, value=value) == english


def test_the_machines_date_carries_the_local_time():
    assert render("{{ value|iso }}", value=EVENING) == "2019-10-17T00:32:00+07:00"
    assert render("{{ value|iso }}", value=dt.date(2019, 10, 17)) == "2019-10-17"


def test_an_icon_is_silent_and_its_label_is_not():
    assert 'aria-hidden="true"' in render('{% icon "search" %}')
    assert '<span class="visually-hidden">Tìm &lt;b&gt;</span>' in render(
        '{% icon "search" 24 label %}', label="Tìm <b>"
    )


def test_an_unknown_icon_is_refused_with_the_names_of_all():
    with pytest.raises(KeyError, match="album"):
        icons.svg("khong-co")


def test_the_early_script_is_the_one_that_the_policy_allows():
    script = re.fullmatch(r"<script>(.*)</script>", render("{% early_script %}"), re.DOTALL)
    assert script

    digest = base64.b64encode(hashlib.sha256(script[1].encode()).digest()).decode()

    assert f"'sha256-{digest}'" in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["script-src"]


def test_a_control_is_tied_to_its_help_and_its_error():
    class Ask(forms.Form):
        name = forms.CharField(label="Tên", help_text="Viết đủ <họ> và tên")

    markup = render(
        '{% include "ui/components/field.html" with field=form.name only %}', form=Ask({"name": ""})
    )

    assert 'aria-describedby="id_name-help id_name-error"' in markup
    assert 'aria-invalid="true"' in markup
    assert 'id="id_name-error"' in markup
    assert 'id="id_name-help"' in markup
    assert "Viết đủ &lt;họ&gt;" in markup
    assert 'for="id_name"' in markup


def test_a_field_gives_back_what_was_typed():
    class Ask(forms.Form):
        count = forms.IntegerField(widget=forms.TextInput)

    markup = render(
        '{% include "ui/components/field.html" with field=form.count only %}',
        form=Ask({"count": 'mười "hai"'}),
    )

    assert 'value="mười &quot;hai&quot;"' in markup
