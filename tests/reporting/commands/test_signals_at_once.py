"""Two consumers of reporting look for signals in the same minute: each is raised once, and cleared once."""

import threading
from collections import Counter

import pytest
from django.db import connections

from coordination.testing.clock import today_is
from reporting.commands.signals import look_for_signals
from reporting.models import Signal

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


class InTheMiddle:
    """Lets another thread do something just before a kind of statement comes for the first time.

    It waits a moment only: a thread that must wait for this one comes to its end later, and join waits for that.
    """

    def __init__(self, statement: str, work) -> None:
        self.statement, self.work = statement, work
        self.faults: list[Exception] = []
        self.thread: threading.Thread | None = None

    def __call__(self, execute, sql, params, many, context):
        """Run a statement."""
        if self.thread is None and sql.startswith(self.statement):
            self.thread = threading.Thread(target=self._work)
            self.thread.start()
            self.thread.join(1)
        return execute(sql, params, many, context)

    def _work(self) -> None:
        try:
            self.work()
        except Exception as fault:
            self.faults.append(fault)
        finally:
            connections.close_all()


def both_look(statement: str) -> None:
    """One looks in the middle of the looking of the other."""
    other = InTheMiddle(statement, look_for_signals)
    with connections["reporting"].execute_wrapper(other):
        look_for_signals()
    assert other.thread is not None
    other.thread.join(30)
    assert not other.thread.is_alive()
    assert other.faults == []


def test_two_that_look_at_once_raise_and_clear_each_signal_once(world) -> None:
    with today_is("2025-06-01"):
        both_look('INSERT INTO "reporting_signal"')
        raised = Signal.objects.count()
        assert raised and Signal.objects.filter(cleared_on__isnull=True).count() == raised
    with today_is("2025-08-01"):
        both_look('UPDATE "reporting_signal"')
        cleared = Signal.objects.filter(cleared_on__isnull=False).count()
        assert cleared
    said = Counter(world.said("reporting"))
    assert said["nl.coordination.signals.raised.v1"] == Signal.objects.count()
    assert said["nl.coordination.signals.cleared.v1"] == cleared
