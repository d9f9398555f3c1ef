"""How the log lines of our own code look: for a person at a console, or as JSON for what gathers them.

Neither shows the values of variables beside a trace: what somebody typed has no place in a log, and showing a value may
ask the database for it, just when that is away.
"""

import sys
from typing import Any

import structlog


def for_a_person() -> None:
    """Lines to read at a console."""
    _configure(structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback))


def for_a_gatherer(service: str) -> None:
    """One JSON object per line, with the service it comes from."""

    def named(_logger: Any, _method: str, line: dict[str, Any]) -> dict[str, Any]:
        return {"service": service, **line}

    _configure(named, structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False))


def _configure(*last: Any) -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *last,
        ],
        # Asked for anew each time: whoever redirects the errors of this process gets these lines as well.
        logger_factory=lambda *_: structlog.WriteLogger(sys.stderr),
    )
