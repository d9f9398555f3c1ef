"""Why something is being done now: which request began it and which message led to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Cause:
    """correlationid names the request it all began with, causationid the message that led to this.

    traceparent is the trace of the W3C that all of it belongs to.
    """

    correlationid: str = ""
    causationid: str = ""
    traceparent: str = ""


_current: ContextVar[Cause | None] = ContextVar("vierspan_cause", default=None)


def current_cause() -> Cause:
    """The cause of what this thread or request is doing; empty outside any."""
    return _current.get() or Cause()


@contextmanager
def because(cause: Cause) -> Iterator[None]:
    """Everything said inside carries this cause."""
    token = _current.set(cause)
    try:
        yield
    finally:
        _current.reset(token)
