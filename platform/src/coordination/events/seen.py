"""What is counted of saying, sending and hearing: numbers and names of our own code, nothing of a person.

It is cheap: a portion is counted at once, and asks no database anything.
"""

import logging
import time
from collections import Counter as Tally
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Protocol

import structlog
from prometheus_client import Counter, Histogram

from coordination.contracts import catalogue
from coordination.contracts.clock import recorded_now
from coordination.events.cause import because
from coordination.events.letters import Letter, open_message
from coordination.events.log import Message

QUICK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
SLOW = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800)

COMMANDS = Histogram(
    "vierspan_command_seconds",
    "How long units of work took, by the function that opened them; undone ones too",
    ["service", "command", "outcome"],
    buckets=QUICK,
)
SENT = Counter("vierspan_events_sent", "Events the log has acknowledged", ["service"])
SENDING = Histogram(
    "vierspan_relay_delay_seconds",
    "From said to acknowledged, of the event of each portion that waited longest",
    ["service"],
    buckets=SLOW,
)
HEARD = Counter(
    "vierspan_events_heard",
    "Events done with: handled, marked (nobody cares), repeated, or parked by cause",
    ["service", "type", "outcome"],
)
HEARING = Histogram(
    "vierspan_projection_delay_seconds",
    "From recorded to handled, of the event of each portion that waited longest",
    ["service"],
    buckets=SLOW,
)
DONE = frozenset({"handled", "marked"})

_log = structlog.get_logger(__name__)
_rounds: dict[tuple[str, str], float] = {}


class Unit(Protocol):
    """What is told of a unit of work."""

    service: str
    role: str

    @property
    def said(self) -> list[str]:
        """The ids of what it said."""


@contextmanager
def command(unit: Unit, *, name: str) -> Iterator[None]:
    """Around a unit of work, its commit included; name is the function that opened it."""
    began = time.perf_counter()
    outcome = "undone"
    try:
        yield
        outcome = "kept"
    finally:
        took = time.perf_counter() - began
        COMMANDS.labels(unit.service, name, outcome).observe(took)
        if unit.role and unit.said:
            _log.info(
                "command",
                service=unit.service,
                command=name,
                outcome=outcome,
                said=unit.said,
                milliseconds=round(took * 1000, 1),
            )


def sent(*, service: str, oldest: datetime, messages: Sequence[Message]) -> None:
    """A portion of the outbox was acknowledged; oldest is when the first of it was said."""
    SENT.labels(service).inc(len(messages))
    SENDING.labels(service).observe(_since(oldest))
    if _log.is_enabled_for(logging.DEBUG):
        for message in messages:
            letter = open_message(message.topic, message.key, message.value)
            with because(letter.cause):
                _log.debug("event_sent", service=service, id=str(letter.id), type=letter.type, subject=letter.subject)


def heard(*, service: str, letters: Sequence[Letter], outcomes: Sequence[str]) -> None:
    """A portion was heard and kept; outcomes says of each letter what became of it."""
    for (type_, outcome), times in Tally(zip((one.type for one in letters), outcomes, strict=True)).items():
        HEARD.labels(service, type_ if type_ in catalogue.BY_TYPE else "unknown", outcome).inc(times)
    times = [
        one.envelope.time
        for one, outcome in zip(letters, outcomes, strict=True)
        if one.envelope is not None and outcome in DONE
    ]
    if times:
        HEARING.labels(service).observe(_since(min(times)))
    if _log.is_enabled_for(logging.DEBUG):
        for letter, outcome in zip(letters, outcomes, strict=True):
            with because(letter.cause):
                _log.debug(
                    "event_heard",
                    service=service,
                    outcome=outcome,
                    id=str(letter.id),
                    type=letter.type,
                    subject=letter.subject,
                )


def round_made(*, service: str, loop: str) -> None:
    """A relay or consumer is alive: its loop came round again."""
    _rounds[service, loop] = time.monotonic()


def rounds() -> dict[tuple[str, str], float]:
    """How many seconds ago each loop of this process last came round, by service and loop."""
    now = time.monotonic()
    return {loop: now - at for loop, at in dict(_rounds).items()}


def _since(moment: datetime) -> float:
    # Clocks of two machines differ a little: what seems to come from the future came at once.
    return max(0.0, (recorded_now() - moment).total_seconds())
