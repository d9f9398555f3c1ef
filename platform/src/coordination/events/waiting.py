"""Work that cannot go on for a while: how long it waits, and telling of it once and not at every attempt."""

import time

import psycopg
import structlog
from django.db import Error

from coordination.events.backoff import Backoff
from coordination.events.log import LogUnavailable

TELL_AGAIN = 300.0
# What is away and comes back; anything else is a fault of ours, and is told with its trace.
AWAY = (LogUnavailable, Error, psycopg.Error)

_log = structlog.get_logger(__name__)


class Waiting:
    """The waits of one worker. What holds it up is told when it begins, when it changes, and now and then later."""

    def __init__(self, worker: str, service: str) -> None:
        self._worker = worker
        self._service = service
        self._backoff = Backoff()
        self._why = ""
        self._since = 0.0
        self._told = 0.0

    def after(self, failure: Exception) -> float:
        """Tell of a failure unless that was done already; gives how many seconds to wait before the next attempt."""
        now = time.monotonic()
        if not self._why:
            self._since = now
        why = type(failure).__name__
        again = self._why == why and now - self._told < TELL_AGAIN
        self._why = why
        wait = self._backoff.next()
        if not again:
            self._told = now
            known = isinstance(failure, AWAY)
            tell = _log.warning if known else _log.exception
            tell(
                f"{self._worker}_waits",
                service=self._service,
                error=str(failure).strip() or why,
                already=round(now - self._since, 1),
            )
        return wait

    def over(self) -> None:
        """It works again, which is told when that it did not was told."""
        self._backoff.reset()
        if self._why:
            seconds = round(time.monotonic() - self._since, 1)
            _log.info(f"{self._worker}_goes_on", service=self._service, after=seconds)
            self._why = ""
