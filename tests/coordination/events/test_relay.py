"""The relay repeats and never loses."""

import json
import threading
import time
from collections.abc import Callable

import pytest

from coordination.contracts.identifiers import new_id
from coordination.events.embedded.log import EmbeddedLog
from coordination.events.embedded.models import LogRecord
from coordination.events.log import LogUnavailable, Message
from coordination.events.relay import Relay
from matching.models.messaging import OutboxEntry

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


class Crash(BaseException):
    """The process ends here."""


class LogThatCrashesAfterwards(EmbeddedLog):
    """Takes the messages; then the process is gone before it can mark them."""

    def append(self, messages: list[Message]) -> None:
        super().append(messages)
        raise Crash


class LogThatIsAway(EmbeddedLog):
    """Takes nothing a few times, then all."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times

    def append(self, messages: list[Message]) -> None:
        self.times -= 1
        if self.times >= 0:
            raise LogUnavailable("the log is away")
        super().append(messages)


def unsent() -> int:
    return OutboxEntry.objects.filter(sent_at__isnull=True).count()


def test_it_sends_in_order_with_topic_and_key_and_marks(matching):
    activity = new_id()
    entries = matching.says(activity, 1, 2, 3)
    assert matching.sends() == 3
    records = LogRecord.objects.order_by("pk")
    assert [bytes(one.value).decode() for one in records] == [one.message for one in entries]
    assert {(one.topic, one.key) for one in records} == {("matching.offers", str(activity))}
    assert unsent() == 0
    assert matching.sends() == 0


def test_it_sends_in_portions(matching, log):
    matching.says(new_id(), *range(1, 6))
    relay = Relay("matching", log, portion=2)
    assert [relay.run_once() for _ in range(4)] == [2, 2, 1, 0]


def test_a_crash_between_sending_and_marking_repeats_and_loses_nothing(matching, reporting, log):
    activity = new_id()
    matching.says(activity, 1, 2)
    with pytest.raises(Crash):
        Relay("matching", LogThatCrashesAfterwards()).run_once()
    assert unsent() == 2
    assert matching.sends() == 2
    assert LogRecord.objects.count() == 4
    reporting.hears_all()
    assert reporting.heard(activity) == [1, 2]


def test_nothing_is_marked_when_the_log_did_not_take_it(matching):
    matching.says(new_id(), 1)
    with pytest.raises(LogUnavailable):
        Relay("matching", LogThatIsAway(1)).run_once()
    assert unsent() == 1


def test_a_row_that_appears_late_below_the_last_number_is_sent(matching, log):
    """Numbers commit out of order, so what counts is being unsent, not being later than the last one."""
    entries = matching.says(new_id(), 1, 2)
    late = entries[0]
    OutboxEntry.objects.filter(pk=late.pk).delete()
    assert matching.sends() == 1
    late.save(force_insert=True)
    assert matching.sends() == 1
    assert unsent() == 0


def test_the_loop_waits_out_an_absent_log_and_stops_promptly(matching):
    matching.says(new_id(), 1, 2, 3)
    stopping = threading.Event()
    relay = Relay("matching", LogThatIsAway(2))
    stopper = threading.Timer(1.5, stopping.set)
    stopper.start()
    relay.run(stopping)
    assert unsent() == 0
    started = time.monotonic()
    relay.run(stopping)
    assert time.monotonic() - started < 1


def test_running_ahead_it_keeps_the_order_of_a_subject_and_marks_all(matching, log):
    one, other = new_id(), new_id()
    for number in range(1, 6):
        matching.says(one, number)
        matching.says(other, number)
    Relay("matching", log, portion=3).run_ahead(lambda: True)
    assert unsent() == 0
    values = [json.loads(bytes(record.value)) for record in LogRecord.objects.order_by("pk")]
    for activity in (one, other):
        assert [value["data"]["places"] for value in values if value["subject"] == str(activity)] == [1, 2, 3, 4, 5]
    assert len(values) == 10


def test_what_is_kept_late_between_rows_under_way_is_sent_before_what_follows_of_its_subject(matching):
    """Read without it, a portion is under way; then it appears, and one later of the same subject with it."""
    activity = new_id()
    entries = matching.says(new_id(), 1) + matching.says(activity, 1) + matching.says(new_id(), 1)
    late = entries[1]
    OutboxEntry.objects.filter(pk=late.pk).delete()

    class LogInWhichItAppears(EmbeddedLog):
        def begin(self, messages: list[Message]) -> Callable[[], None]:
            self.append(messages)
            if not OutboxEntry.objects.filter(pk=late.pk).exists():
                late.save(force_insert=True)
                matching.says(activity, 2)
            return lambda: None

    Relay("matching", LogInWhichItAppears(), portion=2).run_ahead(lambda: True)
    assert unsent() == 0
    values = [json.loads(bytes(record.value)) for record in LogRecord.objects.order_by("pk")]
    assert [value["data"]["places"] for value in values if value["subject"] == str(activity)] == [1, 2]
    assert len(values) == 4


def test_running_ahead_a_portion_the_log_did_not_take_is_not_marked_and_the_one_before_it_is(matching):
    matching.says(new_id(), *range(1, 7))

    class LogThatTakesOnePortion(EmbeddedLog):
        taken = 0

        def append(self, messages: list[Message]) -> None:
            self.taken += 1
            if self.taken == 2:
                raise LogUnavailable("full")
            super().append(messages)

    with pytest.raises(LogUnavailable):
        Relay("matching", LogThatTakesOnePortion(), portion=2).run_ahead(lambda: True)
    assert list(OutboxEntry.objects.filter(sent_at__isnull=True).values_list("sequence", flat=True)) == [3, 4, 5, 6]


def test_it_stops_after_the_portion_under_way_once_it_may_not_go_on(matching, log):
    matching.says(new_id(), *range(1, 7))
    Relay("matching", log, portion=2).run_ahead(lambda: False)
    assert (LogRecord.objects.count(), unsent()) == (2, 4)
