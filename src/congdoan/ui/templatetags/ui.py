"""Template tags of the interface, at hand in every template without loading."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField, CheckboxSelectMultiple, DateInput, RadioSelect
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from congdoan import vntext
from congdoan.ui import icons, pictures, tables

register = template.Library()

_EARLY_SCRIPT = Path(__file__).resolve().parent.parent / "templates" / "ui" / "shell" / "early_script.js"


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


@register.simple_tag
@cache
def early_script() -> SafeString:
    """Render the one inline script, byte for byte: the policy of the page holds its hash (``config.policy``)."""
    return mark_safe(f"<script>{_EARLY_SCRIPT.read_text(encoding='utf-8')}</script>")  # noqa: S308  # our own file


@register.simple_tag
def icon(name: str, size: int = 20, label: str = "") -> SafeString:
    """Draw an icon. ``label`` is read out instead of it, where no word stands beside it."""
    drawing = mark_safe(icons.svg(name, size))  # noqa: S308  # our own drawings
    if label:
        return format_html('{}<span class="visually-hidden">{}</span>', drawing, label)
    return drawing


@register.simple_tag
def local_path(path: str) -> str:
    """Return an address of ours in the reader's language: "/tim-kiem/" or "/en/tim-kiem/"."""
    language = _language()
    return path if language == settings.LANGUAGE_CODE else f"/{language}{path}"


@register.simple_tag
def has_weather() -> bool:
    """Say whether the installation fetches the weather (``WEATHER_URL``); without it no page keeps room for it."""
    return bool(settings.WEATHER_URL)


@register.simple_tag
def lang_attr(language: str | None) -> SafeString:
    """Mark a text in another language than the page's: ``<p {% lang_attr "vi" %}>`` (WCAG 3.1.2)."""
    if not language or language == _language():
        return SafeString("")
    return format_html('lang="{}"', language)


@register.simple_tag
def reader_lang() -> SafeString:
    """Mark words of the interface that stand inside a text that may be in another language than the reader's."""
    language = _language()
    return SafeString("") if language == settings.LANGUAGE_CODE else format_html('lang="{}"', language)


@register.simple_tag
def picture(
    image: Any, preset: str, alt: str | None = None, sizes: str = "", eager: bool = False
) -> SafeString:
    """Draw a picture in the sizes of ``preset`` (``congdoan.ui.pictures.PRESETS``); a placeholder without one."""
    return pictures.picture(image, preset, alt=alt, sizes=sizes, eager=eager)


@register.simple_tag
def large_picture(image: Any) -> Any | None:
    """Return the large rendition, with ``url``, ``width``, ``height``; nothing when the file is lost."""
    return pictures.rendition(image, pictures.LARGE)


@register.filter
def vi_date(value: dt.date | dt.datetime | None) -> str:
    """ "17/10/2019"; in English "17 October 2019"; "" for nothing."""
    return vntext.format_date(_local_date(value), _language()) if value else ""


@register.filter
def vi_datetime(value: dt.datetime | None) -> str:
    """ "08:32, 17/10/2019" in the time of the installation; "" for nothing."""
    if not value:
        return ""
    return vntext.format_datetime(
        timezone.localtime(value) if timezone.is_aware(value) else value, _language()
    )


@register.filter
def vi_long_date(value: dt.date | dt.datetime | None) -> str:
    """ "Thứ Năm, ngày 17/10/2019"; in English "Thursday, 17 October 2019"; "" for nothing."""
    return vntext.format_long(_local_date(value), _language()) if value else ""


@register.filter
def iso(value: dt.date | dt.datetime | None) -> str:
    """Return the machine's form for ``<time datetime>``: "2019-10-17" or "2019-10-17T08:32:00+07:00"."""
    if not value:
        return ""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return value.isoformat()


@register.filter
def vi_number(value: int | float | Decimal | None) -> str:
    """ "12.076", "6.383,9"; in English "12,076", "6,383.9"; "" for nothing, which is not zero."""
    if value is None or value == "":
        return ""
    if isinstance(value, float):
        value = Decimal(str(value))
    if _language() == "en":
        return f"{value:,}"
    return vntext.format_int(value) if isinstance(value, int) else vntext.format_decimal(value)


_PRINTED_NUMBER = re.compile(r"-?\d{1,3}(\.\d{3})*(,\d+)?|-?\d+,\d+")
_SEPARATORS = str.maketrans(".,", ",.")


@register.filter
def vi_written(value: str) -> str:
    """A number that an editor wrote, "6.383,9", as it stands; in English "6,383.9". Other words stay as they are."""
    return value.translate(_SEPARATORS) if _language() == "en" and _PRINTED_NUMBER.fullmatch(value) else value


@register.filter
def shown(value: Any) -> str:
    """A value as people read it: numbers and days in the reader's language, "–" for what is missing, yes and no in words."""
    if tables.is_missing(value):
        return format_html(
            '<span aria-hidden="true">–</span><span class="visually-hidden">{}</span>', _("chưa có")
        )
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    if isinstance(value, int | float | Decimal):
        return vi_number(value)
    if isinstance(value, dt.datetime):
        return vi_datetime(value)
    if isinstance(value, dt.date):
        return vi_date(value)
    return conditional_escape(value)


@register.filter
def under(cells: Any, columns: Any) -> Any:
    """Pair the cells of a row with the columns of its table."""
    return tables.under(columns, cells)


_CONTROL_CLASSES = {
    "checkbox": "check__input",
    "radio": "check__input",
    "select": "form-select",
    "file": "form-control",
}


@register.simple_tag
def control(field: BoundField, described_by: str = "") -> SafeString:
    """Draw the control of a form field with our look, tied to its help and its error for those who hear the page."""
    widget = field.field.widget
    kind = getattr(widget, "input_type", "") or type(widget).__name__.lower()
    classes = [_CONTROL_CLASSES.get(kind, "form-control"), widget.attrs.get("class", "")]
    attrs: dict[str, Any] = {}
    if control_kind(field) == "date":
        classes.append("form-control--date")
        attrs["autocomplete"] = widget.attrs.get("autocomplete", "off")
    if field.errors:
        attrs["aria-invalid"] = "true"
        classes.append("is-invalid")
    if described_by.strip():
        attrs["aria-describedby"] = " ".join(described_by.split())
    attrs["class"] = " ".join(filter(None, classes))
    return field.as_widget(attrs=attrs)


@register.filter
def control_kind(field: BoundField) -> str:
    """Return how a field is drawn: "check" (one box), "choices" (a group), "date", "file", or "line"."""
    widget = field.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, DateInput):
        return "date"
    kind = getattr(widget, "input_type", "")
    return {"checkbox": "check", "file": "file"}.get(kind, "line")


@register.filter
def field_hint(field: BoundField) -> str:
    """Say what the kind of a field asks of everybody: how a day is written, that a file must be chosen again."""
    kind = control_kind(field)
    if kind == "date":
        return _("Ngày/tháng/năm, ví dụ 17/10/2019.")
    if kind == "file" and field.form.is_bound and field.form.errors:
        return _("Trình duyệt không giữ tệp đã chọn. Hãy chọn lại tệp trước khi gửi.")
    return ""


@register.filter
def described_by(field: BoundField) -> str:
    """Return the ids of the lines that ``field.html`` writes beside a control: help, hint, error."""
    parts = {"help": field.help_text, "hint": field_hint(field), "error": field.errors}
    return " ".join(f"{field.auto_id}-{name}" for name, part in parts.items() if part)


def _local_date(value: dt.date | dt.datetime) -> dt.date:
    if isinstance(value, dt.datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value
