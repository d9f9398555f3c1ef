"""A rebuild ends equal to what was there, and says nothing."""

import dataclasses

import pytest

from coordination.contracts.envelope import Envelope
from coordination.contracts.identifiers import new_id
from coordination.contracts.matching import PlacesSet
from coordination.contracts.reporting import SignalCleared
from coordination.events.dead_letters import retry_dead_letters
from coordination.events.embedded.models import GroupPosition, LogRecord
from coordination.events.log import Message
from coordination.events.replay import RebuildFailed, replay
from coordination.events.subscription import hears
from coordination.events.unit_of_work import unit_of_work
from reporting.models.messaging import AcceptedRequest, OutboxEntry

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


@pytest.fixture
def activities(matching, reporting):
    """Three activities, heard."""
    made = [new_id() for _ in range(3)]
    for activity in made:
        matching.says(activity, 1, 2, 3)
    matching.sends()
    reporting.hears_all()
    return made


def test_a_damaged_projection_is_rebuilt(matching, reporting, log, marks, activities):
    AcceptedRequest.objects.filter(account=str(activities[1])).delete()
    AcceptedRequest.objects.update(status=999)
    assert replay(reporting.subscriptions, log) == {"handled": 9, "marked": 0}
    assert [reporting.heard(activity) for activity in activities] == [[1, 2, 3]] * 3
    assert marks() == (9, 3)


def test_the_running_consumer_goes_on_where_it_was(matching, reporting, log, activities):
    replay(reporting.subscriptions, log)
    assert log.lag("reporting", reporting.subscriptions.topics) == 0
    assert not GroupPosition.objects.filter(group__contains="rebuild").exists()
    matching.says(activities[0], 4)
    matching.sends()
    assert reporting.hears_all().tally == {"handled": 1}


def test_what_is_parked_stays_parked_for_a_retry(matching, reporting, log, activities):
    """A retry speaks; a rebuild is silent and may not swallow what was never said."""
    reporting.faults.append(lambda event: 1 / (event.places - 4))
    matching.says(activities[0], 4, 5)
    matching.sends()
    reporting.hears_all()
    reporting.faults.clear()
    replay(reporting.subscriptions, log)
    assert reporting.parked() == [(4, "fault"), (5, "behind")]
    assert reporting.heard(activities[0]) == [1, 2, 3]
    retry_dead_letters("reporting", subscriptions=reporting.subscriptions)
    assert reporting.heard(activities[0]) == [1, 2, 3, 4, 5]


def test_what_is_new_is_left_to_the_consumer(matching, reporting, log, activities):
    matching.says(activities[0], 4)
    matching.sends()
    replay(reporting.subscriptions, log)
    assert reporting.heard(activities[0]) == [1, 2, 3]
    assert reporting.hears_all().tally == {"handled": 1}
    assert reporting.heard(activities[0]) == [1, 2, 3, 4]


def test_a_rebuild_that_meets_a_fault_leaves_all_as_it_was(matching, reporting, log, marks, activities):
    reporting.faults.append(lambda event: 1 / (event.places - 2))
    with pytest.raises(ZeroDivisionError):
        replay(reporting.subscriptions, log)
    assert [reporting.heard(activity) for activity in activities] == [[1, 2, 3]] * 3
    assert marks() == (9, 3)
    assert reporting.parked() == []


def test_a_rebuild_from_a_log_that_lost_messages_leaves_all_as_it_was(matching, reporting, log, marks, activities):
    LogRecord.objects.order_by("-pk").first().delete()
    with pytest.raises(RebuildFailed, match="1 of 9"):
        replay(reporting.subscriptions, log)
    assert [reporting.heard(activity) for activity in activities] == [[1, 2, 3]] * 3
    assert marks() == (9, 3)


def test_messages_that_stand_twice_in_the_log_are_heard_once(matching, reporting, log, activities):
    for row in LogRecord.objects.order_by("pk"):
        log.append([Message(topic=row.topic, key=row.key, value=bytes(row.value))])
    replay(reporting.subscriptions, log)
    assert [reporting.heard(activity) for activity in activities] == [[1, 2, 3]] * 3


def test_a_rebuild_says_nothing_and_calls_nothing_that_is_due(matching, reporting, log, activities):
    due = []

    def answers(event: PlacesSet, envelope: Envelope) -> None:
        with unit_of_work("reporting") as say:
            say(SignalCleared(signal_id=new_id(), activity_id=event.activity_id, municipality="9901", kind="stale"))

    talkative = dataclasses.replace(
        reporting.subscriptions, table=(hears(PlacesSet, answers),), due=(lambda: due.append("called"),)
    )
    replay(talkative, log)
    assert not OutboxEntry.objects.exists()
    assert not due


def test_a_rebuild_twice_is_the_same(matching, reporting, log, activities):
    replay(reporting.subscriptions, log)
    replay(reporting.subscriptions, log)
    assert [reporting.heard(activity) for activity in activities] == [[1, 2, 3]] * 3
