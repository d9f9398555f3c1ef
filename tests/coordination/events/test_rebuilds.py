"""A rebuild that was asked for: written down, one at a time, and with consumers that wait for it by themselves."""

import threading

import pytest

from coordination.contracts.identifiers import new_id
from coordination.contracts.refusals import Conflict
from coordination.events import rebuilds
from coordination.events.connections import close_connections

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


@pytest.fixture
def activity(matching, reporting):
    """An activity, heard three times."""
    made = new_id()
    matching.says(made, 1, 2, 3)
    matching.sends()
    reporting.hears_all()
    return made


def test_it_is_written_down_who_asked_and_how_it_went(reporting, log, activity):
    account = new_id()
    asked = rebuilds.ask_for_rebuild("reporting", account=account)
    assert rebuilds.carry_out(asked, reporting.subscriptions, log) == {"handled": 3, "marked": 0}
    (row,) = rebuilds.rebuilds("reporting")
    assert (row.account, row.outcome, row.heard, row.error) == (account, "done", 3, "")
    assert row.ended_at >= row.asked_at
    assert reporting.heard(activity) == [1, 2, 3]


def test_one_that_fails_says_why_and_leaves_all_as_it_was(reporting, log, activity):
    reporting.faults.append(lambda event: 1 / (event.places - 2))
    with pytest.raises(ZeroDivisionError):
        rebuilds.carry_out(rebuilds.ask_for_rebuild("reporting"), reporting.subscriptions, log)
    (row,) = rebuilds.rebuilds("reporting")
    assert (row.outcome, row.error) == ("failed", "ZeroDivisionError: division by zero")
    assert reporting.heard(activity) == [1, 2, 3]
    assert rebuilds.running("reporting") is None


def test_there_is_one_at_a_time_and_it_tells_how_far_it_is(reporting, log, activity):
    seen = []

    def look(event) -> None:
        if event.places == 3:
            with pytest.raises(Conflict):
                rebuilds.ask_for_rebuild("reporting")
            seen.append(rebuilds.running("reporting").pk)

    reporting.faults.append(look)
    asked = rebuilds.ask_for_rebuild("reporting")
    rebuilds.carry_out(asked, reporting.subscriptions, log)
    assert seen == [asked.pk]


def test_one_whose_process_is_gone_is_written_off(reporting, log, activity):
    asked = rebuilds.ask_for_rebuild("reporting")
    again = rebuilds.ask_for_rebuild("reporting")
    rebuilds.carry_out(again, reporting.subscriptions, log)
    assert [(row.pk, row.outcome) for row in rebuilds.rebuilds("reporting")] == [
        (again.pk, "done"),
        (asked.pk, "broken_off"),
    ]


def test_news_that_comes_meanwhile_is_heard_afterwards_and_once(matching, reporting, log, activity):
    """The consumer runs beside it; whatever it hears of a subject comes after what the rebuild hears of it."""
    matching.says(activity, 4, 5)
    matching.sends()
    beside: list[threading.Thread] = []

    def begin(event) -> None:
        if event.places == 2 and not beside:
            beside.append(threading.Thread(target=hear))
            beside[0].start()
            beside[0].join(0.5)

    def hear() -> None:
        reporting.faults.clear()
        try:
            reporting.hears_all()
        finally:
            close_connections()

    reporting.faults.append(begin)
    rebuilds.carry_out(rebuilds.ask_for_rebuild("reporting"), reporting.subscriptions, log)
    beside[0].join(30)
    assert reporting.heard(activity) == [1, 2, 3, 4, 5]
    assert reporting.parked() == []
