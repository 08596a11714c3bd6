"""The WSGI entry point: finished pages first, Django behind them."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congdoan.config.settings")

from django.core.wsgi import get_wsgi_application  # settings must be named first

_django = get_wsgi_application()

from congdoan.pages.front import FrontApplication  # noqa: E402  # needs the apps to be loaded

application = FrontApplication(_django)
