"""The relay sends what a service said: unsent rows of its outbox, in order, and marks them once the log has them."""

import threading
from collections.abc import Callable, Sequence

from coordination.contracts.envelope import MEDIA_TYPE, Envelope
from coordination.events import seen
from coordination.events.connections import close_connections, drop_broken_connections
from coordination.events.log import Log, Message, get_log
from coordination.events.outbox import Unsent, mark_sent, unsent
from coordination.events.waiting import Waiting
from coordination.events.watch import Watch, watch_class

PORTION = 500
LOOK_EVERY = 1.0
STAND_BY = 0.5
HEADERS = (("content-type", MEDIA_TYPE),)


class Relay:
    """Sends for one service. A crash between sending and marking repeats messages and never loses one."""

    def __init__(self, service: str, log: Log | None = None, *, portion: int = PORTION) -> None:
        self.service = service
        self._appends_to = log or get_log()
        self._portion = portion

    def run_once(self) -> int:
        """Send one portion of unsent rows and mark them sent; gives how many. Raises when the log did not take all."""
        rows = unsent(self.service, at_most=self._portion)
        if rows:
            messages = _messages(rows)
            self._appends_to.append(messages)
            self._mark(rows, messages)
        return len(rows)

    def run_ahead(self, goes_on: Callable[[], bool]) -> None:
        """Send portion after portion until none is left or it may not go on. Raises when the log did not take all.

        While one is under way the one before it is marked and the one after it is read. A next one is sent only when
        all of the one before was acknowledged, so that order is kept whatever fails.
        """
        acknowledged: tuple[list[Unsent], list[Message]] | None = None
        rows = unsent(self.service, at_most=self._portion)
        while rows:
            messages = _messages(rows)
            wait = self._appends_to.begin(messages)
            following: list[Unsent] = []
            try:
                if acknowledged:
                    self._mark(*acknowledged)
                if goes_on():
                    following = unsent(self.service, at_most=self._portion, besides=rows)
            finally:
                wait()
            acknowledged, rows = (rows, messages), following
        if acknowledged:
            self._mark(*acknowledged)

    def run(self, stopping: threading.Event) -> None:
        """Send until told to stop: at once when something is said, else at every look. Errors are waited out.

        Where several relays of a service run, one sends and the others stand by until its turn is over.
        """
        watch = watch_class()(self.service)
        waiting = Waiting("relay", self.service)
        try:
            while not stopping.is_set():
                seen.round_made(service=self.service, loop="relay")
                drop_broken_connections()
                try:
                    if not watch.is_mine():
                        stopping.wait(STAND_BY)
                        continue
                    watch.begin()
                    self.run_ahead(lambda: self._may_go_on(watch, stopping))
                    waiting.over()
                    if not stopping.is_set():
                        watch.wait(LOOK_EVERY)
                except Exception as failure:
                    stopping.wait(waiting.after(failure))
        finally:
            watch.close()
            close_connections()

    def _may_go_on(self, watch: Watch, stopping: threading.Event) -> bool:
        seen.round_made(service=self.service, loop="relay")
        return not stopping.is_set() and watch.is_mine()

    def _mark(self, rows: list[Unsent], messages: list[Message]) -> None:
        mark_sent(self.service, rows)
        seen.sent(service=self.service, oldest=Envelope.from_json(rows[0].message).time, messages=messages)


def _messages(rows: Sequence[Unsent]) -> list[Message]:
    return [Message(topic=row.topic, key=row.subject, value=row.message.encode(), headers=HEADERS) for row in rows]
