"""What every command shares: its language, the start of Django, how it prints and how it fails.

Exit codes: 0 done, 1 failed, 2 wrong use.
"""

from __future__ import annotations

import gettext as catalogue
import json
import logging
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

LOCALE_DIR = Path(__file__).resolve().parents[2] / "locale"
LANGUAGES = ("vi", "en")
_translations: catalogue.NullTranslations = catalogue.NullTranslations()


def use_language(lang: str) -> None:
    """Let ``_`` and everything that starts later speak ``lang`` ("vi" or "en")."""
    global _translations  # one process of the command line has one language
    os.environ["CONGDOAN_LANG"] = lang
    _translations = catalogue.translation("django", localedir=LOCALE_DIR, languages=[lang], fallback=True)
    # Click takes its own words ("Usage:", "No such option") from the catalogue that the environment names.
    os.environ["LANGUAGE"] = lang
    catalogue.bindtextdomain("click", str(LOCALE_DIR))
    catalogue.textdomain("click")


def _(message: str) -> str:
    """Translate ``message``. Needs no settings: ``--help`` works before anything is configured."""
    return _translations.gettext(message)


class Command(click.Command):
    """A command whose failures are sentences, not tracebacks."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what carries a ``user_message`` ends it with exit code 1."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            message = getattr(error, "user_message", None) or _known_failure(error)
            if message is None:
                raise
            raise click.ClickException(str(message)) from error


def _known_failure(error: Exception) -> str | None:
    from django.db import OperationalError, ProgrammingError  # help must not need Django

    if not isinstance(error, OperationalError | ProgrammingError):
        return None
    detail = str(error).strip().splitlines()[0]
    return (
        _("Không dùng được cơ sở dữ liệu (%s). Hãy xem lại DATABASE_URL rồi chạy “congdoan setup”.") % detail
    )


def start(lang: str | None = None, *, quiet: bool = True) -> None:
    """Load settings and apps, and speak ``lang`` (default: what ``--lang`` said).

    ``quiet`` keeps lines of the log that tell of nothing wrong from the person at the keyboard.
    Ends the command with a clear sentence when the settings refuse to load.
    """
    lang = lang or os.environ.get("CONGDOAN_LANG", "vi")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congdoan.config.settings")
    from django.apps import apps  # help must not need Django
    from django.utils import translation  # the same

    if not apps.ready:
        require_settings()
        import django  # the same

        django.setup()
    translation.activate(lang)
    if quiet:
        for name in ("congdoan", "django_structlog"):
            logging.getLogger(name).setLevel(logging.WARNING)


def require_settings() -> None:
    """Load the settings without the apps. Ends the command with a clear sentence when they refuse."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congdoan.config.settings")
    from django.conf import settings  # the same
    from django.core.exceptions import ImproperlyConfigured  # the same
    from environs import EnvError  # the same

    try:
        settings.TIME_ZONE  # noqa: B018  # the first read loads the module
    except ImproperlyConfigured as error:
        fail(str(error))
    except (EnvError, ValueError) as error:
        fail(_("Thiết lập không hợp lệ: %s. Hãy sửa biến môi trường đó rồi chạy lại.") % error)


def say(message: str = "") -> None:
    """Print a line for the person at the keyboard."""
    click.echo(message)


def warn(message: str) -> None:
    """Print a line that is not the result."""
    click.echo(message, err=True)


def fail(message: str) -> NoReturn:
    """End the command with ``message`` and exit code 1."""
    raise click.ClickException(message)


def print_json(data: Any) -> None:
    """Print ``data`` as JSON that a person can read too."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def print_table(columns: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> None:
    """Print ``rows`` under the headings of ``columns`` (key: heading); ``None`` is shown as a dash."""
    shown = [list(columns.values())]
    shown += [["–" if row[key] is None else str(row[key]) for key in columns] for row in rows]
    widths = [max(len(line[index]) for line in shown) for index in range(len(columns))]
    for line in shown:
        click.echo("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip())


json_option = click.option("--json", "as_json", is_flag=True, help="JSON.")
