"""The relay sends what a service said: unsent rows of its outbox, in order, and marks them once the log has them."""

import threading

from django.apps import apps

from coordination.contracts.clock import recorded_now
from coordination.contracts.envelope import MEDIA_TYPE
from coordination.events import seen
from coordination.events.connections import close_connections, drop_broken_connections
from coordination.events.log import Log, Message, get_log
from coordination.events.waiting import Waiting
from coordination.events.watch import watch_class

PORTION = 200
LOOK_EVERY = 1.0
STAND_BY = 0.5


class Relay:
    """Sends for one service. A crash between sending and marking repeats messages and never loses one."""

    def __init__(self, service: str, log: Log | None = None, *, portion: int = PORTION) -> None:
        self.service = service
        self._appends_to = log or get_log()
        self._portion = portion
        self._outbox = apps.get_model(service, "OutboxEntry")

    def run_once(self) -> int:
        """Send one portion of unsent rows and mark them sent; gives how many. Raises when the log did not take all.

        Rows are picked because they are unsent, never by being later than the last one: numbers commit out of order.
        """
        entries = list(self._outbox.objects.filter(sent_at__isnull=True).order_by("number")[: self._portion])
        if not entries:
            return 0
        headers = (("content-type", MEDIA_TYPE),)
        messages = [
            Message(topic=one.topic, key=one.subject, value=one.message.encode(), headers=headers) for one in entries
        ]
        self._appends_to.append(messages)
        self._outbox.objects.filter(pk__in=[one.pk for one in entries]).update(sent_at=recorded_now())
        seen.sent(service=self.service, oldest=entries[0].recorded_at, messages=messages)
        return len(entries)

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
                    sent = self.run_once()
                    waiting.over()
                    if sent < self._portion and not stopping.is_set():
                        watch.wait(LOOK_EVERY)
                except Exception as failure:
                    stopping.wait(waiting.after(failure))
        finally:
            watch.close()
            close_connections()
