"""What is told when a house cannot be started here."""

from pathlib import Path


class NoHouse(RuntimeError):
    """The house does not start; the message says in Dutch what is missing or in the way."""


def tail(place: Path, lines: int = 15) -> str:
    """The last lines of a log file."""
    return "\n".join(place.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
