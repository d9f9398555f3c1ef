"""How the log lines of our own code look: for a person at a console, or as JSON for what gathers them.

Neither shows the values of variables beside a trace: what somebody typed has no place in a log, and showing a value may
ask the database for it, just when that is away.
"""

import os
import sys
from typing import Any

import structlog

from coordination.events.cause import current_cause
from coordination.events.trace import trace_id
from coordination.service.environment import MissingSetting

LEVELS = ("debug", "info", "warning", "error", "critical")
NAME = "VIERSPAN_LOG_LEVEL"
PROCESSES = {"serve": "web"}

_about: dict[str, str] = {}


def for_a_person() -> None:
    """Lines to read at a console: what needs attention, unless VIERSPAN_LOG_LEVEL asks for more."""
    _configure(
        "warning", structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    )


def for_a_gatherer(service: str) -> None:
    """One JSON object per line, with the service and process it comes from."""
    _about["service"] = service
    _configure("info", *_AS_JSON)


def named(command: str) -> None:
    """What this process does, for each of its lines: web, relay, consume, or the command it was started for."""
    _about["process"] = PROCESSES.get(command, command)


def of_others() -> dict[str, Any]:
    """A formatter that puts the lines of libraries in the same form, for the settings of Python's own logging."""
    return {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": [structlog.stdlib.add_logger_name, structlog.stdlib.ExtraAdder([]), *_FIRST],
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_AS_JSON],
    }


def _with_cause(_logger: Any, _method: str, line: dict[str, Any]) -> dict[str, Any]:
    """The request or message it all began with, and the trace it is part of."""
    cause = current_cause()
    if cause.correlationid:
        line.setdefault("correlation", cause.correlationid)
    if cause.traceparent:
        line.setdefault("trace", trace_id(cause.traceparent))
    return line


def _with_place(_logger: Any, _method: str, line: dict[str, Any]) -> dict[str, Any]:
    return {**_about, **line}


_FIRST = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _with_cause,
]
_AS_JSON = [
    _with_place,
    structlog.processors.format_exc_info,
    structlog.processors.JSONRenderer(ensure_ascii=False),
]


def _configure(level: str, *last: Any) -> None:
    structlog.configure(
        processors=[*_FIRST, *last],
        wrapper_class=structlog.make_filtering_bound_logger(_level(level)),
        # Asked for anew each time: whoever redirects the errors of this process gets these lines as well.
        logger_factory=lambda *_: structlog.WriteLogger(sys.stderr),
    )


def _level(usual: str) -> str:
    given = (os.environ.get(NAME) or usual).lower()
    if given not in LEVELS:
        raise MissingSetting(f"{NAME} moet een van deze zijn: {', '.join(LEVELS)}.")
    return given
