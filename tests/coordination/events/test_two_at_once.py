"""Two consumers with the same messages: one has lost its place but not its work, and keeps it while the other asks."""

import threading
import time
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connections

from coordination.contracts.identifiers import new_id
from coordination.contracts.matching import PlacesSet
from coordination.events.hearing import Hearing
from coordination.events.unit_of_work import unit_of_work
from reporting.models.messaging import DeadLetter

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.skipif(
        "postgresql" not in settings.DATABASES["reporting"]["ENGINE"],
        reason="runs on PostgreSQL only: in the embedded form a consumer has the file to itself",
    ),
]


ASKS = "FROM asked CROSS JOIN"


class Meanwhile:
    """Does something once, in a thread of its own, just after a portion has asked what the tables know."""

    def __init__(self, work: Callable[[], object]) -> None:
        self.work = work
        self.done = False

    def __call__(self, execute, sql, params, many, context):
        """Run a statement."""
        answer = execute(sql, params, many, context)
        if not self.done and ASKS in sql:
            self.done = True
            thread = threading.Thread(target=in_own_connection, args=[self.work])
            thread.start()
            thread.join(30)
        return answer


def in_own_connection(work: Callable[[], object]) -> None:
    """What a thread does, with connections of its own that are closed afterwards."""
    try:
        work()
    finally:
        connections["reporting"].close()
        connections["log"].close()


@pytest.mark.parametrize("others", [1, 2, 3], ids=["one of three heard by the other", "two", "all"])
def test_what_another_kept_meanwhile_is_neither_parked_nor_heard_twice(matching, reporting, marks, others):
    activity = new_id()
    matching.says(activity, 1, 2, 3)
    matching.sends()
    meanwhile = Meanwhile(lambda: reporting.consumer(portion=others).run_once())
    with connections["reporting"].execute_wrapper(meanwhile):
        reporting.hears_all()
    assert meanwhile.done
    assert reporting.parked() == []
    assert reporting.heard(activity) == [1, 2, 3]
    assert marks() == (3, 1)


def test_what_follows_a_parked_message_that_is_being_retried_is_heard_after_it(matching, reporting, marks):
    def bad(event: PlacesSet) -> None:
        raise ValueError("not today")

    activity = new_id()
    matching.says(activity, 1)
    matching.sends()
    reporting.hears_all()
    reporting.faults.append(bad)
    matching.says(activity, 2)
    matching.sends()
    reporting.hears_all()
    assert reporting.parked() == [(2, "fault")]
    reporting.faults.clear()
    matching.says(activity, 3)
    matching.sends()

    hearing = Hearing(reporting.subscriptions)
    retried, may_keep = threading.Event(), threading.Event()

    def retry() -> None:
        with unit_of_work("reporting"):
            assert hearing.retry_first(str(topic), str(subject)) == "handled"
            retried.set()
            assert may_keep.wait(30)

    topic, subject = DeadLetter.objects.values_list("topic", "subject").get()
    threads = [threading.Thread(target=in_own_connection, args=[work]) for work in (retry, reporting.hears_all)]
    threads[0].start()
    assert retried.wait(30)
    threads[1].start()
    until = time.monotonic() + 30
    while not waits_for_a_lock() and time.monotonic() < until:
        time.sleep(0.02)
    assert waits_for_a_lock()
    may_keep.set()
    for thread in threads:
        thread.join(30)
    assert reporting.parked() == []
    assert reporting.heard(activity) == [1, 2, 3]
    assert marks() == (3, 1)


def waits_for_a_lock() -> bool:
    """Whether a portion has asked, and waits for a row that somebody else holds."""
    with connections["reporting"].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE %s", [f"%{ASKS}%"]
        )
        return cursor.fetchone()[0] > 0
