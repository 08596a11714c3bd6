"""Threads beside the requests go on whatever happens."""

from __future__ import annotations

import threading

from django.db import DatabaseError

from congdoan.pages import background
from congdoan.pages.background import Repeating


def test_the_work_goes_on_after_an_error(monkeypatch):
    monkeypatch.setattr(background, "_PAUSE_AFTER_ERROR", 0.01)
    done, recovered, calls = threading.Event(), [], []

    def work() -> None:
        calls.append(1)
        if len(calls) == 1:
            raise DatabaseError("the database is away")
        done.set()

    thread = Repeating("test", work, every=0.01, after_error=lambda: recovered.append(1))
    thread.start()
    assert done.wait(10)
    thread.stop()
    assert recovered == [1]


def test_a_wake_up_call_shortens_the_wait():
    wake, worked = threading.Event(), threading.Semaphore(0)

    def work() -> None:
        wake.clear()
        worked.release()

    thread = Repeating("test", work, every=60, wake=wake)
    thread.start()
    assert worked.acquire(timeout=10)
    wake.set()
    assert worked.acquire(timeout=10)
    thread.stop()


def test_stopping_waits_for_what_is_under_way():
    begun, ended = threading.Event(), []

    def work() -> None:
        begun.set()
        threading.Event().wait(0.1)
        ended.append(1)

    thread = Repeating("test", work, every=60)
    thread.start()
    assert begun.wait(10)
    thread.stop()
    assert ended == [1]
