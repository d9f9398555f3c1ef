"""The consumer reads the log for one service and lets it hear, a portion at a time; the position is kept afterwards."""

import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence

import structlog

from coordination.events import seen
from coordination.events.cause import Cause, because
from coordination.events.connections import close_connections, drop_broken_connections
from coordination.events.hearing import TRANSIENT, Hearing
from coordination.events.letters import open_record
from coordination.events.log import Log, Reader, Record, get_log
from coordination.events.subscription import Subscriptions
from coordination.events.trace import continued
from coordination.events.waiting import Waiting

LOOK_EVERY = 1.0
BRAKE = 10
# To keep a position after each message would take the log longer than the message takes us. Who is killed hears a
# quarter of a second again, which changes nothing.
KEEP_EVERY = 0.25
DUE_EVERY = 60.0
# Who hears one message at a time does the same work for each. A rest lets some gather, and others have the machine:
# half as long as the work took, and longer after news that nobody here cares about.
LONGEST_REST = 0.05

_log = structlog.get_logger(__name__)


class BrakePulled(RuntimeError):
    """So many messages failed one after another that the fault must be ours: parking more would help nobody."""


class Consumer:
    """Hears for one service. At least once from the log becomes exactly once in effect by the marks."""

    def __init__(
        self,
        subscriptions: Subscriptions,
        log: Log | None = None,
        *,
        group: str = "",
        portion: int = 0,
        brake: int = BRAKE,
    ) -> None:
        self.service = subscriptions.service
        self._subscriptions = subscriptions
        self._reads_from = log or get_log()
        self._group = group or subscriptions.service
        self._portion = portion or subscriptions.portion
        self._brake = brake
        self._hearing = Hearing(subscriptions)
        self._reader: Reader | None = None
        self._stopping = threading.Event()
        self._waiting = Waiting("consumer", self.service)
        self._faults_in_a_row = 0
        self._rest = 0.0
        self._moved_at: float | None = None
        self.tally: Counter[str] = Counter()

    @property
    def reader(self) -> Reader:
        """The reader of this service's group, opened at the first look."""
        if self._reader is None:
            self._reader = self._reads_from.reader(self._group, self._subscriptions.topics)
        return self._reader

    def run_once(self, timeout: float = 0.0, *, keep_every: float = 0.0) -> int:
        """Hear one portion, waiting at most timeout seconds for its first record; gives how many are done with.

        The position is kept in the log at once, or when keep_every seconds went by since it moved. Raises BrakePulled
        after too many faults in a row; what was parked until then stays parked.
        """
        records = self._poll(timeout, keep_every)
        if not records:
            return 0
        done = 0
        began = time.monotonic()
        handled = self.tally["handled"]
        try:
            for count in self._hear(records):
                done += count
        except TRANSIENT as failure:
            self.reader.pause_for(self._waiting.after(failure))
        else:
            self._waiting.over()
        finally:
            self.reader.give_back(records[done:])
        if done:
            self._moved_at = self._moved_at or time.monotonic()
            if not keep_every:
                self._keep_position()
        took = time.monotonic() - began
        self._rest = min(took / 2, LONGEST_REST) if self.tally["handled"] > handled else LONGEST_REST
        if self._faults_in_a_row >= self._brake:
            raise BrakePulled(
                f"{self.service}: {self._faults_in_a_row} messages failed one after another; hearing has stopped. "
                f"See the dead letters of {self.service}, mend the cause, start again and retry them."
            )
        return done

    def run(self, stopping: threading.Event) -> None:
        """Hear until told to stop and call the due commands each minute. Raises BrakePulled when the brake stops it."""
        self._stopping = stopping
        next_due = time.monotonic()
        reading = Waiting("reader", self.service)
        try:
            while not stopping.is_set():
                seen.round_made(service=self.service, loop="consume")
                drop_broken_connections()
                try:
                    heard = self.run_once(timeout=LOOK_EVERY, keep_every=KEEP_EVERY)
                    reading.over()
                except BrakePulled as reason:
                    _log.critical("consumer_braked", service=self.service, error=str(reason))
                    raise
                except Exception as failure:
                    stopping.wait(reading.after(failure))
                    continue
                if 0 < heard < self._portion:
                    stopping.wait(self._rest)
                # Due commands judge what was heard, so they wait for a quiet moment, but not for ever.
                late = time.monotonic() - next_due
                if (late >= 0 and not heard) or late >= DUE_EVERY:
                    self.call_due()
                    next_due = time.monotonic() + DUE_EVERY
        finally:
            self.close()
            close_connections()

    def call_due(self, *, raising: bool = False) -> None:
        """Call the commands that are due by the business clock.

        One that fails is logged and tried the next time, or raises when a test asks for that.
        """
        for command in self._subscriptions.due:
            if self._stopping.is_set():
                return
            try:
                with because(Cause(traceparent=continued(""))):
                    command()
            except Exception as failure:
                if raising:
                    raise
                name = getattr(command, "__qualname__", repr(command))
                _log.exception("due_command_failed", service=self.service, command=name, error=str(failure))

    def close(self) -> None:
        """Leave the group."""
        if self._reader is None:
            return
        try:
            self._keep_position()
        finally:
            self._reader.close()
            self._reader = None

    def _poll(self, timeout: float, keep_every: float) -> list[Record]:
        """The next records; a position that is due is kept first, or while nothing comes."""
        if self._moved_at is None:
            return self.reader.poll(self._portion, timeout)
        left = self._moved_at + keep_every - time.monotonic()
        if left > 0:
            records = self.reader.poll(self._portion, min(timeout, left))
            if records:
                return records
        self._keep_position()
        return self.reader.poll(self._portion, timeout)

    def _keep_position(self) -> None:
        if self._moved_at is not None:
            self.reader.commit()
            self._moved_at = None

    def _hear(self, records: Sequence[Record]) -> Iterator[int]:
        """Yield how many more records are done with, so that who counts knows it also when this raises."""
        letters = [open_record(record) for record in records]
        try:
            tally = self._hearing.hear(letters)
        except TRANSIENT:
            raise
        except Exception as fault:
            _log.info("portion_falls_back", service=self.service, records=len(records), error=str(fault))
        else:
            self._count(tally)
            yield len(records)
            return
        for letter in letters:
            if self._stopping.is_set() or self._faults_in_a_row >= self._brake:
                return
            try:
                self._count(self._hearing.hear([letter]))
            except TRANSIENT:
                raise
            except Exception as fault:
                _log.exception("handling_failed", service=self.service, type=letter.type, id=str(letter.id))
                if self._hearing.park_fault(letter, fault):
                    self._count(Counter(fault=1))
            yield 1

    def _count(self, tally: Counter[str]) -> None:
        self.tally += tally
        if tally["handled"]:
            self._faults_in_a_row = 0
        else:
            self._faults_in_a_row += tally["fault"] + tally["unreadable"]
