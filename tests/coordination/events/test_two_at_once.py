"""Two consumers with the same messages: one has lost its place but not its work, and keeps it while the other asks."""

import threading

import pytest
from django.conf import settings
from django.db import connections

from coordination.contracts.identifiers import new_id

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.skipif(
        "postgresql" not in settings.DATABASES["reporting"]["ENGINE"],
        reason="runs on PostgreSQL only: in the embedded form a consumer has the file to itself",
    ),
]


class Between:
    """Does something once, in a thread of its own, just before a table is asked for the first time."""

    def __init__(self, table: str, work) -> None:
        self.table, self.work = table, work
        self.done = False

    def __call__(self, execute, sql, params, many, context):
        """Run a statement."""
        if not self.done and sql.startswith("SELECT") and f'FROM "{self.table}"' in sql:
            self.done = True
            thread = threading.Thread(target=self._work)
            thread.start()
            thread.join(30)
        return execute(sql, params, many, context)

    def _work(self) -> None:
        try:
            self.work()
        finally:
            connections["reporting"].close()
            connections["log"].close()


@pytest.mark.parametrize("table", ["reporting_deadletter", "reporting_subjectposition"])
@pytest.mark.parametrize("others", [1, 2, 3], ids=["one of three heard by the other", "two", "all"])
def test_what_another_kept_in_between_is_neither_parked_nor_heard_twice(matching, reporting, marks, table, others):
    activity = new_id()
    matching.says(activity, 1, 2, 3)
    matching.sends()

    def the_other_hears() -> None:
        reporting.consumer(portion=others).run_once()

    between = Between(table, the_other_hears)
    with connections["reporting"].execute_wrapper(between):
        reporting.hears_all()
    assert between.done
    assert reporting.parked() == []
    assert reporting.heard(activity) == [1, 2, 3]
    assert marks() == (3, 1)
