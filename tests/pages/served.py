"""Settings of a web server that a test starts on the test's own database."""

from __future__ import annotations

import os

from tests.settings import *  # noqa: F403  # settings of the run, but for the database
from tests.settings import DATABASES

DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE"]
