"""The demonstration's organisation and reports, loaded once for the files that follow each other and ask for them."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import TestCase

from congdoan.ops.demo import organisation, reporting


@pytest.fixture(scope="session")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[float]:
    """The organisation and its reports, loaded once; how many seconds the reports took the processor."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        # Looking through a million rows after every test takes minutes; one test does it once.
        patch.setattr(TestCase, "_should_check_constraints", lambda self, connection: False)
        organisation.load({})
        started, clock = time.process_time(), time.monotonic()
        reporting.load()
        took = time.process_time() - started
        print(f"reports loaded in {time.monotonic() - clock:.1f} s, {took:.1f} s of the processor")  # noqa: T201
        yield took
        transaction.set_rollback(True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: Any, nextitem: Any) -> Generator[None]:
    """Take the demonstration out of the database before the first test that does not know of it."""
    yield
    if "demo" in item.fixturenames and "demo" not in getattr(nextitem, "fixturenames", ()):
        for definition in item._fixtureinfo.name2fixturedefs.get("demo", ()):
            definition.finish(item._request)
