"""Hearing is exactly once in effect, whatever the log repeats and whatever fails."""

import threading

import pytest
from django.db import OperationalError

from coordination.contracts import catalogue
from coordination.contracts.clock import recorded_now
from coordination.contracts.envelope import Envelope
from coordination.contracts.identifiers import new_id
from coordination.contracts.matching import PlacesSet
from coordination.contracts.reporting import SignalCleared
from coordination.events.cause import current_cause
from coordination.events.consumer import BrakePulled, Consumer
from coordination.events.dead_letters import retry_dead_letters
from coordination.events.log import Message
from coordination.events.subscription import Subscriptions, hears
from coordination.events.unit_of_work import TooLarge, unit_of_work
from reporting.models.messaging import DeadLetter, HandledEvent, OutboxEntry, SubjectPosition

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_each_message_is_heard_once_and_marked(matching, reporting, marks):
    one, other = new_id(), new_id()
    matching.says(one, 1, 2)
    matching.says(other, 7)
    matching.sends()
    consumer = reporting.hears_all()
    assert (reporting.heard(one), reporting.heard(other)) == ([1, 2], [7])
    assert marks() == (3, 2)
    assert consumer.tally == {"handled": 3}
    assert reporting.log.lag("reporting", reporting.subscriptions.topics) == 0


def test_a_second_delivery_does_nothing(matching, reporting, marks, log):
    activity = new_id()
    for entry in matching.says(activity, 1, 2):
        log.append([Message(topic=entry.topic, key=entry.subject, value=entry.message.encode())] * 2)
    matching.sends()
    consumer = reporting.hears_all()
    assert reporting.heard(activity) == [1, 2]
    assert consumer.tally == {"handled": 2, "repeated": 4}
    consumer = reporting.consumer()
    consumer.reader.rewind()
    consumer.run_once()
    assert reporting.heard(activity) == [1, 2]
    assert marks() == (2, 1)
    assert reporting.parked() == []


def test_a_hole_parks_its_key_only_and_the_missing_message_frees_it(matching, reporting, log):
    activity, other = new_id(), new_id()
    entries = matching.says(activity, 1, 2, 3, 4)
    matching.says(other, 9)
    missing = entries[1]
    type(missing).objects.filter(pk=missing.pk).update(sent_at=recorded_now())
    matching.sends()
    reporting.hears_all()
    assert reporting.heard(activity) == [1]
    assert reporting.heard(other) == [9]
    assert reporting.parked() == [(3, "hole"), (4, "behind")]
    type(missing).objects.filter(pk=missing.pk).update(sent_at=None)
    matching.sends()
    reporting.hears_all()
    assert reporting.heard(activity) == [1, 2, 3, 4]
    assert reporting.parked() == []
    assert SubjectPosition.objects.get(subject=str(activity)).sequence == 4


def test_a_fault_parks_row_and_key_and_other_keys_go_on(matching, reporting):
    activity, other = new_id(), new_id()

    def two_is_bad(event: PlacesSet) -> None:
        if event.places == 2:
            raise ValueError("two is bad")

    reporting.faults.append(two_is_bad)
    matching.says(activity, 1, 2, 3)
    matching.says(other, 9, 10)
    matching.sends()
    reporting.hears_all()
    assert reporting.heard(activity) == [1]
    assert reporting.heard(other) == [9, 10]
    assert reporting.parked() == [(2, "fault"), (3, "behind")]
    parked = DeadLetter.objects.get(sequence=2)
    assert "two is bad" in parked.error
    assert Envelope.from_json(parked.message).data["places"] == 2
    assert not HandledEvent.objects.filter(pk=parked.pk).exists()


def test_what_a_failing_handler_wrote_is_undone_with_its_own_outbox(matching, log):
    said_in_vain = SignalCleared(signal_id=new_id(), activity_id=new_id(), municipality="9901", kind="stale")

    def says_and_fails(event: PlacesSet, envelope: Envelope) -> None:
        with unit_of_work("reporting") as say:
            say(said_in_vain)
        raise ValueError("too late")

    matching.says(new_id(), 1)
    matching.sends()
    consumer = Consumer(Subscriptions(service="reporting", table=(hears(PlacesSet, says_and_fails),)), log)
    consumer.run_once()
    assert not OutboxEntry.objects.exists()
    assert DeadLetter.objects.get().cause == "fault"


def test_what_a_handler_says_names_its_cause(matching, log):
    causes = []

    def answers(event: PlacesSet, envelope: Envelope) -> None:
        causes.append(current_cause())
        with unit_of_work("reporting") as say:
            say(SignalCleared(signal_id=new_id(), activity_id=event.activity_id, municipality="9901", kind="stale"))

    (entry,) = matching.says(new_id(), 1)
    matching.sends()
    Consumer(Subscriptions(service="reporting", table=(hears(PlacesSet, answers),)), log).run_once()
    answer = Envelope.from_json(OutboxEntry.objects.get().message)
    assert answer.causationid == str(entry.id)
    assert answer.correlationid == str(entry.id)
    assert current_cause().causationid == ""


def test_news_nobody_cares_for_is_marked_and_counted(matching, log):
    """Otherwise a later version that does care would find a hole."""
    matching.says(new_id(), 1, 2)
    matching.sends()
    journal = []
    subscriptions = Subscriptions(service="reporting", table=(), every_topic=True, every_message=(journal.append,))
    Consumer(subscriptions, log).run_once()
    assert [one.sequence for one in journal] == [1, 2]
    assert SubjectPosition.objects.get().sequence == 2


def test_a_type_of_tomorrow_waits_for_the_version_that_knows_it(matching, reporting, log, monkeypatch):
    activity, other = new_id(), new_id()
    first, second = matching.says(activity, 1, 2)
    tomorrow = first.message.replace("places-set.v1", "places-set.v9")
    for message in (tomorrow, second.message):
        log.append([Message(topic=first.topic, key=first.subject, value=message.encode())])
    log.append(
        [Message(topic=one.topic, key=one.subject, value=one.message.encode()) for one in matching.says(other, 7)]
    )
    assert reporting.hears_all().tally == {"unknown": 1, "behind": 1, "handled": 1}
    assert (reporting.heard(activity), reporting.heard(other)) == ([], [7])
    assert reporting.parked() == [(1, "unknown"), (2, "behind")]
    assert "places-set.v9" in DeadLetter.objects.get(cause="unknown").error
    entry = catalogue.BY_TYPE[first.type]
    monkeypatch.setattr(catalogue, "BY_TYPE", {**catalogue.BY_TYPE, "nl.coordination.offers.places-set.v9": entry})
    retry_dead_letters("reporting", subscriptions=reporting.subscriptions)
    assert reporting.heard(activity) == [1, 2]
    assert reporting.parked() == []


def test_many_messages_of_a_type_of_tomorrow_pull_no_brake(matching, reporting, log):
    entries = [matching.says(new_id(), 1)[0] for _ in range(15)]
    for entry in entries:
        tomorrow = entry.message.replace("places-set.v1", "places-set.v9").encode()
        log.append([Message(topic=entry.topic, key=entry.subject, value=tomorrow)])
    assert reporting.hears_all().tally == {"unknown": 15}


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace('"data":', f'"filling":"{"x" * 65536}","data":'),
        lambda text: text.replace('"source":"', '"source":"a\\u0000'),
        lambda text: text.replace('"sequence":"000000000001"', f'"sequence":"{2**63}"'),
    ],
    ids=["over 64 KB", "a NUL", "a number no database holds"],
)
def test_what_no_service_may_say_is_parked(matching, reporting, log, change):
    (entry,) = matching.says(new_id(), 1)
    changed = change(entry.message)
    assert changed != entry.message
    log.append([Message(topic=entry.topic, key=entry.subject, value=changed.encode())])
    assert reporting.hears_all().tally == {"unreadable": 1}


@pytest.mark.parametrize("key", ["", "a\x00b", "x" * 300, "another"])
def test_a_key_that_is_not_the_subject_is_parked(matching, reporting, log, key):
    (entry,) = matching.says(new_id(), 1)
    log.append([Message(topic=entry.topic, key=key, value=entry.message.encode())])
    assert reporting.hears_all().tally == {"unreadable": 1}
    letter = DeadLetter.objects.get()
    assert "differs from the key" in letter.error
    assert len(letter.subject) <= 100 and "\x00" not in letter.subject


def test_an_event_larger_than_a_message_may_be_is_not_said(matching):
    with pytest.raises(TooLarge, match="PlacesSet"), unit_of_work("matching") as say:
        say(PlacesSet(activity_id=new_id(), municipality="9" * 70_000, places=1))


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"no json",
        b"[]",
        b"\xff\x00\xfe",
        b'{"specversion": "1.0"}',
        '{"specversion":"1.0","id":"\u202e"}'.encode(),
    ],
)
def test_what_cannot_be_read_is_parked_and_others_go_on(matching, reporting, log, value):
    activity = new_id()
    log.append([Message(topic="matching.offers", key="rubbish", value=value)] * 2)
    matching.says(activity, 1)
    matching.sends()
    reporting.hears_all()
    assert reporting.heard(activity) == [1]
    assert reporting.parked() == [(0, "unreadable")]


def test_data_that_does_not_fit_its_contract_parks_its_key(matching, reporting, log):
    activity = new_id()
    first, second = matching.says(activity, 1, 2)
    bad = first.message.replace('"places":1', '"places":"a few"')
    for message in (bad, second.message):
        log.append([Message(topic=first.topic, key=first.subject, value=message.encode())])
    reporting.hears_all()
    assert reporting.heard(activity) == []
    assert reporting.parked() == [(1, "unreadable"), (2, "behind")]


def test_another_message_with_a_number_already_heard_is_parked(matching, reporting, log):
    activity = new_id()
    first, _ = matching.says(activity, 1, 2)
    matching.sends()
    reporting.hears_all()
    double = first.message.replace(str(first.id), str(new_id()))
    log.append([Message(topic=first.topic, key=first.subject, value=double.encode())])
    reporting.hears_all()
    assert reporting.heard(activity) == [1, 2]
    assert reporting.parked() == [(1, "fault")]


def test_a_portion_that_fails_is_heard_one_by_one(matching, reporting):
    activities = [new_id() for _ in range(5)]
    for number, activity in enumerate(activities):
        matching.says(activity, number)
    matching.sends()

    def three_is_bad(event: PlacesSet) -> None:
        if event.places == 3:
            raise ValueError("three is bad")

    reporting.faults.append(three_is_bad)
    consumer = reporting.consumer()
    assert consumer.run_once() == 5
    assert consumer.tally == {"handled": 4, "fault": 1}
    assert [reporting.heard(activity) for activity in activities] == [[0], [1], [2], [], [4]]


def test_a_transient_error_gives_back_and_parks_nothing(matching, reporting):
    activity = new_id()
    matching.says(activity, 1, 2, 3)
    matching.sends()

    def database_away(event: PlacesSet) -> None:
        if reporting.tries < 4:
            raise OperationalError("the database is away")

    reporting.faults.append(database_away)
    consumer = reporting.consumer()
    heard = [consumer.run_once(timeout=1.0) for _ in range(6)]
    assert sum(heard) == 3
    assert heard[0] == 0
    assert reporting.heard(activity) == [1, 2, 3]
    assert reporting.parked() == []


def test_a_transient_error_half_way_keeps_what_was_done(matching, reporting):
    bad, away = new_id(), new_id()
    matching.says(bad, 1)
    matching.says(away, 2)
    matching.sends()
    trouble = [True]

    def troubles(event: PlacesSet) -> None:
        if event.places == 1:
            raise ValueError("one is bad")
        if trouble:
            raise OperationalError("the database is away")

    reporting.faults.append(troubles)
    consumer = reporting.consumer()
    for _ in range(3):
        consumer.run_once(timeout=0.3)
    trouble.clear()
    while consumer.run_once(timeout=1.5):
        pass
    assert reporting.heard(away) == [2]
    assert reporting.parked() == [(1, "fault")]
    assert consumer.reader.lag() == 0


def stops_by_itself() -> threading.Event:
    """Tells a run to stop after a while, so that one that goes wrong fails and does not go on for ever."""
    stopping = threading.Event()
    timer = threading.Timer(30, stopping.set)
    timer.daemon = True
    timer.start()
    return stopping


def test_too_many_faults_in_a_row_pull_the_brake(matching, reporting):
    activities = [new_id() for _ in range(8)]
    for activity in activities:
        matching.says(activity, 1)
    matching.sends()
    healed = []

    def all_is_bad(event: PlacesSet) -> None:
        if not healed:
            raise ValueError("all is bad")

    reporting.faults.append(all_is_bad)
    consumer = reporting.consumer(brake=5)
    with pytest.raises(BrakePulled, match="reporting"):
        consumer.run(stops_by_itself())
    assert len(reporting.parked()) == 5
    assert reporting.log.lag("reporting", reporting.subscriptions.topics) == 3
    healed.append(True)
    assert reporting.hears_all().tally == {"handled": 3}


def test_a_success_releases_the_brake(matching, reporting):
    for _ in range(4):
        matching.says(new_id(), 1)
        matching.says(new_id(), 2)
    matching.sends()

    def one_is_bad(event: PlacesSet) -> None:
        if event.places == 1:
            raise ValueError("one is bad")

    reporting.faults.append(one_is_bad)
    consumer = reporting.hears_all(brake=3, portion=2)
    assert consumer.tally["fault"] == 4


def test_due_commands_are_called_and_one_that_fails_stops_nothing(reporting, log):
    called = []

    def fails() -> None:
        called.append("fails")
        raise ValueError("not now")

    stopping = stops_by_itself()

    def works() -> None:
        called.append("works")
        stopping.set()

    subscriptions = Subscriptions(service="reporting", table=(hears(PlacesSet),), due=(fails, works))
    Consumer(subscriptions, log).run(stopping)
    assert called == ["fails", "works"]
